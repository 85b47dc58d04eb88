/** The index of pages in the store: one row a page, and one a section. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { clean, rowSet } from '../../kernel/store/row-set.ts';
import type { Passage } from '../markdown/page.ts';
import type { DocDb, DocSiteTable, Outline } from '../tables.ts';
import { API_PAGE } from './api-page.ts';

export interface IndexedPage {
  page: string;
  path: string;
  real: string;
  title: string;
  stamp: string;
  words: number;
  changedAt: string | null;
  author: string | null;
  alerts: readonly string[];
  outline: Outline;
  passages: readonly Passage[];
}

export interface IndexedSite {
  site: Pick<DocSiteTable, 'ref' | 'title' | 'description' | 'form' | 'pages'> & { changedAt: string | null };
  /** Those that are new or others than before. */
  pages: readonly IndexedPage[];
  /** Of those that are as before, who changed them last: a commit may have come without another text. */
  touched: readonly { page: string; changedAt: string | null; author: string | null }[];
  /** Addresses of all pages; what the index has beside is gone. */
  kept: readonly string[];
  at: Date;
}

/** PostgreSQL takes no longer text search vector than 1 MB, and words at most 2 KB long. */
const LONGEST_PASSAGE = 100_000;

/** Stamps by address, to tell which pages are to be read again. */
export async function stampsOf(db: Kysely<DocDb>, ref: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('doc_page').select(['page', 'stamp']).where('ref', '=', ref).execute();
  return new Map(rows.map(({ page, stamp }) => [page, stamp]));
}

export async function writeSite(db: Kysely<DocDb>, indexed: IndexedSite): Promise<void> {
  const { site, pages, touched, kept, at } = indexed;
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into doc_site (ref, title, description, form, pages, changed_at, indexed_at)
      values (${site.ref}, ${site.title}, ${site.description}, ${site.form}, ${site.pages}, ${site.changedAt}, ${at})
      on conflict (ref) do update set title = excluded.title, description = excluded.description,
        form = excluded.form, pages = excluded.pages, changed_at = excluded.changed_at,
        indexed_at = excluded.indexed_at`.execute(tx);
    await dropPages(tx, site.ref, kept, pages);
    if (pages.length > 0) await writePages(tx, site.ref, pages);
    if (touched.length > 0) {
      await sql`update doc_page p set changed_at = row_set.changed::timestamptz, author = row_set.author
        from ${rowSet({
          page: touched.map(({ page }) => page),
          changed: touched.map(({ changedAt }) => changedAt),
          author: touched.map(({ author }) => author && clean(author)),
        })}
        where p.ref = ${site.ref} and p.page = row_set.page
          and p.changed_at is distinct from row_set.changed::timestamptz`.execute(tx);
    }
  });
}

/**
 * PostgreSQL gathers new words in a list that every search reads through until it is emptied, and knows nothing of a
 * table that has just been filled; both wait for its own housekeeping, which may come a minute later.
 */
export async function settleIndex(db: Kysely<DocDb>): Promise<void> {
  await sql`select gin_clean_pending_list('doc_passage_terms')`.execute(db);
  await sql`analyze doc_passage`.execute(db);
}

/** What is written about an API by its own definition stays. */
export async function dropSites(db: Kysely<DocDb>, refs: readonly string[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const table of ['doc_passage', 'doc_page'] as const) {
      await sql`delete from ${sql.table(table)}
        where ref = any(${refs}::text[]) and page <> ${API_PAGE}`.execute(tx);
    }
    await tx
      .deleteFrom('doc_site')
      .where('ref', 'in', [...refs])
      .execute();
  });
}

async function dropPages(
  tx: Transaction<DocDb>,
  ref: string,
  kept: readonly string[],
  written: readonly { page: string }[],
): Promise<void> {
  const anew = written.map(({ page }) => page);
  await sql`delete from doc_passage where ref = ${ref} and page <> ${API_PAGE}
    and (page <> all(${kept}::text[]) or page = any(${anew}::text[]))`.execute(tx);
  await sql`delete from doc_page where ref = ${ref} and page <> ${API_PAGE} and page <> all(${kept}::text[])`.execute(
    tx,
  );
}

export async function writePages(
  tx: Transaction<DocDb>,
  ref: string,
  pages: readonly IndexedPage[],
): Promise<void> {
  const of = (read: (page: IndexedPage) => string | null) => pages.map(read);
  await sql`
    insert into doc_page (ref, page, path, real, title, stamp, words, changed_at, author, alerts, outline)
    select ${ref}, page, path, real, title, stamp, words::int, changed::timestamptz, author,
      array(select jsonb_array_elements_text(alerts::jsonb)), outline::json
    from ${rowSet({
      page: of(({ page }) => page),
      path: of(({ path }) => path),
      real: of(({ real }) => real),
      title: of(({ title }) => clean(title)),
      stamp: of(({ stamp }) => stamp),
      words: of(({ words }) => String(words)),
      changed: of(({ changedAt }) => changedAt),
      author: of(({ author }) => author && clean(author)),
      alerts: of(({ alerts }) => JSON.stringify(alerts)),
      outline: of(({ outline }) => JSON.stringify(outline)),
    })}
    on conflict (ref, page) do update set path = excluded.path, real = excluded.real, title = excluded.title,
      stamp = excluded.stamp, words = excluded.words, changed_at = excluded.changed_at, author = excluded.author,
      alerts = excluded.alerts, outline = excluded.outline`.execute(tx);
  await writePassages(tx, ref, pages);
}

/** Words as they are written and by their stem, so that `retries` finds `retry`, and `PAY-12` itself. */
async function writePassages(
  tx: Transaction<DocDb>,
  ref: string,
  pages: readonly IndexedPage[],
): Promise<void> {
  const rows = pages.flatMap(({ page, title, passages }) =>
    passages.map((passage, seq) => ({
      page,
      title,
      seq,
      ...passage,
      text: passage.text.slice(0, LONGEST_PASSAGE),
    })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into doc_passage (ref, page, seq, anchor, heading, trail, text, terms)
    select ${ref}, page, seq::int, anchor, heading, array(select jsonb_array_elements_text(trail::jsonb)), body,
      setweight(to_tsvector('english', head), 'A') || setweight(to_tsvector('simple', head), 'A') ||
      setweight(to_tsvector('english', body), 'C') || setweight(to_tsvector('simple', body), 'D')
    from ${rowSet({
      page: rows.map(({ page }) => page),
      seq: rows.map(({ seq }) => String(seq)),
      anchor: rows.map(({ anchor }) => anchor && clean(anchor)),
      heading: rows.map(({ heading }) => heading && clean(heading)),
      trail: rows.map(({ trail }) => JSON.stringify(trail)),
      head: rows.map(({ heading, title, seq }) =>
        clean(seq === 0 ? `${title} ${heading ?? ''}` : (heading ?? title)),
      ),
      body: rows.map(({ text }) => clean(text)),
    })}`.execute(tx);
}
