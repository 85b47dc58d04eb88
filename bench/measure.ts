/** Runs the driver that measures any server which answers the catalog endpoints of Backstage. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const shared = resolve(root, '../shared/peers');

/** Where catalogs, the driver and the peer are kept between runs. */
export const scratch = join(tmpdir(), 'atrium-bench');

export interface LoadRow {
  id: string;
  what: string;
  connections: number;
  requestsPerSecond: number;
  mean: number;
  p50: number;
  p99: number;
  failed: number;
  othersShare?: number;
  error?: string;
}

interface Memory {
  rssMiB: number;
  peakMiB: number;
}

export interface Measured {
  entities: number;
  machine: { cpu?: string; cores: number; memoryGiB: number; node: string };
  start?: { readyMs: number; memoryAtReady: Memory; error?: string };
  ingest?: {
    allEntitiesSeconds: number;
    allRelationsSeconds: number;
    entitiesPerSecond: number;
    memory: Memory;
    error?: string;
  };
  search?: { fullIndexSecondsAfterStart: number; error?: string };
  load?: LoadRow[];
  fresh?: { firstSeconds: number; medianSeconds: number; lastSeconds: number; error?: string };
  idle?: {
    seconds: number;
    serverCpuSeconds: number;
    dbCpuSeconds?: number;
    othersShare: number;
    memory: Memory;
    error?: string;
  };
}

export interface MeasureOptions {
  steps: readonly string[];
  spawn: string;
  url: string;
  manifest: string;
  env?: Record<string, string>;
  cwd?: string;
  token?: string;
  databasePid?: number;
  seconds: number;
  idleSeconds: number;
  timeoutSeconds: number;
  cases?: string;
}

export function hasPeers(): boolean {
  return (
    existsSync(join(shared, 'generate-catalog.mjs')) && existsSync(join(shared, 'backstage/measure.mjs'))
  );
}

/** The folder with the peer's own files. */
export const peerFolder = join(shared, 'backstage');

/** A generated catalog: made once for each size. */
export async function catalogOf(entities: number): Promise<string> {
  const folder = join(scratch, `catalog-${entities}`);
  if (existsSync(join(folder, 'manifest.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  await run([
    join(shared, 'generate-catalog.mjs'),
    '--entities',
    String(entities),
    '--out',
    folder,
    '--seed',
    '1',
    '--layout',
    'files',
  ]);
  return folder;
}

async function run(
  args: string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** The driver is copied beside a link to our packages, since it looks for autocannon where it lies. */
function driver(): string {
  const folder = join(scratch, 'driver');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(peerFolder, 'measure.mjs'), join(folder, 'measure.mjs'));
  if (!existsSync(join(folder, 'node_modules')))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'measure.mjs');
}

/** @returns what was measured, also when a step failed: its `error` says why. */
export async function measure(options: MeasureOptions): Promise<Measured> {
  const json = join(scratch, 'measured.json');
  const args = [
    driver(),
    ...options.steps,
    ...['--base-url', options.url, '--manifest', options.manifest, '--spawn', options.spawn, '--json', json],
    ...['--connections', '1,10', '--seconds', String(options.seconds), '--warmup', '1', '--retries', '0'],
    ...['--idle-seconds', String(options.idleSeconds), '--timeout', String(options.timeoutSeconds)],
    ...['--log', join(scratch, 'server.log')],
    ...(options.token ? ['--token', options.token] : []),
    ...(options.databasePid ? ['--db-pid', String(options.databasePid)] : []),
    ...(options.cases ? ['--cases', options.cases] : []),
  ];
  const code = await run(args, {
    env: { ...process.env, ...options.env },
    ...(options.cwd ? { cwd: options.cwd } : {}),
  });
  const measured = JSON.parse(readFileSync(json, 'utf8')) as Measured;
  if (code !== 0 && !Object.values(measured).some(hasError)) throw new Error(`The driver ended with ${code}`);
  return measured;
}

function hasError(step: unknown): boolean {
  return typeof step === 'object' && step !== null && 'error' in step;
}
