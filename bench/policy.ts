/**
 * What the gate costs: a page of the catalog from a server with the gate of a running portal, and from one that lets
 * everybody pass, in turns on the same machine. `node bench/policy.ts [--seconds 2] [--rounds 12]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '12' } },
});
const PAGE = '/api/catalog/rows?limit=50&filter=kind=component';
const CONNECTIONS = 10;
/** Of the throughput; the bar that the project sets itself. */
const MOST_COST = 0.03;

type Headers = Record<string, string>;

interface Server {
  process: ChildProcess;
  url: string;
  credentials: Record<string, Headers>;
}

interface Measured {
  perSecond: number;
  /** Of the processor, for one request. */
  microseconds: number;
}

async function start(gate: 'open' | 'real'): Promise<Server> {
  const child = fork(join(import.meta.dirname, '../tools/gate-server.ts'), [gate]);
  const [said] = (await once(child, 'message')) as [Omit<Server, 'process'>];
  return { ...said, process: child };
}

async function usage(server: Server): Promise<number> {
  server.process.send('usage');
  const [said] = (await once(server.process, 'message')) as [{ usage: number }];
  return said.usage;
}

async function measure(server: Server, headers: Headers, seconds: number): Promise<Measured> {
  const before = await usage(server);
  const result = await autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ path: PAGE, headers }],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were refused`);
  return {
    perSecond: result.requests.total / result.duration,
    microseconds: ((await usage(server)) - before) / result.requests.total,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** One way to be known, both servers in turns; which comes first changes with each round. */
async function compare(by: string, open: Server, real: Server): Promise<string[]> {
  const rounds: { open: Measured; real: Measured }[] = [];
  const seconds = Number(values.seconds);
  const of = (server: Server) => measure(server, server.credentials[by] ?? {}, seconds);
  await of(open);
  await of(real);
  for (let round = 0; round < Number(values.rounds); round++) {
    const first = round % 2 === 0 ? await of(open) : undefined;
    const second = await of(real);
    rounds.push({ open: first ?? (await of(open)), real: second });
  }
  const cost = (what: (round: (typeof rounds)[number]) => number) => median(rounds.map(what));
  const throughput = cost(({ open, real }) => 1 - real.perSecond / open.perSecond);
  const computing = cost(({ open, real }) => real.microseconds / open.microseconds - 1);
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  return [
    by,
    cost(({ open }) => open.perSecond).toFixed(0),
    cost(({ real }) => real.perSecond).toFixed(0),
    percent(throughput),
    cost(({ open }) => open.microseconds).toFixed(1),
    cost(({ real }) => real.microseconds).toFixed(1),
    percent(computing),
    throughput < MOST_COST ? 'yes' : 'no',
  ];
}

const [open, real] = [await start('open'), await start('real')];
const head = [
  'known by',
  'open, a second',
  'gate, a second',
  'cost',
  'open, µs',
  'gate, µs',
  'more',
  '< 3 %',
];
const rows = [];
for (const by of Object.keys(real.credentials)) rows.push(await compare(by, open, real));
for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
for (const server of [open, real]) {
  server.process.send('stop');
  await once(server.process, 'exit');
}
