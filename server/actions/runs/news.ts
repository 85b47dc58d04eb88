/** Tells whoever follows a run that there is something new about it, in this process and in the others. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../../kernel/store/store.ts';
import type { RunTables } from './tables.ts';

const CHANNEL = 'atrium_run';

export class RunNews {
  readonly #process = randomUUID();
  readonly #emitter = new EventEmitter<Record<string, []>>().setMaxListeners(0);

  /** Hears what other processes on the same store do. */
  async connect(store: Pick<Store<RunTables>, 'listen'>): Promise<void> {
    await store.listen(CHANNEL, (payload) => {
      const [process, run] = payload.split(' ');
      if (process !== this.#process && run) this.publish(run);
    });
  }

  /** To be part of the statement that changes the run; the other processes hear of it when it is committed. */
  notify(run: string): RawBuilder<unknown> {
    return sql`pg_notify(${CHANNEL}, ${`${this.#process} ${run}`})`;
  }

  /** Tells this process, once it is committed. */
  publish(run: string): void {
    this.#emitter.emit(run);
  }

  onRun(run: string, listener: () => void): () => void {
    this.#emitter.on(run, listener);
    return () => this.#emitter.off(run, listener);
  }
}
