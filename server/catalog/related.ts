/** The other ends of relations, as lists show them: known entities, and refs that lead nowhere. */
import { type Kysely, sql } from 'kysely';
import type { KindRegistry } from '#model/kinds.ts';
import { parseRef } from '#model/ref.ts';
import type { CatalogTables } from './tables.ts';

export interface Known {
  ref: string;
  kind: string;
  name: string;
  title: string | null;
  type: string | null;
  owner: string | null;
  description: string | null;
  lifecycle: string | null;
  exists: boolean;
}

/** In the order of the refs. */
export async function knownEntities(
  db: Kysely<CatalogTables>,
  kinds: KindRegistry,
  refs: readonly string[],
): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select ref, kind_label as kind, name, title, type, owner, description, lifecycle, true as "exists"
    from entity where ref = any(${refs}::text[])`.execute(db);
  const byRef = new Map(rows.map((row) => [row.ref, row]));
  return refs.map((ref) => byRef.get(ref) ?? missing(ref, kinds));
}

function missing(ref: string, kinds: KindRegistry): Known {
  const nothing = { title: null, type: null, owner: null, description: null, lifecycle: null };
  return { ref, ...namesIn(ref, kinds), ...nothing, exists: false };
}

/** What a ref alone tells of an entity. */
export function namesIn(ref: string, kinds: KindRegistry): { kind: string; name: string } {
  const { kind, name } = parseRef(ref);
  return { kind: kinds.find(kind)?.kind ?? kind, name };
}
