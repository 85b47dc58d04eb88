/** Whether readers found a page useful: one answer each, which they may take back. */
import { type Kysely, sql } from 'kysely';
import type { DocPage } from '../contract.ts';
import type { DocDb } from '../tables.ts';

export interface UsefulAnswer {
  ref: string;
  page: string;
  /** Id of the principal. */
  reader: string;
  /** Null takes the answer back. */
  useful: boolean | null;
}

export async function sayUseful(
  db: Kysely<DocDb>,
  { ref, page, reader, useful }: UsefulAnswer,
  at: Date,
): Promise<void> {
  if (useful === null) {
    await sql`delete from doc_useful where ref = ${ref} and page = ${page} and reader = ${reader}`.execute(
      db,
    );
    return;
  }
  await sql`
    insert into doc_useful (ref, page, reader, useful, at) values (${ref}, ${page}, ${reader}, ${useful}, ${at})
    on conflict (ref, page, reader) do update set useful = excluded.useful, at = excluded.at`.execute(db);
}

export async function usefulOfPage(
  db: Kysely<DocDb>,
  ref: string,
  page: string,
  reader: string,
): Promise<DocPage['useful']> {
  const { rows } = await sql<DocPage['useful']>`
    select count(*) filter (where useful)::int as yes, count(*) filter (where not useful)::int as no,
      bool_or(useful) filter (where reader = ${reader}) as mine
    from doc_useful where ref = ${ref} and page = ${page}`.execute(db);
  return rows[0] ?? { yes: 0, no: 0, mine: null };
}

/** Of all pages that there are. */
export async function usefulOfSite(db: Kysely<DocDb>, ref: string): Promise<{ yes: number; no: number }> {
  const { rows } = await sql<{ yes: number; no: number }>`
    select count(*) filter (where useful)::int as yes, count(*) filter (where not useful)::int as no
    from doc_useful join doc_page using (ref, page) where ref = ${ref}`.execute(db);
  return rows[0] ?? { yes: 0, no: 0 };
}
