/** All sites that there are, as the library lists them. */
import { type Kysely, sql } from 'kysely';
import type { Principal } from '../kernel/gate.ts';
import { partiesOf } from '../ownership/index.ts';
import type { SiteCard } from './contract.ts';
import type { DocDb } from './tables.ts';

interface CardRow {
  ref: string;
  kind: string;
  type: string | null;
  title: string;
  description: string | null;
  owner: string | null;
  form: SiteCard['form'];
  pages: number;
  changedAt: Date | null;
  problems: number;
}

export interface LibraryQuery {
  q?: string | undefined;
  owner?: string | undefined;
  offset: number;
  limit: number;
}

const columns = sql`s.ref, e.kind, e.type, coalesce(e.title, e.name) as title,
  coalesce(s.description, e.description) as description, e.owner, s.form, s.pages, s.changed_at as "changedAt",
  (select count(*)::int from doc_problem p where p.ref = s.ref) as problems`;

/** What belongs to whoever asks first, then what was changed last. */
export async function listSites(
  db: Kysely<DocDb>,
  { q = '', owner, offset, limit }: LibraryQuery,
  reader: Principal,
): Promise<{ items: SiteCard[]; total: number }> {
  const mine = [...reader.groups, ...(reader.ref ? [reader.ref] : [])];
  const term = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const where = sql`
    (lower(coalesce(e.title, e.name) || ' ' || e.name || ' ' || s.title) like ${term})
    ${owner === undefined ? sql`` : owner === 'none' ? sql`and e.owner is null` : sql`and e.owner = ${owner}`}`;
  const { rows } = await sql<CardRow>`
    select ${columns} from doc_site s join entity e using (ref) where ${where}
    order by coalesce(e.owner = any(${mine}::text[]), false) desc, s.changed_at desc nulls last, s.ref
    limit ${limit} offset ${offset}`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from doc_site s join entity e using (ref) where ${where}`.execute(db);
  return { items: await cardsOf(db, rows), total: counted.rows[0]?.total ?? 0 };
}

/** Of some entities, in the order of their titles. */
export async function cardsFor(db: Kysely<DocDb>, refs: readonly string[]): Promise<SiteCard[]> {
  const { rows } = await sql<CardRow>`
    select ${columns} from doc_site s join entity e using (ref) where s.ref = any(${refs}::text[])
    order by lower(coalesce(e.title, e.name)), s.ref`.execute(db);
  return cardsOf(db, rows);
}

/** Sites of what is part of a system or domain, at any depth, or is owned by a group. */
export async function partsOf(db: Kysely<DocDb>, ref: string): Promise<SiteCard[]> {
  const { rows } = await sql<{ ref: string }>`
    with recursive below as (
      select from_ref as ref, 1 as depth from relation where to_ref = ${ref} and type in ('partOf', 'ownedBy')
      union
      select r.from_ref, b.depth + 1 from below b join relation r on r.to_ref = b.ref and r.type = 'partOf'
      where b.depth < 5)
    select distinct ref from below limit 500`.execute(db);
  return cardsFor(
    db,
    rows.map((row) => row.ref),
  );
}

async function cardsOf(db: Kysely<DocDb>, rows: readonly CardRow[]): Promise<SiteCard[]> {
  const parties = await partiesOf(
    db,
    rows.map(({ owner }) => owner),
  );
  return rows.map(({ owner, changedAt, ...row }) => ({
    ...row,
    owner: owner === null ? null : parties(owner),
    changedAt: changedAt?.toISOString() ?? null,
  }));
}
