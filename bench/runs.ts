/**
 * `node bench/runs.ts [--runs 1000] [--processes 4] [--peer 200]`: how long many runs take that are queued at once, and
 * whether each of their steps was done once. With --peer, so many of them beside the Backstage scaffolder as well.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ask, type Portal, startPortal } from '../tools/portal.ts';
import { type Postgres, startPostgres } from '../tools/postgres.ts';
import { measureScaffolder } from './runs-peer.ts';
import { inParallel, STEPS, TEMPLATE, writeTemplate } from './runs-template.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '4' },
    peer: { type: 'string', default: '0' },
  },
});
const LOOK_MS = 200;

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

function report(what: string, runs: number, found: Totals): number {
  const perStep = found.ms / (runs * STEPS);
  const once = [found.steps_done, found.attempts].every((count) => count === runs * STEPS);
  const right = once && found.runs === runs && found.ended_events === runs;
  console.log(
    `${what}: ${runs} runs of ${STEPS} steps in ${(found.ms / 1000).toFixed(1)} s, ${perStep.toFixed(2)} ms a step; ` +
      `${right ? 'each ended once, each step was done once' : `NOT once: ${JSON.stringify(found)}`}`,
  );
  if (!right) process.exitCode = 1;
  return perStep;
}

const postgres = await startPostgres('system');
const folder = mkdtempSync(join(tmpdir(), 'atrium-bench-template-'));
try {
  const template = writeTemplate(folder);
  const [runs, processes, peer] = [Number(values.runs), Number(values.processes), Number(values.peer)];
  report(`${processes} processes`, runs, await measureRuns(postgres, template, runs, processes));
  if (peer > 0) {
    const own = report('one process', peer, await measureRuns(postgres, template, peer, 1));
    const scaffolder = await measureScaffolder(postgres, template, peer);
    console.log(`Backstage scaffolder: ${peer} tasks, ${scaffolder.perStep.toFixed(2)} ms a step`);
    console.log(`ratio: ${(own / scaffolder.perStep).toFixed(3)} (at most 0.2)`);
    if (own > scaffolder.perStep / 5) process.exitCode = 1;
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
