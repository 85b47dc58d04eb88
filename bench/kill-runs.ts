/**
 * `node bench/kill-runs.ts [--rounds 100] [--stores embedded,postgres]`: portals are killed at a random moment of a
 * run. Every run ends, what it does outside is done once, and nothing is left that no run lists.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Portal, startPortal } from '../tools/portal.ts';
import { startPostgres } from '../tools/postgres.ts';
import { leftBehind, settleRuns } from './kill-runs-check.ts';
import { startReceiver } from './kill-runs-receiver.ts';
import { startOne, untilKnown, writeEstate } from './kill-runs-template.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    stores: { type: 'string', default: 'embedded,postgres' },
  },
});
const rounds = Number(values.rounds);
/** About as long as a run takes. */
const RUN_MS = 2500;

async function killRuns(store: string, database: string | undefined): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), 'atrium-kill-runs-'));
  const receiver = await startReceiver();
  const config = writeEstate(home, receiver.url);
  const args = [
    '--config',
    config,
    '--data',
    join(home, 'data'),
    ...(database ? ['--database', database] : []),
  ];
  const portals: Portal[] = [];
  const started: string[] = [];
  try {
    for (let index = 0; index < (database ? 2 : 1); index++) portals.push(await startPortal(args));
    await untilKnown(portals[0] as Portal);
    for (let round = 0; round < rounds; round++) {
      const at = round % portals.length;
      const portal = portals[at] as Portal;
      started.push(await startOne(portal, round));
      await sleep(Math.random() * RUN_MS);
      await portal.kill();
      portals[at] = await startPortal(args);
    }
    const runs = await settleRuns(portals[0] as Portal, receiver, started);
    await Promise.all(portals.map((portal) => portal.stop()));
    console.log(
      `${store}: ${rounds} kills; ${receiver.count()} requests for ${started.length} runs, ` +
        `${runs.filter(({ wasAsked }) => wasAsked).length} of them asked whether a request had been sent`,
    );
    return leftBehind(join(home, 'data'), receiver, runs);
  } finally {
    await Promise.all(portals.map((portal) => portal.kill()));
    receiver.close();
    rmSync(home, { recursive: true, force: true });
  }
}

for (const store of values.stores.split(',')) {
  const postgres = store === 'postgres' ? await startPostgres('system') : undefined;
  try {
    const failures = await killRuns(store, await postgres?.createDatabase('kill_runs'));
    for (const failure of failures) console.log(failure);
    console.log(`${store}: ${failures.length} failures`);
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    await postgres?.stop();
  }
}
