/** `npm run bench:kill -- [--rounds 50] [--stores embedded,postgres]`: kill -9 at random moments, nothing lost. */
import { parseArgs } from 'node:util';
import { startPostgres } from '../tools/postgres.ts';
import { type KillResult, killRounds } from './kill-rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    stores: { type: 'string', default: 'embedded,postgres' },
  },
});
const rounds = Number(values.rounds);
const onRound = (text: string) => console.error(text);

async function onPostgres(): Promise<KillResult> {
  const postgres = await startPostgres('system');
  try {
    return await killRounds({ rounds, createDatabase: postgres.createDatabase, onRound });
  } finally {
    await postgres.stop();
  }
}

let failed = 0;
for (const store of values.stores.split(',')) {
  const { midway, failures } =
    store === 'postgres' ? await onPostgres() : await killRounds({ rounds, onRound });
  for (const failure of failures) console.log(failure);
  console.log(
    `${store}: ${rounds} kills, ${midway} of them in the midst of a reading, ${failures.length} failures`,
  );
  failed += failures.length;
}
process.exitCode = failed === 0 ? 0 : 1;
