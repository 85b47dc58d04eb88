import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { AtriumError } from '#model/errors.ts';
import { EmbeddedStore, embeddedDialect } from './embedded.ts';

export interface StoreOptions {
  /** URL of a PostgreSQL database; without it the store is embedded. */
  databaseUrl?: string | undefined;
  /** Folder of the embedded store; '' keeps it in memory. */
  dataDir: string;
  migrations: Record<string, Migration>;
}

export interface Store<Tables> {
  db: Kysely<Tables>;
  kind: 'postgres' | 'embedded';
  /** Runs several statements without parameters, in a transaction only where they say so; the rows of all of them. */
  script(sql: string): Promise<Record<string, unknown>[]>;
  /** Calls back for each notice that another process sent on the channel. */
  listen(channel: string, onNotice: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** PostgreSQL gives 64-bit integers as text, lest they lose digits; ours are counters far below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens the store and brings its tables up to date.
 * @throws {AtriumError} DATA_FOLDER_LOCKED, STORE_UNAVAILABLE
 */
export async function openStore<Tables>(options: StoreOptions): Promise<Store<Tables>> {
  const store = options.databaseUrl
    ? openPostgres<Tables>(options.databaseUrl)
    : await openEmbedded<Tables>(options.dataDir);
  try {
    await migrate(store.db as Kysely<unknown>, options.migrations);
  } catch (cause) {
    await store.close();
    throw cause;
  }
  return store;
}

async function migrate(db: Kysely<unknown>, migrations: Record<string, Migration>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    const reason =
      error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error);
    throw new AtriumError('STORE_UNAVAILABLE', `The store can't be prepared: ${reason}`, { cause: error });
  }
}

function openPostgres<Tables>(databaseUrl: string): Store<Tables> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 8,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    options: '-c jit=off',
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const listeners: pg.Client[] = [];
  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    kind: 'postgres',
    async script(sql) {
      const results: pg.QueryResult<Record<string, unknown>> | pg.QueryResult<Record<string, unknown>>[] =
        await pool.query(sql);
      return [results].flat().flatMap(({ rows }) => rows);
    },
    async listen(channel, onNotice) {
      listeners.push(await listenOn(databaseUrl, channel, onNotice));
    },
    async close() {
      await Promise.all(listeners.map((client) => client.end()));
      await pool.end();
    },
  };
}

async function listenOn(
  databaseUrl: string,
  channel: string,
  onNotice: (payload: string) => void,
): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
  client.on('error', () => undefined);
  client.on('notification', (notice) => onNotice(notice.payload ?? ''));
  await client.connect();
  await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  return client;
}

async function openEmbedded<Tables>(dataDir: string): Promise<Store<Tables>> {
  const folder = dataDir && join(dataDir, 'store');
  if (folder) await mkdir(folder, { recursive: true });
  const store = await EmbeddedStore.open(folder && (await realpath(folder)));
  const db = new Kysely<Tables>({ dialect: embeddedDialect(store) });
  return {
    db,
    kind: 'embedded',
    // Between the statements of somebody's transaction it would become part of it.
    script: (sql) => db.connection().execute(() => store.script(sql)),
    // One process owns the folder, so there is no other to hear from.
    listen: async () => undefined,
    close: () => db.destroy(),
  };
}
