/** How many of the matching entities have each value of a path. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { EntityColumns, Matched } from './entity-columns.ts';
import { isColumn, pathExpression, splitPath } from './entity-path.ts';
import { compileSought, type Fragment, type Sought } from './filter-sql.ts';
import type { CatalogTables } from './tables.ts';

export interface FacetValue {
  value: string;
  count: number;
}

interface FacetDeps {
  db: Kysely<CatalogTables>;
  columns: EntityColumns;
}

/** Each of them is a query. */
const MOST_FACETS = 50;

/**
 * From the columns in memory where they tell, else from the store.
 * @throws {AtriumError} FILTER_INVALID, INPUT_INVALID
 */
export async function countFacets(
  { db, columns }: FacetDeps,
  sought: Sought,
  facets: readonly string[],
): Promise<Record<string, FacetValue[]>> {
  const unique = [...new Set(facets)];
  if (unique.length > MOST_FACETS) {
    throw new AtriumError('INPUT_INVALID', `${MOST_FACETS} facets at most are counted at once`);
  }
  const where = compileSought(sought);
  const matched = await columns.match(sought, unique.filter(isRead));
  const counted = await Promise.all(
    unique.map(
      async (facet) => fromColumns(matched, facet) ?? (await facetQuery(facet, where).execute(db)).rows,
    ),
  );
  return Object.fromEntries(unique.map((facet, index) => [facet, counted[index] ?? []]));
}

/** Whether the values of a path stand in bodies or relations only. */
function isRead(facet: string): boolean {
  const path = facet.toLowerCase();
  return !isColumn(path) && path !== 'metadata.tags' && facet !== 'spec.owner';
}

function fromColumns(matched: Matched | undefined, facet: string): FacetValue[] | undefined {
  const tally = matched?.tally(isRead(facet) ? facet : facet.toLowerCase());
  if (!tally) return undefined;
  const values = facet.toLowerCase() === 'kind' ? mergeCases(tally) : tally;
  return [...values]
    .flatMap(([value, count]) => (value === null ? [] : { value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Values that differ in case only as one, written as the first of them in the order of their characters. */
export function mergeCases(tally: ReadonlyMap<string | null, number>): Map<string | null, number> {
  const merged = new Map<string | null, { value: string | null; count: number }>();
  for (const [value, count] of tally) {
    const key = value?.toLowerCase() ?? null;
    const known = merged.get(key);
    const written = known?.value && value && known.value < value ? known.value : value;
    merged.set(key, { value: written, count: count + (known?.count ?? 0) });
  }
  return new Map([...merged.values()].map(({ value, count }) => [value, count]));
}

function facetQuery(facet: string, where: Fragment): RawBuilder<FacetValue> {
  const path = facet.toLowerCase();
  if (path.startsWith('relations.')) {
    return relationFacet(path.slice('relations.'.length), where);
  }
  if (path === 'kind') {
    return kindFacet(where);
  }
  const source = isColumn(path)
    ? sql`select ${pathExpression(path).written} as value from entity where ${where}`
    : path === 'metadata.tags'
      ? sql`select distinct entity.ref, unnest(entity.tags) as value from entity where ${where}`
      : jsonValues(facet, where);
  return tally(source);
}

/** Counted by the lower-cased kind, which indexes hold; then one row of each says how it is written. */
function kindFacet(where: Fragment): RawBuilder<FacetValue> {
  return sql<FacetValue>`select written.kind_label as value, counted.count from (
      select entity.kind, count(*)::int as count from entity where ${where} group by entity.kind) counted
    cross join lateral (select kind_label from entity where kind = counted.kind limit 1) written
    order by count desc, value`;
}

function tally(source: RawBuilder<unknown>): RawBuilder<FacetValue> {
  return sql<FacetValue>`select value, count(*)::int as count from (${source}) found
    where value is not null group by value order by count desc, value`;
}

/** Values as written, which the terms no longer have; the terms say which bodies to look into. */
function jsonValues(facet: string, where: Fragment): RawBuilder<unknown> {
  const isOwner = facet === 'spec.owner';
  const json = isOwner ? sql`entity.owner_json::json` : sql`entity.body #> ${splitPath(facet)}::text[]`;
  const has = isOwner
    ? sql`entity.owner_json is not null`
    : sql`entity.terms @> array[${facet.toLowerCase()}]::text[]`;
  return sql`select distinct entity.ref, item.value from entity
    cross join lateral (select ${json} as json) found
    cross join lateral json_array_elements_text(
      case json_typeof(found.json) when 'array' then found.json else json_build_array(found.json) end) item
    where ${where} and ${has} and json_typeof(found.json) <> 'object'`;
}

function relationFacet(type: string, where: Fragment): RawBuilder<FacetValue> {
  return tally(sql`select from_ref, to_ref as value from relation
      where lower(type) = ${type} and from_ref in (select entity.ref from entity where ${where})
    union select to_ref, from_ref from relation
      where lower(reverse) = ${type} and to_ref in (select entity.ref from entity where ${where})`);
}
