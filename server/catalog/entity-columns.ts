/**
 * Counts and facets from memory. What filters and facets ask for most stands here as columns, so that a
 * hundred thousand entities are counted in about a millisecond. They are read when somebody first asks and
 * nothing changes just then; until they are there, the store answers.
 */
import { type Kysely, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { compared, foreignLeaves, type Leaf, marksOf, plain } from './column-filter.ts';
import { furtherColumn } from './column-names.ts';
import { ColumnTable, SEPARATOR } from './column-table.ts';
import type { Condition } from './filter.ts';
import { compileFilter, compileSought, type Fragment, type Sought } from './filter-sql.ts';
import { Marks } from './marks.ts';
import type { CatalogTables } from './tables.ts';

export interface EntityColumnsOptions {
  db: Kysely<CatalogTables>;
  /** Reading them waits until nothing has changed for so long, lest it be in vain and slow down a first reading. */
  quietMs?: number;
}

const QUIET_MS = 1000;
/** With more that changed since, reading everything is as fast. */
const MOST_PENDING = 5000;
const MOST_FURTHER = 16;
/** Of 12 kB each at a hundred thousand entities. */
const MOST_TOLD = 256;
/** Of rows that the store has found, for conditions that no column tells of. */
const FOUND_BYTES = 8 * 2 ** 20;

/** What matched, as of one moment. */
export class Matched {
  readonly #table: ColumnTable;
  readonly #marks: Marks;

  constructor(table: ColumnTable, marks: Marks) {
    this.#table = table;
    this.#marks = marks;
  }

  get count(): number {
    return this.#marks.count;
  }

  /** Refs by name, or by name backwards; undefined when the order isn't known just now. */
  page(offset: number, limit: number, descending: boolean): string[] | undefined {
    const { order } = this.#table;
    if (!order) return undefined;
    const refs: string[] = [];
    let skipped = 0;
    for (let at = 0; at < order.length && refs.length < limit; at++) {
      const row = order[descending ? order.length - 1 - at : at] ?? 0;
      if (!this.#marks.has(row)) continue;
      if (skipped < offset) skipped++;
      else refs.push(this.#table.refOf(row));
    }
    return refs;
  }

  /** How many have each value of a path; undefined where there is no such column. */
  tally(path: string): Map<string | null, number> | undefined {
    return this.#table.column(path)?.tally(this.#table.size, this.#marks);
  }
}

export class EntityColumns {
  readonly #db: Kysely<CatalogTables>;
  readonly #quietMs: number;
  #table: ColumnTable | undefined;
  #pending = new Set<string>();
  /** Everyone who is reading now hears what changes meanwhile. */
  readonly #readers = new Set<Set<string>>();
  #version = 0;
  #generation = 0;
  #changedAt = performance.now();
  #loading: Promise<void> | undefined;
  #renewing: Promise<void> | undefined;
  readonly #found = new LRUCache<string, Uint32Array>({
    maxSize: FOUND_BYTES,
    sizeCalculation: (rows, key) => rows.byteLength + key.length * 2 + 100,
  });
  /** Rows that the columns told, for conditions on one key. */
  readonly #told = new LRUCache<string, Marks>({ max: MOST_TOLD });
  /** Further columns that somebody asked for: kept, being read, or too large. */
  readonly #further = new LRUCache<string, true>({
    max: MOST_FURTHER,
    dispose: (_, name) => this.#table?.drop(name),
  });

  constructor({ db, quietMs = QUIET_MS }: EntityColumnsOptions) {
    this.#db = db;
    this.#quietMs = quietMs;
  }

  /** Refs are those whose record or relations changed, at both ends. */
  invalidate(refs: readonly string[] | 'all'): void {
    this.#version += 1;
    this.#changedAt = performance.now();
    this.#found.clear();
    this.#told.clear();
    if (refs === 'all' || this.#pending.size + refs.length > MOST_PENDING) this.#forget();
    else for (const set of [this.#pending, ...this.#readers]) for (const ref of refs) set.add(ref);
  }

  /** What is being read now is not kept either. */
  #forget(): void {
    this.#generation += 1;
    this.#table = undefined;
    this.#pending.clear();
    this.#found.clear();
    this.#told.clear();
    this.#further.clear();
  }

  /** How many match, from memory or from the store. @throws {AtriumError} FILTER_INVALID */
  async count(sought: Sought): Promise<number> {
    const where = compileSought(sought);
    const matched = await this.match(sought);
    if (matched) return matched.count;
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from entity where ${where}`.execute(this.#db);
    return rows[0]?.count ?? 0;
  }

  /** What matches, or undefined while only the store can tell. @throws {AtriumError} FILTER_INVALID */
  async match(sought: Sought, further: readonly string[] = []): Promise<Matched | undefined> {
    const [matched] = (await this.matchEach([sought], further)) ?? [];
    return matched;
  }

  /** Answers to several questions, all as of one moment. @param further paths to keep as columns as well. */
  async matchEach(all: readonly Sought[], further: readonly string[] = []): Promise<Matched[] | undefined> {
    const table = await this.#upToDate();
    if (!table) return undefined;
    for (const path of further) this.#want(table, path);
    const asked = all.map(({ condition, text }) => ({ condition: plain(condition), text }));
    const found = new Map<string, Uint32Array>();
    const find = async (key: string, where: Fragment) =>
      found.set(key, await this.#rowsOf(table, key, where));
    const leaves = asked.flatMap(({ condition }) => foreignLeaves(condition));
    await Promise.all([
      ...leaves.map((leaf) => find(keyOf(leaf), compileFilter(leaf))),
      ...asked.map(({ text }) => text && find(text.key, text.where)),
    ]);
    const rows = (key: string) => found.get(key) ?? new Uint32Array();
    return asked.map(({ condition, text }) => {
      const marks = marksOf(condition, table.size, (leaf) => {
        const key = keyOf(leaf);
        return this.#compared(table, leaf, key) ?? Marks.of(table.size, rows(key));
      });
      return new Matched(table, text ? marks.and(Marks.of(table.size, rows(text.key))) : marks);
    });
  }

  #compared(table: ColumnTable, leaf: Leaf, key: string): Marks | undefined {
    // Rows have other numbers in another table: a question that took long may still be about the one before.
    const isCurrent = table === this.#table;
    const kept = isCurrent ? this.#told.get(key) : undefined;
    if (kept) return kept;
    const marks = compared(table, leaf);
    if (marks && isCurrent) this.#told.set(key, marks);
    return marks;
  }

  async #rowsOf(table: ColumnTable, key: string, where: Fragment): Promise<Uint32Array> {
    const kept = table === this.#table ? this.#found.get(key) : undefined;
    if (kept) return kept;
    const version = this.#version;
    const { rows } = await sql<{ refs: string | null }>`
      select string_agg(entity.ref, ${SEPARATOR}) as refs from entity where ${where}`.execute(this.#db);
    const refs = rows[0]?.refs?.split(SEPARATOR) ?? [];
    const numbers = Uint32Array.from(refs.flatMap((ref) => table.rowOf(ref) ?? []));
    if (version === this.#version && table === this.#table) this.#found.set(key, numbers);
    return numbers;
  }

  async #upToDate(): Promise<ColumnTable | undefined> {
    if (!this.#table) this.#load();
    // Twice: what is being read now may have been asked for before the newest change.
    for (let round = 0; round < 2 && this.#table && this.#pending.size > 0; round++) {
      this.#renewing ??= this.#renew(this.#table).finally(() => {
        this.#renewing = undefined;
      });
      await this.#renewing;
    }
    if (this.#table) this.#wantOrder(this.#table);
    return this.#table;
  }

  async #renew(table: ColumnTable): Promise<void> {
    const refs = [...this.#pending];
    this.#pending.clear();
    try {
      await table.renew(refs);
      // A question that began before may have kept what was true then.
      this.#told.clear();
    } catch {
      // The store answers then, or says itself what is wrong with it.
      this.#forget();
    }
  }

  /** Resolves when the columns that are being read are there. */
  async settled(): Promise<void> {
    await this.#loading;
  }

  #load(): void {
    if (this.#loading || this.#isBusy) return;
    const table = new ColumnTable(this.#db);
    this.#pending.clear();
    this.#read(
      (meanwhile) => table.load(meanwhile),
      () => {
        this.#table = table;
      },
    );
  }

  /** Reads a further column, if nothing is being read yet. One that is too large is not asked for again soon. */
  #want(table: ColumnTable, path: string): void {
    if (this.#loading || this.#further.get(path)) return;
    this.#further.set(path, true);
    this.#read(
      (meanwhile) => table.add(path, furtherColumn(path), meanwhile),
      () => {
        if (!this.#further.has(path)) table.drop(path);
      },
    );
  }

  #wantOrder(table: ColumnTable): void {
    if (table.order || this.#loading || this.#isBusy) return;
    this.#read(
      () => table.readOrder(),
      () => undefined,
    );
  }

  get #isBusy(): boolean {
    return performance.now() - this.#changedAt < this.#quietMs;
  }

  #read(read: (meanwhile: Set<string>) => Promise<void>, keep: () => void): void {
    const generation = this.#generation;
    const meanwhile = new Set<string>();
    this.#readers.add(meanwhile);
    // What goes wrong here goes wrong unseen: the store answers, and says itself what is wrong with it.
    const unseen = () => undefined;
    this.#loading = read(meanwhile)
      .then(() => (generation === this.#generation ? keep() : undefined), unseen)
      .finally(() => {
        this.#readers.delete(meanwhile);
        this.#loading = undefined;
      });
  }
}

function keyOf(leaf: Leaf): string {
  return JSON.stringify(leaf satisfies Condition);
}
