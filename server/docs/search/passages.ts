/** Finds sections by their words: all of them, whole or as they begin, as written or by their stem. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DocDb } from '../tables.ts';

export interface FoundPassage {
  ref: string;
  page: string;
  title: string;
  anchor: string | null;
  heading: string | null;
  trail: string[];
  text: string;
  entity: string;
  kind: string;
  owner: string | null;
  score: number;
}

export interface PassageQuery {
  words: readonly string[];
  /** Ref of the entity whose documentation is searched. */
  site: string | undefined;
  limit: number;
}

/** Ranking costs time for each; a word that thousands of sections hold is ranked among these. */
const MOST_RANKED = 200;
const VIEW_DAYS = 90;

/**
 * The best section of each page, best first. Only the last word is taken for the start of one, since it may be half
 * written; the others are too where that finds little. Where no section has all words, those that lack one of at least
 * three. Ranked by where and how close together the words stand, and by how much the page is read.
 */
export async function findPassages(db: Kysely<DocDb>, query: PassageQuery): Promise<FoundPassage[]> {
  if (query.words.length === 0) return [];
  const all = query.words.map(startQuery);
  const written = [...query.words.slice(0, -1).map(wordQuery), ...all.slice(-1)];
  const found = await ranked(db, query, conjunction(written));
  if (found.length === query.limit || all.length === 1) return found;
  const more = await ranked(db, query, conjunction(all));
  if (more.length > 0 || all.length < 3) return more;
  const lacking = all.map((_word, index) => sql`(${conjunction(all.toSpliced(index, 1))})`);
  return ranked(db, query, sql`(${sql.join(lacking, sql` || `)})`);
}

async function ranked(
  db: Kysely<DocDb>,
  { site, limit }: PassageQuery,
  query: RawBuilder<unknown>,
): Promise<FoundPassage[]> {
  const inSite = site === undefined ? sql`` : sql`and ref = ${site}`;
  const { rows } = await sql<FoundPassage>`
    with asked as (select ${query} as query),
    matching as (
      select ref, page, seq from doc_passage, asked where terms @@ asked.query ${inSite} limit ${MOST_RANKED}),
    best as (
      select distinct on (p.ref, p.page) p.ref, p.page, p.seq, p.anchor, p.heading, p.trail, p.text,
        ts_rank_cd('{0.1, 0.3, 0.6, 1.0}', p.terms, asked.query, 1) as rank
      from doc_passage p join matching using (ref, page, seq), asked
      order by p.ref, p.page, rank desc, p.seq)
    select b.ref, b.page, d.title, b.anchor, b.heading, b.trail, b.text, coalesce(e.title, e.name) as entity,
      e.kind, e.owner, b.rank * (1 + ln(1 + coalesce(v.views, 0)) / 10) as score
    from best b join doc_page d using (ref, page) join entity e on e.ref = b.ref
    left join lateral (select sum(views)::int as views from doc_view
      where ref = b.ref and page = b.page and day > current_date - ${VIEW_DAYS}::int) v on true
    order by score desc, b.ref, b.page limit ${limit}`.execute(db);
  return rows;
}

function conjunction(words: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join(words, sql` && `)})`;
}

/** A word by its stem, or as it is written. */
function wordQuery(word: string): RawBuilder<unknown> {
  return sql`(plainto_tsquery('english', ${word}) || plainto_tsquery('simple', ${word}))`;
}

/** A word by its stem, or as the start of one. Quoted, so that nothing in it is an operator. */
function startQuery(word: string): RawBuilder<unknown> {
  const start = `'${word.replace(/['\\]/g, ' ')}':*`;
  return sql`(plainto_tsquery('english', ${word}) || to_tsquery('simple', ${start}))`;
}
