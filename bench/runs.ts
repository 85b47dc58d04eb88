/**
 * `node bench/runs.ts [--runs 1000] [--processes 4] [--peer 200]`: how long many runs take that are queued at once, and
 * whether each of their steps was done once. With --peer, so many of them beside the Backstage scaffolder as well, with
 * five steps and with fifty: what a run costs, and what each further step does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ask, type Portal, startPortal } from '../tools/portal.ts';
import { type Postgres, startPostgres } from '../tools/postgres.ts';
import { measureScaffolder } from './runs-peer.ts';
import { inParallel, TEMPLATE, writeTemplate } from './runs-template.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '4' },
    peer: { type: 'string', default: '0' },
  },
});
const LOOK_MS = 200;
const STEPS = 5;
const MANY_STEPS = 50;

interface Totals {
  runs: number;
  succeeded: number;
  steps_done: number;
  attempts: number;
  ended_events: number;
  ms: number;
}

async function totals(client: pg.Client): Promise<Totals> {
  const { rows } = await client.query<Totals>(`select
    (select count(*) from run)::int as runs,
    (select count(*) from run where state = 'succeeded')::int as succeeded,
    (select count(*) from run_event where kind = 'step' and state = 'done')::int as steps_done,
    (select sum(attempts) from run_step)::int as attempts,
    (select count(*) from run_event where kind = 'run' and state = 'succeeded')::int as ended_events,
    (select extract(epoch from max(ended_at) - min(created_at)) * 1000 from run)::float as ms`);
  return rows[0] as Totals;
}

async function measureRuns(postgres: Postgres, template: string, runs: number, processes: number) {
  const name = `runs_${processes}`;
  const database = await postgres.createDatabase(name);
  const home = mkdtempSync(join(tmpdir(), 'atrium-bench-runs-'));
  const portals: Portal[] = [];
  const client = new pg.Client({ connectionString: database });
  try {
    for (let index = 0; index < processes; index++) {
      // One data folder, so that they have one key.
      portals.push(await startPortal(['--database', database, '--data', home, template]));
    }
    await client.connect();
    await untilKnown(portals[0]?.url ?? '');
    await inParallel(runs, 8, (index) => {
      const portal = portals[index % portals.length];
      const body = JSON.stringify({ template: TEMPLATE, values: { name: `run-${index}` } });
      const headers = { 'content-type': 'application/json' };
      return ask(portal?.url ?? '', '/api/runs', { method: 'POST', headers, body });
    });
    let found = await totals(client);
    while (found.succeeded < runs) {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      found = await totals(client);
    }
    return found;
  } finally {
    await client.end();
    await Promise.all(portals.map((portal) => portal.stop()));
    await postgres.dropDatabase(name);
    rmSync(home, { recursive: true, force: true });
  }
}

async function untilKnown(url: string): Promise<void> {
  for (;;) {
    const { items } = await ask<{ items: unknown[] }>(url, '/api/templates');
    if (items.length > 0) return;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** @returns milliseconds a run. */
function report(what: string, runs: number, steps: number, found: Totals): number {
  const once = [found.steps_done, found.attempts].every((count) => count === runs * steps);
  const right = once && found.runs === runs && found.ended_events === runs;
  console.log(
    `${what}: ${runs} runs of ${steps} steps in ${(found.ms / 1000).toFixed(1)} s, ${(found.ms / (runs * steps)).toFixed(2)} ms a step; ` +
      `${right ? 'each ended once, each step was done once' : `NOT once: ${JSON.stringify(found)}`}`,
  );
  if (!right) process.exitCode = 1;
  return found.ms / runs;
}

interface Pair {
  own: number;
  peer: number;
}

/** @returns milliseconds a run. */
async function besidePeer(postgres: Postgres, runs: number, steps: number): Promise<Pair> {
  return withTemplate(steps, async (template) => {
    const own = report('one process', runs, steps, await measureRuns(postgres, template, runs, 1));
    const peer = (await measureScaffolder(postgres, template, runs)) / runs;
    console.log(
      `Backstage scaffolder: ${runs} tasks of ${steps} steps, ${(peer / steps).toFixed(2)} ms a step`,
    );
    return { own, peer };
  });
}

function compare(what: string, { own, peer }: Pair): void {
  console.log(
    `${what}: ${own.toFixed(2)} ms beside ${peer.toFixed(2)} ms, ratio ${(own / peer).toFixed(3)} (at most 0.2)`,
  );
  if (own > peer / 5) process.exitCode = 1;
}

async function withTemplate<Result>(
  steps: number,
  work: (template: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-bench-template-'));
  try {
    return await work(writeTemplate(folder, steps));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const postgres = await startPostgres('system');
try {
  const [runs, processes, peer] = [Number(values.runs), Number(values.processes), Number(values.peer)];
  if (runs > 0) {
    const measured = (template: string) => measureRuns(postgres, template, runs, processes);
    report(`${processes} processes`, runs, STEPS, await withTemplate(STEPS, measured));
  }
  if (peer > 0) {
    const few = await besidePeer(postgres, peer, STEPS);
    const many = await besidePeer(postgres, peer, MANY_STEPS);
    const further = (whose: keyof Pair) => (many[whose] - few[whose]) / (MANY_STEPS - STEPS);
    compare(`a step of a run of ${STEPS}`, { own: few.own / STEPS, peer: few.peer / STEPS });
    compare(`a step of a run of ${MANY_STEPS}`, { own: many.own / MANY_STEPS, peer: many.peer / MANY_STEPS });
    compare('each further step', { own: further('own'), peer: further('peer') });
  }
} finally {
  await postgres.stop();
}
