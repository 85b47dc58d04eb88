/**
 * Runs the embedded store in a process of its own. A long query would block every request otherwise, and
 * starting git from a process that holds a database in its memory takes ten times as long.
 */
import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { AtriumError } from '#model/errors.ts';
import type { EmbeddedAnswer, EmbeddedRequest } from './embedded.ts';
import { lockFolder } from './folder-lock.ts';

const dataDir = process.argv[2] ?? '';

// The portal's end, however it ends, is ours: what it has not been told is not acknowledged.
process.once('disconnect', () => process.exit());
// A Ctrl-C reaches the whole group; the portal closes the store when it has finished with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

function send(answer: EmbeddedAnswer): void {
  process.send?.(answer);
}

function failure(id: number, error: unknown): EmbeddedAnswer {
  const { message, code } = error as Error & { code?: string };
  return { id, rows: [], error: { message, ...(code ? { code } : {}) } };
}

async function open(): Promise<PGlite> {
  if (dataDir) await lockFolder(dataDir);
  const store = await PGlite.create({
    ...(dataDir ? { dataDir } : {}),
    extensions: { pg_trgm },
    parsers: { [types.INT8]: Number },
  });
  await store.exec('set jit = off');
  return store;
}

/** A script that breaks off within a transaction of its own must not leave the one session in it. */
async function runScript(store: PGlite, script: string): Promise<Record<string, unknown>[]> {
  try {
    return (await store.exec(script)).flatMap(({ rows }) => rows as Record<string, unknown>[]);
  } catch (error) {
    await store.exec('rollback');
    throw error;
  }
}

async function answer(store: PGlite, request: EmbeddedRequest): Promise<EmbeddedAnswer> {
  try {
    if (request.op === 'close') {
      await store.close();
      return { id: request.id, rows: [] };
    }
    if (request.op === 'script') return { id: request.id, rows: await runScript(store, request.sql) };
    const { rows, affectedRows = 0 } = await store.query<Record<string, unknown>>(
      request.sql,
      request.parameters,
    );
    return { id: request.id, rows, affectedRows };
  } catch (error) {
    return failure(request.id, error);
  }
}

try {
  const store = await open();
  // Strictly one after another: there is one session, and the order of statements is the transaction.
  let last: Promise<void> = Promise.resolve();
  process.on('message', (request: EmbeddedRequest) => {
    last = last.then(async () => send(await answer(store, request)));
  });
  send({ id: 0, rows: [] });
} catch (error) {
  send(
    failure(
      0,
      error instanceof AtriumError ? error : new Error(`The embedded store can't be opened: ${error}`),
    ),
  );
}
