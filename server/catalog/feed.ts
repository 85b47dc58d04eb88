import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { sql, type Transaction } from 'kysely';
import { rowSet } from '../kernel/store/row-set.ts';
import type { Store } from '../kernel/store/store.ts';
import type { CatalogTables, FieldChange } from './tables.ts';

export interface RecordChange {
  ref: string;
  change: 'added' | 'changed' | 'removed' | 'restored';
  fields: FieldChange[];
}

/** Sent after each commit, to this process and to the others that share the store. */
export interface ChangeNotice {
  /** Sequence number of the newest change. */
  seq: number;
  /** Refs whose records changed. */
  refs: string[];
  /** Refs whose relations changed because of them. */
  related: string[];
}

/** A notice that names more refs than this names none: whoever listens reads everything anew. */
const MOST_NAMED = 2000;
const CHANNEL = 'atrium_change';
/** PostgreSQL refuses to notify of more than 8000 bytes. */
const LONGEST_NOTICE = 7500;

/** Tells pillars and pages what changed, once it is committed. The table behind it is the history. */
export class ChangeFeed {
  readonly #process = randomUUID();
  readonly #emitter = new EventEmitter<{ change: [ChangeNotice] }>().setMaxListeners(0);

  /** Hears what other processes on the same store changed. */
  async connect(store: Store<CatalogTables>): Promise<void> {
    await store.listen(CHANNEL, (payload) => {
      const { process, ...notice } = JSON.parse(payload) as ChangeNotice & { process: string };
      if (process !== this.#process) this.publish(notice);
    });
  }

  onChange(listener: (notice: ChangeNotice) => void): () => void {
    this.#emitter.on('change', listener);
    return () => this.#emitter.off('change', listener);
  }

  /** Writes changes to the history within the transaction that makes them. Call publish once it is committed. */
  async record(
    tx: Transaction<CatalogTables>,
    {
      at,
      source,
      changes,
      related,
    }: { at: Date; source: string | null; changes: RecordChange[]; related: string[] },
  ): Promise<ChangeNotice | undefined> {
    if (changes.length === 0) return undefined;
    const { rows } = await sql<{ seq: number }>`
      with inserted as (
        insert into change (at, ref, change, fields, source)
        select ${at}::timestamptz, ref, change, fields::json, ${source}::text from ${rowSet({
          ref: changes.map(({ ref }) => ref),
          change: changes.map(({ change }) => change),
          fields: changes.map(({ fields }) => JSON.stringify(fields)),
        })}
        returning seq)
      select max(seq) as seq from inserted`.execute(tx);
    const seq = rows[0]?.seq ?? 0;
    const notice = { seq, refs: changes.map(({ ref }) => ref), related };
    const unnamed = { seq, refs: [], related: [] };
    const isSmall = changes.length + related.length <= MOST_NAMED;
    await this.#notify(tx, isSmall ? notice : unnamed);
    return isSmall ? notice : unnamed;
  }

  /** Tells the other processes. What is too long for them names nothing: they read everything anew. */
  async #notify(tx: Transaction<CatalogTables>, notice: ChangeNotice): Promise<void> {
    const named = JSON.stringify({ process: this.#process, ...notice });
    const unnamed = JSON.stringify({ process: this.#process, seq: notice.seq, refs: [], related: [] });
    const payload = Buffer.byteLength(named) <= LONGEST_NOTICE ? named : unnamed;
    await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(tx);
  }

  publish(notice: ChangeNotice): void {
    this.#emitter.emit('change', notice);
  }
}
