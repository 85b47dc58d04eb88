/** How many of the matching entities have which value, for the filters beside a list. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { unowned } from './column-filter.ts';
import type { facetNames, facetsQuerySchema, facetsSchema, summarySchema } from './contract.ts';
import type { EntityColumns, Matched } from './entity-columns.ts';
import { mergeCases } from './facets.ts';
import { allOf, type Condition, everything, parseFilters } from './filter.ts';
import { compileSought, unownableKinds } from './filter-sql.ts';
import { soughtRows } from './rows.ts';
import type { CatalogTables } from './tables.ts';

export type FacetsQuery = z.infer<typeof facetsQuerySchema>;
type FacetName = (typeof facetNames)[number];
type Facets = z.infer<typeof facetsSchema>;

/** The key that a facet sets as a filter and counts in memory, and the column that it counts in the store. */
const facets: Record<FacetName, { key: string; column: string }> = {
  kind: { key: 'kind', column: 'kind_label' },
  type: { key: 'spec.type', column: 'type' },
  owner: { key: 'owner', column: 'owner' },
  lifecycle: { key: 'spec.lifecycle', column: 'lifecycle' },
  language: { key: 'language', column: 'language' },
  tags: { key: 'metadata.tags', column: 'tags' },
  freshness: { key: 'freshness', column: 'freshness' },
  review: { key: 'review', column: 'review' },
};
const names = Object.keys(facets) as FacetName[];
/** Nobody chooses from more; the rarest are left out. */
const MOST_VALUES = 500;

interface FacetDeps {
  db: Kysely<CatalogTables>;
  columns: EntityColumns;
}

/** From the columns in memory where they tell, else from the store. @throws {AtriumError} FILTER_INVALID */
export async function rowFacets({ db, columns }: FacetDeps, query: FacetsQuery): Promise<Facets> {
  return (await fromColumns(columns, query)) ?? fromStore(db, query);
}

/** The matching rows, those of each facet that is itself filtered by, and those that nobody owns but should. */
async function fromColumns(columns: EntityColumns, { filter, q }: FacetsQuery): Promise<Facets | undefined> {
  const condition = parseFilters(filter);
  const filtered = names.filter((name) => mentions(condition, facets[name].key));
  const besides = filtered.map((name) => without(condition, facets[name].key));
  const ownerless = allOf([without(condition, facets.owner.key), unowned]);
  const matched = await columns.matchEach(
    [condition, ownerless, ...besides].map((each) => soughtRows(each, q)),
  );
  const [all, nobodys, ...beside] = matched ?? [];
  if (!all || !nobodys) return undefined;
  const answer: Facets = { facets: emptyFacets(), total: all.count };
  for (const name of names) {
    const rows = beside[filtered.indexOf(name)] ?? all;
    answer.facets[name] = ranked(name, rows, nobodys.count);
  }
  return answer;
}

function ranked(name: FacetName, rows: Matched, ownerless: number): Facets['facets'][FacetName] {
  const tally = mergeCases(rows.tally(facets[name].key) ?? new Map());
  if (name === 'tags' || name === 'owner') tally.delete(null);
  if (name === 'owner' && ownerless > 0) tally.set(null, ownerless);
  return [...tally]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareNames(a.value, b.value))
    .slice(0, MOST_VALUES);
}

function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === null ? 1 : -1;
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

/** One statement: the matching rows once, and once more for each facet that is itself filtered by. */
async function fromStore(db: Kysely<CatalogTables>, { filter, q }: FacetsQuery): Promise<Facets> {
  const condition = parseFilters(filter);
  const whereRows = (each: Condition) => compileSought(soughtRows(each, q));
  const counts = names.map((name) => {
    const { key, column } = facets[name];
    if (!mentions(condition, key)) return tally(name, column, sql`matched`);
    const others = sql`(select ${sql.ref(column)}${kindBeside(name)} from entity where ${whereRows(without(condition, key))}) found`;
    return tally(name, column, others);
  });
  const columns = sql.join(names.map((name) => sql.ref(facets[name].column)));
  const { rows } = await sql<{ facet: FacetName | 'total'; value: string | null; count: number }>`
    with matched as materialized (select ${columns} from entity where ${whereRows(condition)})
    select 'total' as facet, null as value, count(*)::int as count from matched
    union all ${sql.join(counts, sql` union all `)}`.execute(db);
  const answer: Facets = { facets: emptyFacets(), total: 0 };
  for (const { facet, value, count } of rows) {
    if (facet === 'total') answer.total = count;
    else answer.facets[facet].push({ value, count });
  }
  return answer;
}

function emptyFacets(): Facets['facets'] {
  return { kind: [], type: [], owner: [], lifecycle: [], language: [], tags: [], freshness: [], review: [] };
}

/** What tells the owned from those that nobody need own. */
function kindBeside(name: FacetName): RawBuilder<unknown> {
  return name === 'owner' ? sql`, kind_label` : sql``;
}

/** The rows that a facet counts: each tag for itself; no one's owner only where somebody should own. */
function countedIn(name: FacetName, from: RawBuilder<unknown>): RawBuilder<unknown> {
  if (name === 'tags') return sql`(select unnest(tags) as tag from ${from}) tagged`;
  if (name !== 'owner') return from;
  const ownable = sql`lower(kind_label) <> all(${unownableKinds}::text[])`;
  return sql`(select owner from ${from} where owner is not null or ${ownable}) owned`;
}

/** Values that differ in case only are one, as they are to filters. */
function tally(name: FacetName, column: string, from: RawBuilder<unknown>): RawBuilder<unknown> {
  const values = countedIn(name, from);
  const value = name === 'tags' ? sql`tag` : sql.ref(column);
  return sql`(select ${sql.lit(name)}, min(${value}), count(*)::int from ${values}
    group by lower(${value}) order by count(*) desc, lower(${value}) limit ${sql.lit(MOST_VALUES)})`;
}

function mentions(condition: Condition, key: string): boolean {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.of.some((inner) => mentions(inner, key));
    case 'not':
      return mentions(condition.of, key);
    default:
      return condition.key === key;
  }
}

function without(condition: Condition, key: string): Condition {
  switch (condition.op) {
    case 'all':
    case 'any':
      return { op: condition.op, of: condition.of.map((inner) => without(inner, key)) };
    case 'not':
      return mentions(condition.of, key) ? everything : condition;
    default:
      return condition.key === key ? everything : condition;
  }
}

/** What there is and what needs care, in one pass over the table. */
export async function summary(db: Kysely<CatalogTables>): Promise<z.infer<typeof summarySchema>> {
  const kinds = await sql<{ kind: string; type: string | null; count: number }>`
    select min(kind_label) as kind, min(type) as type, count(*)::int as count from entity
    group by kind, lower(type) order by kind, count desc`.execute(db);
  const totals = await sql<Omit<z.infer<typeof summarySchema>, 'kinds'>>`
    select count(*)::int as total,
      count(*) filter (where owner is null and kind <> all(${unownableKinds}::text[]))::int as unowned,
      count(*) filter (where review = 'unreviewed')::int as unreviewed,
      count(*) filter (where freshness = 'stale')::int as stale,
      count(*) filter (where freshness = 'orphaned')::int as orphaned,
      count(*) filter (where problem_count > 0)::int as "withProblems"
    from entity`.execute(db);
  const none = { total: 0, unowned: 0, unreviewed: 0, stale: 0, orphaned: 0, withProblems: 0 };
  return { kinds: kinds.rows, ...(totals.rows[0] ?? none) };
}
