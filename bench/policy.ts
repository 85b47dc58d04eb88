/**
 * What the gate costs: a page of the catalog from a server with the gate of a running portal, from one that knows who
 * asks and lets everybody pass, and from one without a gate, in turns on the same machine. Between the first two lies
 * the policy; between the first and the last also finding the token or session, and counting requests.
 * `node bench/policy.ts [--seconds 2] [--rounds 12]`
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
/** Of the throughput that the policy may cost; the bar that the project sets itself. */
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

type Gate = 'open' | 'known' | 'whole';
const gates: readonly Gate[] = ['open', 'known', 'whole'];

async function start(gate: Gate): Promise<Server> {
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

type Round = Record<Gate, Measured>;

/** One way to be known, all servers in turns; which comes first changes with each round. */
async function measureRounds(by: string, servers: Record<Gate, Server>): Promise<Round[]> {
  const of = (gate: Gate) =>
    measure(servers[gate], servers[gate].credentials[by] ?? {}, Number(values.seconds));
  for (const gate of gates) await of(gate);
  const rounds: Round[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const turn = gates.map((_gate, index) => gates[(index + round) % gates.length] ?? 'open');
    const measured: [Gate, Measured][] = [];
    for (const gate of turn) measured.push([gate, await of(gate)]);
    rounds.push(Object.fromEntries(measured) as Round);
  }
  return rounds;
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

/** What one server does less, and computes more, than another. */
function difference(rounds: readonly Round[], more: Gate, less: Gate): { throughput: number; text: string } {
  const throughput = median(rounds.map((round) => 1 - round[more].perSecond / round[less].perSecond));
  const computed = median(rounds.map((round) => round[more].microseconds - round[less].microseconds));
  return { throughput, text: `${percent(throughput)}, ${computed.toFixed(1)} µs` };
}

function rowOf(by: string, rounds: readonly Round[]): string[] {
  const policy = difference(rounds, 'whole', 'known');
  const speeds = gates.map((gate) => median(rounds.map((round) => round[gate].perSecond)).toFixed(0));
  const whole = difference(rounds, 'whole', 'open').text;
  return [by, ...speeds, policy.text, policy.throughput < MOST_COST ? 'yes' : 'no', whole];
}

const servers = { open: await start('open'), known: await start('known'), whole: await start('whole') };
const head = [
  'known by',
  'no gate, a second',
  'known',
  'whole gate',
  'policy costs',
  '< 3 %',
  'whole gate costs',
];
console.log(`| ${head.join(' | ')} |`);
console.log(`| ${head.map(() => '---').join(' | ')} |`);
for (const by of Object.keys(servers.whole.credentials)) {
  console.log(`| ${rowOf(by, await measureRounds(by, servers)).join(' | ')} |`);
}
for (const server of Object.values(servers)) {
  server.process.send('stop');
  await once(server.process, 'exit');
}
