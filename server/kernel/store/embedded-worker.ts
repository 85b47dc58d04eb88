/** Runs the embedded store off the main thread: a long query would block every request otherwise. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { EmbeddedAnswer, EmbeddedRequest } from './embedded.ts';

const port = parentPort;
if (!port) throw new Error('embedded-worker.ts runs as a worker thread');

const { dataDir, snapshot } = workerData as { dataDir: string; snapshot?: Uint8Array<ArrayBuffer> };
const store = await PGlite.create({
  ...(dataDir ? { dataDir } : {}),
  ...(snapshot ? { loadDataDir: new Blob([snapshot]) } : {}),
  extensions: { pg_trgm },
  parsers: { [types.INT8]: Number },
});
await store.exec('set jit = off');

async function answer(request: EmbeddedRequest): Promise<EmbeddedAnswer> {
  try {
    if (request.op === 'close') {
      await store.close();
      return { id: request.id, rows: [] };
    }
    if (request.op === 'dump') {
      const dump = await store.dumpDataDir('gzip');
      return { id: request.id, rows: [], dump: new Uint8Array(await dump.arrayBuffer()) };
    }
    const result = await store.query<Record<string, unknown>>(request.sql, request.parameters);
    return { id: request.id, rows: result.rows, affectedRows: result.affectedRows ?? 0 };
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return { id: request.id, rows: [], error: { message, ...(code ? { code } : {}) } };
  }
}

// Strictly one after another: there is one session, and the order of statements is the transaction.
let last: Promise<void> = Promise.resolve();
port.on('message', (request: EmbeddedRequest) => {
  last = last.then(async () => port.postMessage(await answer(request)));
});
port.postMessage({ id: 0, rows: [] } satisfies EmbeddedAnswer);
