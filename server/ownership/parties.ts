/** People and groups as pages name them. */
import { type Kysely, sql } from 'kysely';
import { parseRef } from '#model/ref.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { Party } from './contract.ts';

/** Gives the party of a ref; one that no source knows is told by its name. */
export type Parties = (ref: string) => Party;

/** @param refs canonical; repeats and nulls do no harm. */
export async function partiesOf(
  db: Kysely<CatalogTables>,
  refs: readonly (string | null | undefined)[],
): Promise<Parties> {
  const wanted = [...new Set(refs)].filter((ref) => typeof ref === 'string');
  const found = wanted.length === 0 ? [] : await readParties(db, wanted);
  const known = new Map(found.map((party) => [party.ref, party]));
  return (ref) => known.get(ref) ?? unknownParty(ref, nameOf(ref));
}

/** Somebody whom no source knows, a machine, or a role. */
export function unknownParty(ref: string, title: string): Party {
  return { ref, title, exists: false, email: null };
}

async function readParties(db: Kysely<CatalogTables>, refs: readonly string[]): Promise<Party[]> {
  const { rows } = await sql<Party>`
    select ref, coalesce(title, name) as title, true as "exists", body #>> '{spec,profile,email}' as email
    from entity where ref = any(${refs}::text[]) and kind in ('group', 'user')`.execute(db);
  return rows;
}

/** Ids of principals that are no entities are their own names. */
function nameOf(ref: string): string {
  try {
    return parseRef(ref, { kind: 'group' }).name;
  } catch {
    return ref;
  }
}
