/** Ordering by any path, and cursors that carry a whole query and a position in its order. */
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { type PathExpression, pathExpression } from './entity-path.ts';
import type { Fragment } from './filter-sql.ts';

export interface OrderField {
  field: string;
  order: 'asc' | 'desc';
}

/** By name and then ref: every composite index ends so. */
export const defaultOrder: OrderField[] = [{ field: 'metadata.name', order: 'asc' }];

export interface Position {
  /** Values of the order fields at the edge of the page, and the ref that breaks ties. */
  values: (string | null)[];
  ref: string;
}

const cursorSchema = z.object({
  filters: z.array(z.string()).optional(),
  query: z.unknown().optional(),
  orderFields: z.array(z.object({ field: z.string(), order: z.enum(['asc', 'desc']) })),
  fullTextFilter: z.object({ term: z.string(), fields: z.array(z.string()).optional() }).optional(),
  position: z.object({ values: z.array(z.string().nullable()), ref: z.string() }),
  isPrevious: z.boolean(),
  totalItems: z.number(),
});
/** `query` stands in it only when the question was a predicate: clients look for the key to pick the endpoint. */
export type Cursor = z.infer<typeof cursorSchema>;

/**
 * Opaque to clients, except that they look into it with `atob`, which takes plain base64 only. With these
 * characters escaped, no group of bits maps to the two letters in which base64url differs.
 */
export function encodeCursor(cursor: object): string {
  const json = JSON.stringify(cursor).replace(
    /[>?~\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(json, 'latin1').toString('base64url');
}

/** @throws {AtriumError} CURSOR_INVALID */
export function decodeCursor(text: string): Cursor {
  const read = cursorSchema.safeParse(decodeJson(text));
  if (!read.success || read.data.position.values.length !== read.data.orderFields.length) {
    throw new AtriumError('CURSOR_INVALID', 'The cursor is not one that this server gave out');
  }
  return read.data;
}

export function decodeJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** @throws {AtriumError} INPUT_INVALID when the direction is neither asc nor desc. */
export function parseOrderField(text: string): OrderField {
  const comma = text.lastIndexOf(',');
  const field = (comma === -1 ? text : text.slice(0, comma)).trim();
  const order = comma === -1 ? 'asc' : text.slice(comma + 1).trim();
  return checkOrder(field, order, text);
}

/** The older form, `asc:path`. @throws {AtriumError} INPUT_INVALID */
export function parseOrder(text: string): OrderField {
  const colon = text.indexOf(':');
  return checkOrder(text.slice(colon + 1).trim(), text.slice(0, Math.max(colon, 0)).trim(), text);
}

function checkOrder(field: string, order: string, text: string): OrderField {
  if (field === '' || (order !== 'asc' && order !== 'desc')) {
    throw new AtriumError('INPUT_INVALID', `"${text}" is not an order: it needs a path and asc or desc`);
  }
  return { field, order };
}

const MOST_FIELDS = 20;

interface Key {
  expression: RawBuilder<unknown>;
  nullable: boolean;
  descending: boolean;
}

/** The order as SQL: what to select, to sort by, and to compare with a position. */
export class Ordering {
  readonly #keys: Key[];
  readonly #fields: PathExpression[];

  /** @throws {AtriumError} INPUT_INVALID when there are more fields than anybody sorts by. */
  constructor(order: readonly OrderField[]) {
    if (order.length > MOST_FIELDS) {
      throw new AtriumError('INPUT_INVALID', `An order may have ${MOST_FIELDS} fields at most`);
    }
    this.#fields = order.map(({ field }) => pathExpression(field));
    const fields = this.#fields.map(({ lower, nullable }, index) => ({
      expression: lower,
      nullable,
      descending: order[index]?.order === 'desc',
    }));
    // The tie breaker runs as the last field does, so that an index can be read in one direction.
    const descending = order.at(-1)?.order === 'desc';
    this.#keys = [...fields, { expression: sql`entity.ref`, nullable: false, descending }];
  }

  /** The values of a row's position, as one array column. */
  get values(): RawBuilder<(string | null)[]> {
    return sql`array[${sql.join(this.#fields.map(({ lower }) => lower))}]::text[]`;
  }

  orderBy(backward: boolean): RawBuilder<unknown> {
    return sql.join(
      this.#keys.map(({ expression, nullable, descending }) => {
        const direction = descending !== backward ? sql`desc` : sql`asc`;
        // Nulls are last, so first on the way back. Unsaid where there are none: an index serves it then.
        const nulls = nullable ? (backward ? sql` nulls first` : sql` nulls last`) : sql``;
        return sql`${expression} ${direction}${nulls}`;
      }),
    );
  }

  /** Rows behind the position, or before it. */
  beyond({ values, ref }: Position, backward: boolean): Fragment {
    const edge = [...values, ref];
    const oneWay = this.#keys.every((key) => !key.nullable && key.descending === this.#keys[0]?.descending);
    if (oneWay) {
      // A row comparison, which an index serves; the general form below is not.
      const operator = this.#keys[0]?.descending !== backward ? sql`<` : sql`>`;
      const expressions = sql.join(this.#keys.map(({ expression }) => expression));
      return sql`(${expressions}) ${operator} (${sql.join(edge)})`;
    }
    const alternatives = this.#keys.map((key, index) => {
      const ties = this.#keys.slice(0, index).map((tied, i) => same(tied, edge[i] ?? null));
      return sql`(${sql.join([...ties, beyondOne(key, edge[index] ?? null, backward)], sql` and `)})`;
    });
    return sql`(${sql.join(alternatives, sql` or `)})`;
  }
}

function same({ expression }: Key, value: string | null): Fragment {
  return value === null ? sql`${expression} is null` : sql`${expression} = ${value}`;
}

function beyondOne(
  { expression, nullable, descending }: Key,
  value: string | null,
  backward: boolean,
): Fragment {
  if (value === null) {
    return backward ? sql`${expression} is not null` : sql`false`;
  }
  const compared = descending !== backward ? sql`${expression} < ${value}` : sql`${expression} > ${value}`;
  return nullable && !backward ? sql`(${compared} or ${expression} is null)` : sql`${compared}`;
}
