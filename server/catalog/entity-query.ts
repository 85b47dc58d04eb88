/** A page of refs: what matches, in which order, where it continues. */
import { type Kysely, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { EntityColumns, Matched } from './entity-columns.ts';
import { containing, isColumn, pathExpression } from './entity-path.ts';
import { allOf, type Condition, parseFilters } from './filter.ts';
import { compileSought, type Fragment, type Sought } from './filter-sql.ts';
import {
  type Cursor,
  defaultOrder,
  encodeCursor,
  type OrderField,
  Ordering,
  type Position,
} from './order-and-cursor.ts';
import { parsePredicate } from './predicate.ts';
import type { CatalogTables } from './tables.ts';

export interface FullTextFilter {
  term: string;
  fields?: string[] | undefined;
}

/** A question as asked; a cursor carries all of it but the window. */
export interface EntityQuery {
  filters?: string[] | undefined;
  query?: unknown;
  orderFields?: OrderField[] | undefined;
  fullTextFilter?: FullTextFilter | undefined;
}

export interface Window {
  limit: number;
  offset?: number | undefined;
  /** Leave the count out: it comes back as 0. */
  uncounted?: boolean | undefined;
}

export interface RefPage {
  refs: string[];
  totalItems: number;
  nextCursor?: string;
  prevCursor?: string;
}

/** @throws {AtriumError} FILTER_INVALID */
export function conditionOf({ filters, query }: Pick<EntityQuery, 'filters' | 'query'>): Condition {
  const conditions = [parseFilters(filters)];
  if (query !== undefined) {
    conditions.push(parsePredicate(query));
  }
  return allOf(conditions);
}

const MOST_FIELDS = 50;
const LONGEST_TERM = 500;

/** @throws {AtriumError} FILTER_INVALID, INPUT_INVALID */
export function soughtBy(query: EntityQuery): Sought {
  const condition = conditionOf(query);
  const term = query.fullTextFilter?.term.trim().toLowerCase();
  if (!term) {
    return { condition };
  }
  const named = query.fullTextFilter?.fields?.map((field) => field.trim()).filter((field) => field !== '');
  const fields = named?.length ? named : orderedFields(query);
  if (fields.length > MOST_FIELDS || term.length > LONGEST_TERM) {
    throw new AtriumError(
      'INPUT_INVALID',
      `A text of ${LONGEST_TERM} characters in ${MOST_FIELDS} fields is the most that is looked for`,
    );
  }
  return { condition, text: { where: contains(term, fields), key: JSON.stringify([term, fields]) } };
}

/** @throws {AtriumError} FILTER_INVALID, INPUT_INVALID */
export function whereOf(query: EntityQuery): Fragment {
  return compileSought(soughtBy(query));
}

function orderedFields({ orderFields }: EntityQuery): string[] {
  const [first] = orderFields ?? [];
  return first ? [first.field] : ['metadata.name', 'metadata.title', 'metadata.description'];
}

const searched = new Set(['metadata.name', 'metadata.title', 'metadata.description']);

/** A substring of any of the fields. Each alternative can start from an index. */
function contains(term: string, fields: string[]): Fragment {
  const pattern = containing(term);
  const alternatives = fields.map((field) => {
    const matches = sql`${pathExpression(field).lower} like ${pattern}`;
    if (searched.has(field.toLowerCase())) {
      return sql`(entity.search_text like ${pattern} and ${matches})`;
    }
    // Only rows that have the field at all are worth a look into their body.
    return isColumn(field)
      ? matches
      : sql`(entity.terms @> array[${field.toLowerCase()}]::text[] and ${matches})`;
  });
  return sql`(${sql.join(alternatives, sql` or `)})`;
}

/** The first page, at an offset. */
export async function firstPage(
  { db, columns }: { db: Kysely<CatalogTables>; columns: EntityColumns },
  query: EntityQuery,
  window: Window,
): Promise<RefPage> {
  const order = orderOf(query);
  const sought = soughtBy(query);
  const where = compileSought(sought);
  const offset = window.offset ?? 0;
  const matched = await columns.match(sought);
  const rows =
    pageByName(matched, order, { ...window, offset }) ??
    (await select(db, where, new Ordering(order), { ...window, offset, backward: false }));
  const more = rows.length > window.limit;
  const page = rows.slice(0, window.limit);
  const counted =
    more || page.length === 0 ? () => matched?.count ?? columns.count(sought) : () => offset + page.length;
  const totalItems = window.uncounted ? 0 : await counted();
  return toPage(page, { query, order, totalItems, next: more, previous: offset > 0 });
}

/** From memory, where that has the order: an index would have to be walked up to the offset, row by row. */
function pageByName(
  matched: Matched | undefined,
  order: readonly OrderField[],
  { offset, limit }: { offset: number; limit: number },
): Position[] | undefined {
  const [first, ...further] = order;
  if (first?.field.toLowerCase() !== 'metadata.name' || further.length > 0 || limit === 0) return undefined;
  const refs = matched?.page(offset, limit + 1, first.order === 'desc');
  return refs?.map((ref) => ({ ref, values: [ref.slice(ref.indexOf('/') + 1)] }));
}

/** The page that a cursor stands for. */
export async function cursorPage(db: Kysely<CatalogTables>, cursor: Cursor, limit: number): Promise<RefPage> {
  const { position, isPrevious, totalItems, orderFields, ...query } = cursor;
  const rows = await select(db, whereOf({ ...query, orderFields }), new Ordering(orderFields), {
    limit,
    backward: isPrevious,
    position,
  });
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (isPrevious) {
    page.reverse();
  }
  const [next, previous] = isPrevious ? [true, more] : [more, true];
  return toPage(page, { query, order: orderFields, totalItems, next, previous });
}

function orderOf({ orderFields }: EntityQuery): OrderField[] {
  return orderFields && orderFields.length > 0 ? orderFields : defaultOrder;
}

interface Selection {
  limit: number;
  offset?: number;
  backward: boolean;
  position?: Position;
}

/** One row more than the limit, to know whether there are more. */
async function select(
  db: Kysely<CatalogTables>,
  where: Fragment,
  ordering: Ordering,
  { limit, offset, backward, position }: Selection,
): Promise<Position[]> {
  if (limit === 0) {
    return [];
  }
  const beyond = position ? sql` and ${ordering.beyond(position, backward)}` : sql``;
  const { rows } = await sql<Position>`
    select entity.ref, ${ordering.values} as "values" from entity where ${where}${beyond}
    order by ${ordering.orderBy(backward)} limit ${limit + 1} offset ${offset ?? 0}`.execute(db);
  return rows;
}

interface Around {
  query: Omit<EntityQuery, 'orderFields'>;
  order: OrderField[];
  totalItems: number;
  next: boolean;
  previous: boolean;
}

function toPage(page: Position[], { query, order, totalItems, next, previous }: Around): RefPage {
  const first = page[0];
  const last = page.at(-1);
  const carried = { ...query, orderFields: order, totalItems };
  return {
    refs: page.map(({ ref }) => ref),
    totalItems,
    ...(next && last && { nextCursor: encodeCursor({ ...carried, position: last, isPrevious: false }) }),
    ...(previous && first && { prevCursor: encodeCursor({ ...carried, position: first, isPrevious: true }) }),
  };
}
