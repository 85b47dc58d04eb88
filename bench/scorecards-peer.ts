/**
 * `node bench/scorecards-peer.ts [--entities 1000] [--rounds 5]`: the same twenty checks in Backstage's Tech Insights, from
 * published packages, beside Atrium: on the same PostgreSQL, in the same run.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ask } from '../tools/portal.ts';
import { freePort, type Postgres, startPostgres } from '../tools/postgres.ts';
import { dropPeerDatabases, installPeerWith, PEER_TOKEN, peerEnvironment } from './peer.ts';
import { openSeededPortal } from './scorecards-portal.ts';
import { RULES, scorecardText } from './scorecards-seed.ts';
import { peerConfig, peerProgram } from './scorecards-tech-insights.ts';

const packages = {
  '@backstage-community/plugin-tech-insights-backend': '3.1.0',
  '@backstage-community/plugin-tech-insights-backend-module-jsonfc': '0.10.0',
};
const START_MS = 10 * 60_000;
const LOOK_MS = 500;

const { values } = parseArgs({
  options: { entities: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '5' } },
});
const count = Number(values.entities);
const rounds = Number(values.rounds);

interface PeerAnswer {
  results: { result: boolean }[];
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** @returns the seconds of each round, in order. */
async function inRounds(work: () => Promise<void>): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) seconds.push(await timed(work));
  return seconds.sort((a, b) => a - b);
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
const passing = (answers: readonly PeerAnswer[]) =>
  answers.flatMap(({ results }) => results).filter(({ result }) => result).length;

/** Every check of every entity, asked for at once. */
async function measurePeer(postgres: Postgres): Promise<{ seconds: number[]; passed: number }> {
  const folder = installPeerWith('backstage-standards', packages);
  await dropPeerDatabases(postgres, 'tech-insights');
  const port = await freePort();
  writeFileSync(join(folder, 'standards.cjs'), peerProgram(count));
  writeFileSync(join(folder, 'standards.yaml'), peerConfig());
  const configs = ['app-config.yaml', 'app-config.empty.yaml', 'standards.yaml'];
  const child = spawn(process.execPath, ['standards.cjs', ...configs.flatMap((file) => ['--config', file])], {
    cwd: folder,
    env: { ...process.env, ...peerEnvironment(postgres, port, folder) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}/api/tech-insights`;
  const headers = { authorization: `Bearer ${PEER_TOKEN}`, 'content-type': 'application/json' };
  const run = () =>
    ask<PeerAnswer[]>(url, '/checks/run', { method: 'POST', headers, body: '{"entities":[]}' });
  try {
    const deadline = Date.now() + START_MS;
    let known: PeerAnswer[] | undefined;
    while (known?.length !== count || known.some(({ results }) => results.length !== RULES)) {
      if (Date.now() > deadline) throw new Error('The peer has not come to know the facts');
      await sleep(LOOK_MS);
      known = await run().catch(() => undefined);
    }
    return { seconds: await inRounds(async () => void (await run())), passed: passing(known) };
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** Until all is judged and kept, and until all is judged on demand with nothing kept, as the peer does it. */
async function measureAtrium(postgres: Postgres) {
  const { portal, judgeAll, stop } = await openSeededPortal(postgres, count);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ text: scorecardText() });
  try {
    const kept = await judgeAll();
    const onDemand = await inRounds(async () => {
      const { entities } = await ask<{ entities: number }>(portal.url, '/api/scorecards/impact', {
        ...{ method: 'POST', headers, body },
      });
      if (entities !== count) throw new Error(`${entities} of ${count} entities were judged`);
    });
    const { rules } = await ask<{ rules: { results: Record<string, number> }[] }>(
      portal.url,
      '/api/scorecards/default/twenty',
    );
    return { kept, onDemand, passed: rules.reduce((sum, { results }) => sum + (results.pass ?? 0), 0) };
  } finally {
    await stop();
  }
}

const postgres = await startPostgres('system');
try {
  const peer = await measurePeer(postgres);
  const atrium = await measureAtrium(postgres);
  const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
  const range = (seconds: readonly number[]) => `${ms(seconds[0] ?? 0)} to ${ms(seconds.at(-1) ?? 0)}`;
  console.log(`${count} entities × ${RULES} checks, the median of ${rounds} rounds:`);
  console.log(
    `Tech Insights, POST /checks/run: ${ms(median(peer.seconds))} (${range(peer.seconds)}); ${peer.passed} pass`,
  );
  console.log(
    `Atrium, POST /api/scorecards/impact: ${ms(median(atrium.onDemand))} (${range(atrium.onDemand)}); ${atrium.passed} pass`,
  );
  console.log(`Atrium, from the save of the scorecard until every score is kept, once: ${ms(atrium.kept)}`);
  const ratio = (seconds: number) => (median(peer.seconds) / seconds).toFixed(1);
  console.log(
    `Ratio ${ratio(median(atrium.onDemand))}; with all that it takes to notice and to keep ${ratio(atrium.kept)}`,
  );
} finally {
  await postgres.stop();
}
