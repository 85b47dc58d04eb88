import { Marks } from './marks.ts';

/**
 * One column of all entities in memory. What the store says stands here once, as the values that it stands for:
 * none, one, or several such as tags. Each entity is the number of what it says.
 */
export class Column {
  readonly #decode: (stored: string) => string[];
  readonly #numbers = new Map<string, number>();
  /** Ids of values, by number; 0 stands for entities that say nothing. */
  readonly #ids: number[][] = [[]];
  readonly #values: string[] = [];
  readonly #idOf = new Map<string, number>();
  #rows = new Int32Array(1024);
  #left: number;

  /**
   * @param decode what the store says, as the values that it stands for.
   * @param largest characters of all values together.
   */
  constructor(decode: (stored: string) => string[], largest = Number.POSITIVE_INFINITY) {
    this.#decode = decode;
    this.#left = largest;
  }

  /** @throws {RangeError} when the values become too many to keep. */
  set(row: number, stored: string | undefined): void {
    if (row >= this.#rows.length) {
      const grown = new Int32Array(Math.max(row + 1, this.#rows.length * 2));
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows[row] = stored === undefined ? 0 : this.#numberOf(stored);
  }

  #numberOf(stored: string): number {
    const known = this.#numbers.get(stored);
    if (known !== undefined) return known;
    this.#left -= stored.length;
    if (this.#left < 0) throw new RangeError('The values of this column are too many to keep in memory');
    const number = this.#ids.length;
    this.#ids.push([...new Set(this.#decode(stored))].map((value) => this.#idFor(value)));
    this.#numbers.set(stored, number);
    return number;
  }

  #idFor(value: string): number {
    const known = this.#idOf.get(value);
    if (known !== undefined) return known;
    this.#idOf.set(value, this.#values.length);
    return this.#values.push(value) - 1;
  }

  /** The rows of which a value passes the test. That runs once for each different value. */
  where(size: number, test: (value: string) => boolean): Marks {
    const passing = this.#values.map(test);
    const passes = Uint8Array.from(this.#ids, (ids) => (ids.some((id) => passing[id]) ? 1 : 0));
    const marks = Marks.none(size);
    for (let row = 0; row < size; row++) {
      if (passes[this.#rows[row] ?? 0] === 1) marks.add(row);
    }
    return marks;
  }

  /** How many of the marked rows have each value; those that say nothing stand under null. */
  tally(size: number, marks: Marks): Map<string | null, number> {
    const byNumber = new Int32Array(this.#ids.length);
    for (let row = 0; row < size; row++) {
      const number = this.#rows[row] ?? 0;
      if (marks.has(row)) byNumber[number] = (byNumber[number] ?? 0) + 1;
    }
    const byId = new Int32Array(this.#values.length);
    for (const [number, count] of byNumber.entries()) {
      if (count > 0) for (const id of this.#ids[number] ?? []) byId[id] = (byId[id] ?? 0) + count;
    }
    const tally = new Map<string | null, number>();
    if (byNumber[0]) tally.set(null, byNumber[0]);
    for (const [id, value] of this.#values.entries()) if (byId[id]) tally.set(value, byId[id]);
    return tally;
  }
}
