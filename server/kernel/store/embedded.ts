import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PGliteAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import { AtriumError } from '#model/errors.ts';

export type EmbeddedRequest =
  | { id: number; op: 'query'; sql: string; parameters: unknown[] }
  | { id: number; op: 'script'; sql: string }
  | { id: number; op: 'close' };

export interface EmbeddedAnswer {
  id: number;
  rows: Record<string, unknown>[];
  affectedRows?: number;
  error?: { message: string; code?: string };
}

/** How long to wait for the process of a portal that was killed to leave the data folder. */
const LOCK_WAIT_MS = 5000;
const LOCK_RETRY_MS = 200;

/** PostgreSQL compiled to WebAssembly, in a process of its own behind a message bridge. */
export class EmbeddedStore {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve(answer: EmbeddedAnswer): void; reject(error: Error): void }
  >();
  #lastId = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on('message', (answer: EmbeddedAnswer) => this.#settle(answer));
    child.on('error', (error) => this.#failAll(error));
    child.on('exit', () =>
      this.#failAll(new AtriumError('STORE_UNAVAILABLE', 'The embedded store has stopped')),
    );
  }

  /**
   * @param dataDir a folder, or '' for a store in memory.
   * @throws {AtriumError} DATA_FOLDER_LOCKED, STORE_UNAVAILABLE
   */
  static async open(dataDir: string): Promise<EmbeddedStore> {
    for (const started = Date.now(); ; await sleep(LOCK_RETRY_MS)) {
      try {
        return await EmbeddedStore.#start(dataDir);
      } catch (error) {
        const { code, message } = error as Error & { code?: string };
        const locked = code === 'DATA_FOLDER_LOCKED';
        if (locked && Date.now() - started < LOCK_WAIT_MS) continue;
        throw new AtriumError(locked ? 'DATA_FOLDER_LOCKED' : 'STORE_UNAVAILABLE', message, { cause: error });
      }
    }
  }

  static async #start(dataDir: string): Promise<EmbeddedStore> {
    const cache = getCompileCacheDir();
    const child = fork(new URL('./embedded-process.ts', import.meta.url), [dataDir], {
      serialization: 'advanced',
      execArgv: [],
      env: { ...process.env, ...(cache ? { NODE_COMPILE_CACHE: cache } : {}) },
    });
    const store = new EmbeddedStore(child);
    try {
      await store.#promise(0);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    return store;
  }

  query(sql: string, parameters: readonly unknown[]): Promise<EmbeddedAnswer> {
    return this.#send({ id: ++this.#lastId, op: 'query', sql, parameters: [...parameters] });
  }

  /** Several statements without parameters; the rows of all of them. */
  async script(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.#send({ id: ++this.#lastId, op: 'script', sql })).rows;
  }

  async close(): Promise<void> {
    if (!this.#process.connected) return;
    await this.#send({ id: ++this.#lastId, op: 'close' });
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }

  #send(request: EmbeddedRequest): Promise<EmbeddedAnswer> {
    const answer = this.#promise(request.id);
    this.#process.send(request, (error) => {
      if (error) this.#settle({ id: request.id, rows: [], error: { message: error.message } });
    });
    return answer;
  }

  #promise(id: number): Promise<EmbeddedAnswer> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #settle(answer: EmbeddedAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.error)
      waiting?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }));
    else waiting?.resolve(answer);
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** The dialect of the embedded store: PostgreSQL's own, over one session. */
export function embeddedDialect(store: EmbeddedStore): Dialect {
  return {
    createAdapter: () => new PGliteAdapter(),
    createDriver: () => new EmbeddedDriver(store),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #store: EmbeddedStore;

  constructor(store: EmbeddedStore) {
    this.#store = store;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows } = await this.#store.query(query.sql, query.parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(affectedRows ?? 0) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }
}

class EmbeddedDriver implements Driver {
  readonly #store: EmbeddedStore;
  readonly #connection: EmbeddedConnection;

  constructor(store: EmbeddedStore) {
    this.#store = store;
    this.#connection = new EmbeddedConnection(store);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    await this.#store.query('begin', []);
  }

  async commitTransaction(): Promise<void> {
    await this.#store.query('commit', []);
  }

  async rollbackTransaction(): Promise<void> {
    await this.#store.query('rollback', []);
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#store.close();
  }
}
