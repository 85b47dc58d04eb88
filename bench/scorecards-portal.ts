/** A portal with entities and facts in its store, and a scorecard of twenty rules beside it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ask, type Portal, startPortal } from '../tools/portal.ts';
import type { Postgres } from '../tools/postgres.ts';
import { CARD, entities, facts, scorecardText } from './scorecards-seed.ts';

/** Counting is work for the database, too. */
const POLL_MS = 250;

export interface SeededPortal {
  portal: Portal;
  /** Publishes the scorecard. @returns seconds until every entity is judged by it, and that is kept. */
  judgeAll(): Promise<number>;
  stop(): Promise<void>;
}

export async function openSeededPortal(postgres: Postgres, count: number): Promise<SeededPortal> {
  const home = mkdtempSync(join(tmpdir(), 'atrium-bench-scorecards-'));
  const database = await postgres.createDatabase('scorecards');
  const config = join(home, 'atrium.yaml');
  const settings = {
    sources: [{ id: 'standards', target: home, descriptors: ['*.card.yaml'], discovery: false }],
    standards: { packs: [] },
    logLevel: 'error',
  };
  writeFileSync(config, JSON.stringify(settings));
  const portal = await startPortal([
    ...['--config', config],
    ...['--data', join(home, 'data')],
    ...['--database', database],
  ]);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await declareKind(portal);
  await client.query(entities, [count]);
  await client.query(facts, [count]);
  await client.query('analyze');
  return {
    portal,
    async judgeAll() {
      const began = performance.now();
      writeFileSync(join(home, 'standards.card.yaml'), scorecardText());
      while ((await judged(client)) < count) await sleep(POLL_MS);
      return (performance.now() - began) / 1000;
    },
    async stop() {
      await client.end();
      await portal.stop();
      await postgres.dropDatabase('scorecards');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function judged(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ scores: number }>(
    'select count(*)::int as scores from score where until is null and scorecard = $1',
    [CARD],
  );
  return rows[0]?.scores ?? 0;
}

async function declareKind({ url }: Portal): Promise<void> {
  const schema = {
    type: 'object',
    properties: { a: { type: 'integer' }, b: { type: 'boolean' }, c: { type: 'string' } },
  };
  const body = JSON.stringify({ kinds: [{ name: 'probe', title: 'Probe', schema }] });
  await ask(url, '/api/facts', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}
