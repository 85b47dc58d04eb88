/** What an entity is part of, from which it inherits responsibilities. */
import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';

/** An entity, or something that it is part of, with what it states of responsibilities. */
export interface Link {
  /** The entity that inherits. */
  of: string;
  ref: string;
  title: string;
  kind: string;
  namespace: string;
  owner: string | null;
  annotations: Record<string, unknown> | null;
  depth: number;
}

/** Components in components, systems, domains in domains: nobody nests them deeper. */
const DEEPEST = 8;

/**
 * The entities themselves and all that they are part of, nearest first: components that they are a subcomponent of,
 * then systems, then domains.
 */
export async function chainsOf(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
): Promise<Map<string, Link[]>> {
  const { rows } = await sql<Link>`
    with recursive up (of, ref, depth) as (
      select asked, asked, 0 from unnest(${refs}::text[]) as asked
      union
      select up.of, r.to_ref, up.depth + 1 from up join relation r on r.from_ref = up.ref and r.type = 'partOf'
      where up.depth < ${DEEPEST} and split_part(r.to_ref, ':', 1) in ('component', 'system', 'domain')),
    nearest as (select of, ref, min(depth) as depth from up group by of, ref)
    select n.of, e.ref, coalesce(e.title, e.name) as title, e.kind, e.namespace, e.owner, n.depth,
      e.body #> '{metadata,annotations}' as annotations
    from nearest n join entity e on e.ref = n.ref
    order by n.of, n.depth > 0, array_position(array['component', 'system', 'domain'], e.kind), n.depth, e.ref
  `.execute(db);
  return Map.groupBy(rows, ({ of }) => of);
}
