/**
 * Measures Atrium beside its peer, on the same machine, PostgreSQL and catalog, in one run:
 *
 *   npm run bench -- [--entities 10000,50000,100000] [--peer yes|no] [--peer-entities 10000]
 *                    [--stores postgres,embedded] [--seconds 5] [--out bench/RESULTS.md]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, type Postgres, startPostgres } from '../tools/postgres.ts';
import { type BenchOptions, measureAtrium } from './atrium.ts';
import { catalogOf, hasPeers, type Measured, measure, scratch } from './measure.ts';
import { dropPeerDatabases, installPeer, PEER_TOKEN, peerEnvironment } from './peer.ts';
import { report } from './report.ts';
import type { Round } from './round.ts';

const { values } = parseArgs({
  options: {
    entities: { type: 'string', default: '10000' },
    peer: { type: 'string', default: 'yes' },
    'peer-entities': { type: 'string', default: '10000' },
    stores: { type: 'string', default: 'postgres,embedded' },
    seconds: { type: 'string', default: '5' },
    'idle-seconds': { type: 'string', default: '60' },
    timeout: { type: 'string', default: '900' },
    out: { type: 'string', default: join(import.meta.dirname, 'RESULTS.md') },
  },
});

const options: BenchOptions = {
  seconds: Number(values.seconds),
  idleSeconds: Number(values['idle-seconds']),
  timeoutSeconds: Number(values.timeout),
};

async function measurePeer(catalog: string, postgres: Postgres): Promise<Measured> {
  const folder = installPeer();
  const port = await freePort();
  await dropPeerDatabases(postgres);
  try {
    return await measure({
      ...options,
      // The peer's search index is built 3 s after the first start and then every 10 minutes: `search` comes last.
      steps: ['start', 'ingest', 'load', 'idle', 'fresh'],
      cases: 'a,b,c,d,f,g,h',
      spawn: `${process.execPath} index.cjs --config app-config.yaml`,
      url: `http://127.0.0.1:${port}`,
      manifest: join(catalog, 'manifest.json'),
      env: peerEnvironment(postgres, port, catalog),
      cwd: folder,
      token: PEER_TOKEN,
      databasePid: postgres.pid,
    });
  } finally {
    await dropPeerDatabases(postgres);
  }
}

/** Measures one size. What there is so far is written down after each server: a later failure takes nothing away. */
async function measureRound(round: Round, postgres: Postgres, save: () => void): Promise<void> {
  const { entities } = round;
  const catalog = await catalogOf(entities);
  for (const store of values.stores.split(',')) {
    console.error(`Atrium, ${store}, ${entities} entities`);
    round.atrium.push(await measureAtrium(catalog, store === 'postgres' ? postgres : undefined, options));
    save();
  }
  if (values.peer !== 'yes' || !values['peer-entities'].split(',').map(Number).includes(entities)) return;
  console.error(`Backstage, ${entities} entities`);
  round.peer = await measurePeer(catalog, postgres);
  save();
}

async function main(): Promise<number> {
  if (!hasPeers()) {
    console.log('Skipped: the generator and the driver are not in ../shared/peers');
    return 0;
  }
  mkdirSync(scratch, { recursive: true });
  if (values.peer === 'yes') installPeer();
  const postgres = await startPostgres('system');
  const rounds: Round[] = [];
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const text = () => report(rounds, { postgres: postgres.version, command });
  try {
    for (const entities of values.entities.split(',').map(Number)) {
      const round: Round = { entities, atrium: [], peer: undefined };
      rounds.push(round);
      await measureRound(round, postgres, () => writeFileSync(values.out, text()));
    }
  } finally {
    await postgres.stop();
  }
  console.log(text());
  return 0;
}

if (import.meta.main) process.exitCode = await main();
