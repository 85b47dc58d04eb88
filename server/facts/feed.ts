/** Tells who follows facts of which entities there are new ones, in this process and in the others. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type QueryExecutorProvider, sql } from 'kysely';
import type { Store } from '../kernel/store/store.ts';
import type { FactTables } from './tables.ts';

const CHANNEL = 'atrium_fact';
/** PostgreSQL refuses to notify of more than 8000 bytes. */
const LONGEST_NOTICE = 7500;

/** Refs of entities; all of them when it names none. */
export type FactNotice = readonly string[];

export class FactFeed {
  readonly #process = randomUUID();
  readonly #emitter = new EventEmitter<{ change: [FactNotice] }>().setMaxListeners(0);

  /** Hears what other processes on the same store observe. */
  async connect(store: Pick<Store<FactTables>, 'listen'>): Promise<void> {
    await store.listen(CHANNEL, (payload) => {
      const { process, refs } = JSON.parse(payload) as { process: string; refs: string[] };
      if (process !== this.#process) this.publish(refs);
    });
  }

  onChange(listener: (refs: FactNotice) => void): () => void {
    this.#emitter.on('change', listener);
    return () => this.#emitter.off('change', listener);
  }

  /** Within the transaction that writes the facts; the other processes hear of it when it is committed. */
  async notify(tx: QueryExecutorProvider, refs: FactNotice): Promise<void> {
    const named = JSON.stringify({ process: this.#process, refs });
    const all = JSON.stringify({ process: this.#process, refs: [] });
    const payload = Buffer.byteLength(named) <= LONGEST_NOTICE ? named : all;
    await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(tx);
  }

  /** Tells this process, once it is committed. */
  publish(refs: FactNotice): void {
    this.#emitter.emit('change', refs);
  }
}
