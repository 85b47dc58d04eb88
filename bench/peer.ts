/** The peer: a minimal Backstage backend from published packages, on the same PostgreSQL. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Postgres } from '../tools/postgres.ts';
import { peerFolder, scratch } from './measure.ts';

export const PEER_TOKEN = 'a-token-of-this-benchmark';
const INSTALL_MS = 25 * 60_000;

/**
 * Installs it once into a scratch folder; an installation that broke off is begun anew.
 * @throws when npm can't.
 */
export function installPeer(): string {
  const folder = join(scratch, 'backstage');
  const installed = join(folder, 'node_modules/.installed');
  mkdirSync(folder, { recursive: true });
  cpSync(peerFolder, folder, { recursive: true });
  if (existsSync(installed)) return folder;
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    timeout: INSTALL_MS,
  });
  if (status !== 0) throw new Error('The packages of the peer could not be installed');
  writeFileSync(installed, '');
  return folder;
}

/**
 * The same with further plugins, in a folder of its own.
 * @param packages their versions. @throws when npm can't.
 */
export function installPeerWith(name: string, packages: Readonly<Record<string, string>>): string {
  const folder = join(scratch, name);
  const installed = join(folder, 'node_modules/.installed');
  if (existsSync(installed)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(peerFolder, folder, { recursive: true, mode: 0 });
  const { devDependencies: _dev, ...manifest } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  Object.assign(manifest.dependencies, packages);
  rmSync(join(folder, 'package.json'), { force: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const options = { cwd: folder, stdio: 'inherit', timeout: INSTALL_MS } as const;
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], options);
  if (status !== 0) throw new Error(`${Object.keys(packages).join(', ')} could not be installed`);
  writeFileSync(installed, '');
  return folder;
}

/** It has a database for each plugin; a new run starts without them. */
export async function dropPeerDatabases(postgres: Postgres, ...more: string[]): Promise<void> {
  for (const plugin of ['app', 'auth', 'catalog', 'search', 'permission', 'scheduler', ...more]) {
    await postgres.dropDatabase(`backstage_plugin_${plugin}`);
  }
}

export function peerEnvironment(postgres: Postgres, port: number, catalog: string): Record<string, string> {
  return {
    PORT: String(port),
    PG_HOST: '127.0.0.1',
    PG_PORT: String(postgres.port),
    PG_USER: new URL(postgres.url).username,
    PG_PASSWORD: 'none',
    PEER_TOKEN,
    NODE_ENV: 'production',
    CATALOG_ENTRY: join(catalog, 'files/all.yaml'),
  };
}
