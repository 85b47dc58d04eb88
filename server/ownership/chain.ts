/** What an entity is part of, from which it inherits responsibilities. */
import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';

/** An entity, or something that it is part of, with what it states of responsibilities. */
export interface Link {
  ref: string;
  title: string;
  kind: string;
  namespace: string;
  owner: string | null;
  annotations: Record<string, unknown> | null;
  /** How far up it is; 0 is the entity itself. */
  depth: number;
}

const kinds = ['component', 'system', 'domain'];

/**
 * The entities themselves and all that they are part of, nearest first: components that they are a subcomponent of,
 * then systems, then domains.
 */
export async function chainsOf(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
): Promise<Map<string, Link[]>> {
  // Many share what they are part of, so that is read once for all.
  const parents = await readParents(db, refs);
  const named = [...refs, ...[...parents.values()].flat()];
  const links = await readLinks(db, [...new Set(named)]);
  return new Map(
    refs.map((ref) => {
      const chain = [...depthsFrom(ref, parents)].flatMap(([each, depth]) => {
        const link = links.get(each);
        return link ? [{ ...link, depth }] : [];
      });
      return [ref, chain.sort(nearestFirst)];
    }),
  );
}

/** How far up each thing is that an entity is part of; what goes round in circles is met once. */
function depthsFrom(ref: string, parents: ReadonlyMap<string, string[]>): Map<string, number> {
  const depths = new Map([[ref, 0]]);
  for (const [each, depth] of depths) {
    for (const parent of parents.get(each) ?? []) if (!depths.has(parent)) depths.set(parent, depth + 1);
  }
  return depths;
}

function nearestFirst(a: Link, b: Link): number {
  return (
    Number(a.depth > 0) - Number(b.depth > 0) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    a.depth - b.depth ||
    (a.ref < b.ref ? -1 : 1)
  );
}

/** By what is part of them: all of what the entities are part of, at whatever height. */
async function readParents(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ ref: string; parent: string }>`
    with recursive up (ref) as (
      select unnest(${refs}::text[])
      union
      select r.to_ref from up join relation r on r.from_ref = up.ref and r.type = 'partOf'
      where split_part(r.to_ref, ':', 1) = any(${kinds}::text[]))
    select r.from_ref as ref, r.to_ref as parent from up join relation r on r.from_ref = up.ref and r.type = 'partOf'
    where split_part(r.to_ref, ':', 1) = any(${kinds}::text[])`.execute(db);
  const parents = new Map<string, string[]>();
  for (const { ref, parent } of rows) {
    const known = parents.get(ref);
    if (known) known.push(parent);
    else parents.set(ref, [parent]);
  }
  return parents;
}

async function readLinks(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
): Promise<Map<string, Omit<Link, 'depth'>>> {
  const { rows } = await sql<Omit<Link, 'depth'>>`
    select ref, coalesce(title, name) as title, kind, namespace, owner,
      body #> '{metadata,annotations}' as annotations
    from entity where ref = any(${refs}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.ref, row]));
}
