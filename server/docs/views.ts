/** How much pages are read: it ranks what search finds. Counted in memory and written now and then. */
import { type Kysely, sql } from 'kysely';
import { rowSet } from '../kernel/store/row-set.ts';
import type { DocDb } from './tables.ts';

const WRITE_MS = 30_000;
const KEPT_DAYS = 120;

export class Views {
  readonly #db: Kysely<DocDb>;
  readonly #now: () => Date;
  #counts = new Map<string, { ref: string; page: string; views: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Kysely<DocDb>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  count(ref: string, page: string): void {
    const key = `${ref}\n${page}`;
    const known = this.#counts.get(key) ?? { ref, page, views: 0 };
    known.views++;
    this.#counts.set(key, known);
    // A count that can't be written is lost: it only ranks.
    this.#timer ??= setTimeout(() => void this.write().catch(() => {}), WRITE_MS).unref();
  }

  /** What was counted since the last time. */
  async write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counts = [...this.#counts.values()];
    this.#counts = new Map();
    if (counts.length === 0) return;
    const day = this.#now().toISOString().slice(0, 10);
    await sql`
      insert into doc_view as known (ref, page, day, views)
      select ref, page, ${day}::date, views::int from ${rowSet({
        ref: counts.map(({ ref }) => ref),
        page: counts.map(({ page }) => page),
        views: counts.map(({ views }) => String(views)),
      })}
      on conflict (ref, page, day) do update set views = known.views + excluded.views`.execute(this.#db);
    await sql`delete from doc_view where day < ${day}::date - ${KEPT_DAYS}::int`.execute(this.#db);
  }
}
