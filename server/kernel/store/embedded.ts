import { Worker } from 'node:worker_threads';
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

export type EmbeddedRequest =
  | { id: number; op: 'query'; sql: string; parameters: unknown[] }
  | { id: number; op: 'dump' }
  | { id: number; op: 'close' };

export interface EmbeddedAnswer {
  id: number;
  rows: Record<string, unknown>[];
  affectedRows?: number;
  dump?: Uint8Array;
  error?: { message: string; code?: string };
}

/** PostgreSQL compiled to WebAssembly, in a worker thread behind a message bridge. */
export class EmbeddedStore {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve(answer: EmbeddedAnswer): void; reject(error: Error): void }>();
  #lastId = 0;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: EmbeddedAnswer) => this.#settle(answer));
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => this.#failAll(new Error('The embedded store has stopped')));
  }

  /** @param dataDir a folder, or '' for a store in memory. @param snapshot an empty folder's dump, to start faster. */
  static async open(dataDir: string, snapshot?: Uint8Array): Promise<EmbeddedStore> {
    const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: { dataDir, snapshot } });
    const store = new EmbeddedStore(worker);
    await store.#promise(0);
    return store;
  }

  query(sql: string, parameters: readonly unknown[]): Promise<EmbeddedAnswer> {
    return this.#send({ id: ++this.#lastId, op: 'query', sql, parameters: [...parameters] });
  }

  /** The data folder as a compressed archive. */
  async dump(): Promise<Uint8Array> {
    const { dump } = await this.#send({ id: ++this.#lastId, op: 'dump' });
    return dump ?? new Uint8Array();
  }

  async close(): Promise<void> {
    await this.#send({ id: ++this.#lastId, op: 'close' });
    await this.#worker.terminate();
  }

  #send(request: EmbeddedRequest): Promise<EmbeddedAnswer> {
    const answer = this.#promise(request.id);
    this.#worker.postMessage(request);
    return answer;
  }

  #promise(id: number): Promise<EmbeddedAnswer> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #settle(answer: EmbeddedAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.error) waiting?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }));
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
