/** Searches without an answer: what should be written down, by whom, and whether it was. */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { anonymous, type Principal } from '../../kernel/gate.ts';
import { clean } from '../../kernel/store/row-set.ts';
import { partiesOf } from '../../ownership/index.ts';
import type { DocGap } from '../contract.ts';
import { answersTo } from '../search/answers.ts';
import { wordsOf } from '../search/excerpt.ts';
import type { DocDb } from '../tables.ts';
import { gapOwner } from './gap-owner.ts';

export interface GapDeps {
  db: Kysely<DocDb>;
  now: () => Date;
}

interface GapRow {
  id: string;
  query: string;
  site: string;
  owner: string | null;
  searches: number;
  people: number;
  firstAt: Date;
  lastAt: Date;
  closedBy: string | null;
  closedAt: Date | null;
  closedNote: string | null;
}

/** Who closes what has an answer now. */
const ITSELF = 'atrium';
const MOST_LISTED = 500;
/** More are kept as long as somebody searches for them; the oldest that one person searched once go first. */
const MOST_KEPT = 5000;
const MOST_TRIED = 300;

const columns = sql`g.id, g.query, g.site, g.owner, g.searches, g.first_at as "firstAt", g.last_at as "lastAt",
  g.closed_by as "closedBy", g.closed_at as "closedAt", g.closed_note as "closedNote",
  (select count(*)::int from doc_gap_reader r where r.gap = g.id) as people`;

/**
 * The same search is one gap, whether in capitals or not.
 * @param site '' for all.
 * @returns null where there is an answer, and for what has no words.
 */
export async function noteGap(
  { db, now }: GapDeps,
  { q, site }: { q: string; site: string },
  reader: Principal,
): Promise<DocGap | null> {
  const query = clean(q).toLowerCase().replace(/\s+/g, ' ').trim();
  if (wordsOf(query).length === 0 || (await hasAnswer(db, query, site, reader))) return null;
  const owner = await gapOwner(db, { query, site }, reader);
  const id = await db.transaction().execute(async (tx) => {
    // What closed itself is a gap again; what a person closed stays closed, and counts.
    const { rows } = await sql<{ id: string }>`
      insert into doc_gap as known (id, query, site, owner, searches, first_at, last_at)
      values (${randomUUID()}, ${query}, ${site}, ${owner}, 1, ${now()}, ${now()})
      on conflict (query, site) do update set searches = known.searches + 1, last_at = excluded.last_at,
        owner = coalesce(known.owner, excluded.owner),
        closed_by = nullif(known.closed_by, ${ITSELF}),
        closed_at = case when known.closed_by = ${ITSELF} then null else known.closed_at end,
        closed_note = case when known.closed_by = ${ITSELF} then null else known.closed_note end
      returning id`.execute(tx);
    const gap = rows[0]?.id ?? '';
    await sql`insert into doc_gap_reader (gap, reader) values (${gap}, ${reader.id})
      on conflict do nothing`.execute(tx);
    return gap;
  });
  await prune(db);
  return getGap(db, id);
}

async function hasAnswer(
  db: Kysely<DocDb>,
  query: string,
  site: string,
  reader: Principal,
): Promise<boolean> {
  const answers = await answersTo(db, { q: query, site: site === '' ? undefined : site, limit: 1 }, reader);
  return answers.length > 0;
}

async function prune(db: Kysely<DocDb>): Promise<void> {
  await sql`delete from doc_gap where id in (
    select id from doc_gap order by closed_at is null, searches > 1, last_at
    limit greatest(0, (select count(*) from doc_gap) - ${MOST_KEPT}::int))`.execute(db);
}

export interface GapsQuery {
  owner?: string | undefined;
  closed: boolean;
}

/** What most people searched for first; of closed ones the newest. */
export async function listGaps(db: Kysely<DocDb>, { owner, closed }: GapsQuery): Promise<DocGap[]> {
  const ofOwner =
    owner === undefined ? sql`` : owner === 'none' ? sql`and g.owner is null` : sql`and g.owner = ${owner}`;
  const order = closed ? sql`g.closed_at desc` : sql`people desc, g.searches desc, g.last_at desc`;
  const { rows } = await sql<GapRow>`
    select ${columns} from doc_gap g where (g.closed_at is not null) = ${closed} ${ofOwner}
    order by ${order}, g.id limit ${MOST_LISTED}`.execute(db);
  return gapsOf(db, rows);
}

/** @throws {AtriumError} GAP_NOT_FOUND */
export async function getGap(db: Kysely<DocDb>, id: string): Promise<DocGap> {
  const { rows } = await sql<GapRow>`select ${columns} from doc_gap g where g.id = ${id}::uuid`.execute(db);
  const [gap] = await gapsOf(db, rows);
  if (!gap) throw new AtriumError('GAP_NOT_FOUND', `There is no gap ${id}`);
  return gap;
}

async function gapsOf(db: Kysely<DocDb>, rows: readonly GapRow[]): Promise<DocGap[]> {
  const parties = await partiesOf(
    db,
    rows.map(({ owner }) => owner),
  );
  return rows.map(({ site, owner, firstAt, lastAt, closedBy, closedAt, closedNote, ...row }) => ({
    ...row,
    site: site === '' ? null : site,
    owner: owner === null ? null : parties(owner),
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    closed: closedAt && { by: closedBy ?? '', at: closedAt.toISOString(), note: closedNote ?? '' },
  }));
}

export interface GapChange {
  /** Canonical ref. */
  owner?: string | undefined;
  /** Why nothing is missing any more. */
  close?: string | undefined;
}

/** @throws {AtriumError} GAP_NOT_FOUND, INPUT_INVALID */
export async function changeGap(
  { db, now }: GapDeps,
  id: string,
  { owner, close }: GapChange,
  by: string,
): Promise<DocGap> {
  const gap = await getGap(db, id);
  if (owner !== undefined) {
    await checkOwner(db, owner);
    await db.updateTable('doc_gap').set({ owner }).where('id', '=', id).execute();
  }
  if (close !== undefined && !gap.closed) await closeGap(db, { id, by, at: now(), note: clean(close) });
  return getGap(db, id);
}

async function checkOwner(db: Kysely<DocDb>, ref: string): Promise<void> {
  const { rows } = await sql`
    select from entity where ref = ${ref} and kind in ('group', 'user')`.execute(db);
  if (rows.length === 0) throw new AtriumError('INPUT_INVALID', `owner: there is no group or user ${ref}`);
}

async function closeGap(
  db: Kysely<DocDb>,
  { id, by, at, note }: { id: string; by: string; at: Date; note: string },
): Promise<void> {
  await db
    .updateTable('doc_gap')
    .set({ closed_by: by, closed_at: at, closed_note: note })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute();
}

/** Closes those whose search has an answer by now. @returns how many. */
export async function closeAnswered({ db, now }: GapDeps): Promise<number> {
  const open = await db
    .selectFrom('doc_gap')
    .select(['id', 'query', 'site'])
    .where('closed_at', 'is', null)
    .orderBy('last_at', 'desc')
    .limit(MOST_TRIED)
    .execute();
  let closed = 0;
  for (const { id, query, site } of open) {
    const asked = { q: query, site: site === '' ? undefined : site, limit: 1 };
    const [answer] = await answersTo(db, asked, anonymous);
    if (!answer) continue;
    await closeGap(db, { id, by: ITSELF, at: now(), note: `It is answered by “${answer.title}”` });
    closed++;
  }
  return closed;
}
