/** Measures Atrium itself, on one of its stores. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { startPortal } from '../tools/portal.ts';
import { freePort, type Postgres } from '../tools/postgres.ts';
import { type Measured, measure, scratch } from './measure.ts';
import { type ByName, byName, type UncachedRow, uncached } from './questions.ts';

export interface BenchOptions {
  seconds: number;
  idleSeconds: number;
  timeoutSeconds: number;
}

export interface AtriumMeasured {
  store: string;
  measured: Measured;
  /** On a store that is full already, until the first answer. */
  coldStartMs: number[];
  uncached: UncachedRow[];
  byName: ByName;
}

/** The command of `npm start`. */
const start = packageJson.scripts.start
  .replace(/^node/, process.execPath)
  .replace('server/', `${resolve(import.meta.dirname, '../server')}/`);
const COLD_STARTS = 3;

interface Setting {
  folder: string;
  config: string;
  database: string[];
  databasePid?: number;
}

/** @param postgres without it, the embedded store. */
export async function measureAtrium(
  catalog: string,
  postgres: Postgres | undefined,
  options: BenchOptions,
): Promise<AtriumMeasured> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'atrium-'));
  const database = `atrium_bench_${process.pid}`;
  try {
    const config = join(folder, 'atrium.yaml');
    writeFileSync(config, configuration(catalog));
    const url = await postgres?.createDatabase(database);
    const setting = {
      folder,
      config,
      database: url ? ['--database', url] : [],
      ...(postgres ? { databasePid: postgres.pid } : {}),
    };
    return await measureSetting(catalog, setting, postgres?.version ?? 'embedded', options);
  } finally {
    await postgres?.dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration(catalog: string): string {
  const source = { id: 'catalog', target: join(catalog, 'files/all.yaml'), discovery: false };
  return `${JSON.stringify({ sources: [source], logLevel: 'warn' }, null, 2)}\n`;
}

async function measureSetting(
  catalog: string,
  { folder, config, database, databasePid }: Setting,
  store: string,
  options: BenchOptions,
): Promise<AtriumMeasured> {
  const port = await freePort();
  const args = ['--config', config, '--data', join(folder, 'data'), ...database];
  const common = {
    spawn: [start, ...args, '--port', port].join(' '),
    url: `http://127.0.0.1:${port}`,
    manifest: join(catalog, 'manifest.json'),
    ...(databasePid ? { databasePid } : {}),
    ...options,
  };
  const measured = await measure({
    ...common,
    steps: ['start', 'ingest', 'search', 'load', 'idle', 'fresh'],
  });
  const coldStartMs: number[] = [];
  for (let round = 0; round < COLD_STARTS; round++) {
    const { start } = await measure({ ...common, steps: ['start'] });
    if (start?.readyMs) coldStartMs.push(start.readyMs);
  }
  const portal = await startPortal(args);
  try {
    await settled(portal.url);
    return {
      store,
      measured,
      coldStartMs,
      uncached: await uncached(portal.url, catalog),
      byName: await byName(portal.url, catalog, options.seconds),
    };
  } finally {
    await portal.stop();
  }
}

/** Waits for the first reading, so that nothing is measured beside it. */
export async function settled(url: string): Promise<void> {
  for (;;) {
    const { ready } = (await (await fetch(`${url}/api/sources`)).json()) as { ready: boolean };
    if (ready) return;
    await new Promise((done) => setTimeout(done, 200));
  }
}
