/** How many of the matching entities have each value of a path. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isColumn, pathExpression, splitPath } from './entity-path.ts';
import type { Fragment } from './filter-sql.ts';
import type { CatalogTables } from './tables.ts';

export interface FacetValue {
  value: string;
  count: number;
}

export async function countFacets(
  db: Kysely<CatalogTables>,
  where: Fragment,
  facets: readonly string[],
): Promise<Record<string, FacetValue[]>> {
  const unique = [...new Set(facets)];
  const counted = await Promise.all(unique.map((facet) => facetQuery(facet, where).execute(db)));
  return Object.fromEntries(unique.map((facet, index) => [facet, counted[index]?.rows ?? []]));
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
      : bodyValues(facet, where);
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
function bodyValues(facet: string, where: Fragment): RawBuilder<unknown> {
  return sql`select distinct entity.ref, item.value from entity
    cross join lateral (select entity.body #> ${splitPath(facet)}::text[] as json) found
    cross join lateral json_array_elements_text(
      case json_typeof(found.json) when 'array' then found.json else json_build_array(found.json) end) item
    where ${where} and entity.terms @> array[${facet.toLowerCase()}]::text[]
      and json_typeof(found.json) <> 'object'`;
}

function relationFacet(type: string, where: Fragment): RawBuilder<FacetValue> {
  return tally(sql`select from_ref, to_ref as value from relation
      where lower(type) = ${type} and from_ref in (select entity.ref from entity where ${where})
    union select to_ref, from_ref from relation
      where lower(reverse) = ${type} and to_ref in (select entity.ref from entity where ${where})`);
}
