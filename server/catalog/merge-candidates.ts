/** Which known entities a finding may be another sight of. */
import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from './tables.ts';

export interface MergeCandidate {
  ref: string;
  reason: string;
}

interface Likeness {
  ref: string;
  candidate: string;
  kind: string;
  namespace: string;
  sameKind: boolean;
  sameNamespace: boolean;
  match: 'name' | 'title' | 'similar';
  similarity: number;
}

const MOST_CANDIDATES = 5;
/** Less alike than this, names are taken to be different words. */
const SIMILAR = 0.5;

/**
 * The same name in another kind or namespace, a title that is the other's name, or nearly the same name.
 * Each branch starts from an index, so a page of findings costs as many short look-ups.
 */
export async function mergeCandidates(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
): Promise<Map<string, MergeCandidate[]>> {
  const { rows } = await sql<Likeness>`
    select e.ref, found.ref as candidate, found.kind_label as kind, found.namespace, found.match,
      found.kind = e.kind as "sameKind", found.namespace = e.namespace as "sameNamespace", found.similarity
    from entity e cross join lateral (
      select c.ref, c.kind, c.kind_label, c.namespace, similarity(c.name_lower, e.name_lower) as similarity,
        case when c.name_lower = e.name_lower then 'name'
          when lower(c.title) = e.name_lower or c.name_lower = lower(e.title) then 'title'
          else 'similar' end as match
      from entity c where c.ref in (
        (select named.ref from entity named where named.name_lower in (e.name_lower, lower(e.title)))
        union all
        (select close.ref from entity close where e.name_lower <% close.search_text limit 200))
      and c.ref <> e.ref and c.kind <> 'location'
      and (c.kind = e.kind or (c.kind not in ('group', 'user') and e.kind not in ('group', 'user')))
    ) found
    where e.ref = any(${refs}::text[])
      and (found.match <> 'similar' or (found.kind = e.kind and found.similarity >= ${SIMILAR}))
    order by e.ref, found.match, found.similarity desc, found.ref`.execute(db);
  const candidates = new Map<string, MergeCandidate[]>();
  for (const row of rows) {
    const known = candidates.get(row.ref) ?? [];
    if (known.length < MOST_CANDIDATES) known.push({ ref: row.candidate, reason: reasonOf(row) });
    candidates.set(row.ref, known);
  }
  return candidates;
}

function reasonOf({ match, kind, namespace, sameKind, sameNamespace, similarity }: Likeness): string {
  const where = `${sameKind ? '' : `, as ${kind}`}${sameNamespace ? '' : `, in namespace ${namespace}`}`;
  switch (match) {
    case 'name':
      return `Same name${where}`;
    case 'title':
      return `One’s title is the other’s name${where}`;
    case 'similar':
      return `Similar name (${Math.round(similarity * 100)} %)${where}`;
  }
}
