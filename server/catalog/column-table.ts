/** The columns of all entities, filled from the store some thousand rows at a time. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { Column } from './column.ts';
import { type ColumnSource, keptColumns } from './column-names.ts';
import { Marks } from './marks.ts';
import type { CatalogTables } from './tables.ts';

/** Other queries come in between. */
const CHUNK = 5000;
/** No text in the store holds these; see row-set.ts. */
export const SEPARATOR = '\u001e';
const NULL = '\u001d';
/** Characters of all its values: enough for any path that people would choose from. */
const LARGEST_COLUMN = 4 * 2 ** 20;

interface Loaded extends ColumnSource {
  column: Column;
}

export class ColumnTable {
  readonly #db: Kysely<CatalogTables>;
  readonly #rowOf = new Map<string, number>();
  readonly #refs: string[] = [];
  #order: { rows: Uint32Array; known: Marks } | undefined;
  /** Rows that were read while the order wasn't known. */
  readonly #arrived = new Set<number>();
  readonly #columns = new Map<string, Loaded>();

  constructor(db: Kysely<CatalogTables>) {
    this.#db = db;
    for (const [name, source] of Object.entries(keptColumns))
      this.#columns.set(name, { ...source, column: new Column(source.decode) });
  }

  /** Rows, with those of entities that are gone. */
  get size(): number {
    return this.#rowOf.size;
  }

  /** Rows by name and then ref, as the store orders them. Undefined once a row has come that isn't among them. */
  get order(): Uint32Array | undefined {
    return this.#order?.rows;
  }

  /** The store is asked, since it has its own rules of which text comes first. */
  async readOrder(): Promise<void> {
    this.#arrived.clear();
    const { rows } = await sql<{ refs: string | null }>`
      select string_agg(ref, ${sql.lit(SEPARATOR)}) as refs
      from (select ref from entity order by name_lower, ref) ordered`.execute(this.#db);
    const refs = rows[0]?.refs?.split(SEPARATOR) ?? [];
    const ordered = Uint32Array.from(refs.flatMap((ref) => this.rowOf(ref) ?? []));
    const known = Marks.of(this.size, ordered);
    if ([...this.#arrived].every((row) => known.has(row))) this.#order = { rows: ordered, known };
  }

  refOf(row: number): string {
    return this.#refs[row] ?? '';
  }

  rowOf(ref: string): number | undefined {
    return this.#rowOf.get(ref);
  }

  column(name: string): Column | undefined {
    return this.#columns.get(name)?.column;
  }

  /** @param meanwhile takes in the refs of what changes while this reads. */
  async load(meanwhile: Set<string>): Promise<void> {
    await this.#fill(this.#columns, meanwhile);
    await this.readOrder();
  }

  /**
   * Adds a column. It can be asked for once all of it is read.
   * @param meanwhile takes in the refs of what changes while this reads.
   * @throws {RangeError} when it is too large to keep.
   */
  async add(name: string, source: ColumnSource, meanwhile: Set<string>): Promise<void> {
    const added = { ...source, column: new Column(source.decode, LARGEST_COLUMN) };
    await this.#fill(new Map([[name, added]]), meanwhile);
    this.#columns.set(name, added);
  }

  drop(name: string): void {
    this.#columns.delete(name);
  }

  renew(refs: readonly string[]): Promise<void> {
    return this.#renew(this.#columns, refs);
  }

  async #fill(columns: Map<string, Loaded>, meanwhile: Set<string>): Promise<void> {
    await this.#readAll(columns);
    while (meanwhile.size > 0) {
      const refs = [...meanwhile];
      meanwhile.clear();
      await this.#renew(columns, refs);
    }
  }

  /** Reads these entities again; one that is gone has no values, not even a kind. */
  async #renew(columns: Map<string, Loaded>, refs: readonly string[]): Promise<void> {
    const found = new Set(await this.#read(columns, sql`where entity.ref = any(${refs}::text[])`));
    for (const ref of refs) {
      const row = found.has(ref) ? undefined : this.#rowOf.get(ref);
      if (row !== undefined) for (const { column } of columns.values()) column.set(row, undefined);
    }
  }

  async #readAll(columns: Map<string, Loaded>): Promise<void> {
    let last = '';
    for (;;) {
      const refs = await this.#read(
        columns,
        sql`where entity.ref > ${last} order by entity.ref limit ${CHUNK}`,
      );
      if (refs.length < CHUNK) return;
      last = refs.at(-1) ?? '';
    }
  }

  /** Each column comes as one text: a fraction of the time that as many rows would take. */
  async #read(columns: Map<string, Loaded>, which: RawBuilder<unknown>): Promise<string[]> {
    const all = [...columns.values()];
    const labels = all.map((_, index) => sql.ref(`c${index}`));
    const stored = all.map((one, index) => sql`${one.stored} as ${labels[index]}`);
    const joined = labels.map(
      (label) => sql`string_agg(coalesce(${label}, ${sql.lit(NULL)}), ${sql.lit(SEPARATOR)}) as ${label}`,
    );
    const { rows } = await sql<Record<string, string | null>>`
      select string_agg(ref, ${sql.lit(SEPARATOR)}) as refs, ${sql.join(joined)}
      from (select entity.ref, ${sql.join(stored)} from entity ${which}) chunk`.execute(this.#db);
    const refs = rows[0]?.refs?.split(SEPARATOR) ?? [];
    const at = refs.map((ref) => this.#rowFor(ref));
    for (const [index, { column }] of all.entries()) {
      const values = rows[0]?.[`c${index}`]?.split(SEPARATOR) ?? [];
      for (const [nth, row] of at.entries()) column.set(row, values[nth] === NULL ? undefined : values[nth]);
    }
    return refs;
  }

  #rowFor(ref: string): number {
    let row = this.#rowOf.get(ref);
    if (row === undefined) {
      row = this.#rowOf.size;
      this.#rowOf.set(ref, row);
      this.#refs.push(ref);
    }
    if (this.#order && !this.#order.known.has(row)) this.#order = undefined;
    if (!this.#order) this.#arrived.add(row);
    return row;
  }
}
