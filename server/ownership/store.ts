/** Who owns what, read from the golden records. */
import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';

export interface StoredTeam {
  ref: string;
  name: string;
  title: string | null;
  type: string | null;
  parent: string | null;
  members: number;
}

export interface Owned {
  owner: string;
  kind: string;
  count: number;
}

/** Nobody is expected to own these. */
export const unownable = ['group', 'user', 'location', 'template'];

/** Either end of a relation may have declared it: a member its group, or a group its members. */
export async function storedTeams(db: Kysely<CatalogTables>): Promise<StoredTeam[]> {
  const { rows } = await sql<StoredTeam>`
    with member as (
      select team, count(*)::int as members from (
        select to_ref as team, from_ref as person from relation where type = 'memberOf'
        union select from_ref, to_ref from relation where type = 'hasMember') together group by team),
    parent as (
      select team, min(parent) as parent from (
        select from_ref as team, to_ref as parent from relation where type = 'childOf'
        union select to_ref, from_ref from relation where type = 'parentOf') together group by team)
    select e.ref, e.name, e.title, e.type, parent.parent, coalesce(member.members, 0) as members
    from entity e left join member on member.team = e.ref left join parent on parent.team = e.ref
    where e.kind = 'group' order by lower(coalesce(e.title, e.name)), e.ref`.execute(db);
  return rows;
}

/** @param owner of one owner only. */
export async function owned(db: Kysely<CatalogTables>, owner?: string): Promise<Owned[]> {
  const { rows } = await sql<Owned>`
    select owner, min(kind_label) as kind, count(*)::int as count from entity
    where ${owner === undefined ? sql`owner is not null` : sql`owner = ${owner}`}
    group by owner, kind order by owner, kind`.execute(db);
  return rows;
}

/** How many things one owner has, and of which kinds. */
export function holdings(of: readonly Owned[] = []): { owns: number; byKind: Record<string, number> } {
  return {
    owns: of.reduce((sum, { count }) => sum + count, 0),
    byKind: Object.fromEntries(of.map(({ kind, count }) => [kind, count])),
  };
}

export async function counts(db: Kysely<CatalogTables>): Promise<{ unowned: number; people: number }> {
  const { rows } = await sql<{ unowned: number; people: number }>`
    select (select count(*)::int from entity where owner is null and kind <> all(${unownable}::text[])) as unowned,
      (select count(*)::int from entity where kind = 'user') as people`.execute(db);
  return rows[0] ?? { unowned: 0, people: 0 };
}
