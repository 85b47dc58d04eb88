/** Lists of entities as rows: filtered, searched, sorted, one page or all of them. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Row, rowsQuerySchema } from './contract.ts';
import type { EntityColumns } from './entity-columns.ts';
import { containing } from './entity-path.ts';
import { rowColumns, type StoredRow } from './entity-row.ts';
import { type Condition, parseFilters } from './filter.ts';
import { compileSought, type Fragment, type Sought } from './filter-sql.ts';
import { answerRows } from './suggested-owner.ts';
import type { CatalogTables } from './tables.ts';

export type RowsQuery = z.infer<typeof rowsQuerySchema>;

export interface RowsDeps {
  db: Kysely<CatalogTables>;
  catalog: { sourceOrder(source: string): number };
  columns: EntityColumns;
}

const BATCH = 1000;

/** @throws {AtriumError} FILTER_INVALID */
export async function rowsPage(
  { db, catalog, columns }: RowsDeps,
  query: RowsQuery,
): Promise<{ items: Row[]; total: number }> {
  const { offset, limit } = query;
  const sought = soughtRows(parseFilters(query.filter), query.q);
  const stored = limit === 0 ? [] : await select(db, compileSought(sought), query);
  // A page that isn't full tells the total by itself.
  const isLast = stored.length > 0 && stored.length < limit;
  const total = isLast ? offset + stored.length : await columns.count(sought);
  return { items: await answerRows(db, (source) => catalog.sourceOrder(source), stored), total };
}

/** All that match, some at a time. */
export async function* rowBatches(
  { db, catalog }: RowsDeps,
  query: Omit<RowsQuery, 'offset' | 'limit'>,
): AsyncGenerator<Row[]> {
  const where = compileSought(soughtRows(parseFilters(query.filter), query.q));
  for (let offset = 0; ; offset += BATCH) {
    const stored = await select(db, where, { ...query, offset, limit: BATCH });
    if (stored.length > 0) yield await answerRows(db, (source) => catalog.sourceOrder(source), stored);
    if (stored.length < BATCH) return;
  }
}

/** Further words are passed over. */
const MOST_WORDS = 20;

/** Every word must occur in the name, the title, the description or a tag. */
export function soughtRows(condition: Condition, q: string | undefined): Sought {
  const words = (q ?? '')
    .toLowerCase()
    .split(/\s+/, MOST_WORDS)
    .filter((word) => word !== '');
  const found = words.map((word) => sql<boolean>`entity.search_text like ${containing(word)}`);
  if (found.length === 0) return { condition };
  return { condition, text: { where: sql`${sql.join(found, sql` and `)}`, key: JSON.stringify({ words }) } };
}

async function select(db: Kysely<CatalogTables>, where: Fragment, query: RowsQuery): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select ${rowColumns} from entity where ${where} order by ${orderOf(query)}
    limit ${query.limit} offset ${query.offset}`.execute(db);
  return rows;
}

/** Each order can be read off an index where the table has one; what lacks the value comes last. */
function orderOf({ sort, direction }: Pick<RowsQuery, 'sort' | 'direction'>): RawBuilder<unknown> {
  const down = direction === 'desc';
  const way = down ? sql`desc` : sql`asc`;
  const nulls = down ? sql` nulls last` : sql``;
  const byName = sql`entity.name_lower, entity.ref`;
  switch (sort) {
    case 'name':
      return sql`entity.name_lower ${way}, entity.ref ${way}`;
    case 'kind':
      return sql`entity.kind ${way}, ${byName}`;
    case 'type':
      return sql`lower(entity.type) ${way}${nulls}, ${byName}`;
    case 'owner':
      return sql`entity.owner ${way}${nulls}, ${byName}`;
    case 'lifecycle':
      return sql`lower(entity.lifecycle) ${way}${nulls}, ${byName}`;
    case 'changedAt':
      return sql`entity.changed_at ${way}, entity.ref`;
  }
}
