/** People as the catalog knows them: their groups, and what belongs to whom. */
import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';

export interface Person {
  ref: string;
  name: string;
  email: string | null;
  /** Those to which the person belongs, and their parents. */
  groups: string[];
}

/** @returns undefined when the catalog knows no such person. */
export async function readPerson(db: Kysely<CatalogTables>, ref: string): Promise<Person | undefined> {
  // Either end of a relation may have declared it: a member its group, or a group its members.
  const { rows } = await sql<Person>`
    with recursive belongs(ref) as (
      (select to_ref from relation where from_ref = ${ref} and type = 'memberOf'
        union select from_ref from relation where to_ref = ${ref} and reverse = 'memberOf')
      union
      select parent.ref from belongs cross join lateral (
        select to_ref as ref from relation where from_ref = belongs.ref and type = 'childOf'
        union all select from_ref from relation where to_ref = belongs.ref and reverse = 'childOf') parent)
    select e.ref, coalesce(e.title, e.name) as name, e.body #>> '{spec,profile,email}' as email,
      array(select ref from belongs where ref like 'group:%' order by ref) as groups
    from entity e where e.ref = ${ref} and e.kind = 'user'`.execute(db);
  return rows[0];
}

export interface OwnedEntity {
  exists: boolean;
  /** Canonical ref; guesses don't count. */
  owner: string | null;
}

/** Of an entity, by its canonical ref: one row by the primary key. */
export async function readOwner(db: Kysely<CatalogTables>, ref: string): Promise<OwnedEntity> {
  const { rows } = await sql<{ owner: string | null }>`
    select owner from entity where ref = ${ref}`.execute(db);
  return { exists: rows.length > 0, owner: rows[0]?.owner ?? null };
}

export function owns(
  { ref, groups }: { ref: string | null; groups: readonly string[] },
  owner: string | null,
) {
  return owner !== null && (owner === ref || groups.includes(owner));
}
