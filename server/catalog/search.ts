/** Ranked search over names, titles and descriptions. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Row } from './contract.ts';
import { containing, escapeLike } from './entity-path.ts';
import { rowColumns, type StoredRow, toRow } from './entity-row.ts';
import type { Fragment } from './filter-sql.ts';
import { type Match, rank, searchWords, soughtTerm } from './search-rank.ts';
import type { CatalogTables } from './tables.ts';

export interface Hit extends Row {
  score: number;
  match: Match;
}

export interface SearchResult {
  items: Hit[];
  /** How many were found; at most about MAX_CANDIDATES, beyond which nobody pages. */
  total: number;
}

/** Each branch stops here: a term that half the catalog holds is ranked among these. */
const MAX_CANDIDATES = 300;
/** Shorter words have too few trigrams for the index, and for telling a typo from another word. */
const MIN_TRIGRAM = 3;
const MIN_TYPO_LENGTH = 4;
/** Low enough for two letters that changed places in a word of eight. */
const TYPO_THRESHOLD = 0.4;

type StoredHit = StoredRow & { similarity: number };

/** @param where narrows what is searched. An empty term finds everything, by name. */
export async function search(
  db: Kysely<CatalogTables>,
  term: string,
  where: Fragment,
  window: { offset: number; limit: number },
): Promise<SearchResult> {
  const sought = soughtTerm(term);
  if (sought === '') {
    return listAll(db, where, window);
  }
  const end = window.offset + window.limit;
  const found = await findCandidates(db, sought, literalBranches(sought, where));
  // Less likely matches are looked for only when those leave room on the page.
  if (found.size < end) {
    for (const [ref, hit] of await findCandidates(db, sought, furtherBranches(sought, where))) {
      found.set(ref, found.get(ref) ?? hit);
    }
  }
  const items = rank([...found.values()], sought)
    .slice(window.offset, end)
    .map(({ candidate: { similarity: _, ...row }, match, score }) => ({ ...toRow(row), match, score }));
  return { items, total: found.size };
}

async function listAll(
  db: Kysely<CatalogTables>,
  where: Fragment,
  { offset, limit }: { offset: number; limit: number },
): Promise<SearchResult> {
  const { rows } = await sql<StoredRow>`select ${rowColumns} from entity where ${where}
    order by name_lower, ref limit ${limit} offset ${offset}`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from entity where ${where}`.execute(db);
  return {
    items: rows.map((row) => ({ ...toRow(row), match: 'text', score: 0 })),
    total: counted.rows[0]?.total ?? 0,
  };
}

/** The best kinds of match have branches of their own, so that the cap on the others can't hide them. */
function literalBranches(term: string, where: Fragment): RawBuilder<unknown>[] {
  const start = `${escapeLike(term)}%`;
  const branches = [
    branch(sql`entity.name_lower = ${term}`, where),
    // search_text starts with the name, so either index may serve this.
    branch(sql`entity.name_lower like ${start} and entity.search_text like ${start}`, where),
  ];
  const words = searchWords(term).filter((word) => word.length >= MIN_TRIGRAM);
  if (words.length > 0) {
    const all = words.map((word) => sql`entity.search_text like ${containing(word)}`);
    branches.push(branch(sql.join(all, sql` and `), where));
  }
  return branches;
}

/** Short words as starts of words within the text, and typos of long ones. */
function furtherBranches(term: string, where: Fragment): RawBuilder<unknown>[] {
  const words = searchWords(term);
  if (words.length > 0 && words.every((word) => word.length < MIN_TRIGRAM)) {
    // With something that is no letter in front, a pattern has trigrams even for one letter.
    const starts = words.map((word) => sql`entity.search_text ~ ${`(^|[^[:alnum:]])${word}`}`);
    return [branch(sql.join(starts, sql` and `), where)];
  }
  return words
    .filter((word) => word.length >= MIN_TYPO_LENGTH)
    .flatMap((word) => typoBranches(word, term, where));
}

/**
 * One slip leaves the start or the end of a word as it is. That is what the index is asked for, since a
 * similarity in general would compare the whole text of most of the catalog; the names are compared then.
 */
function typoBranches(word: string, term: string, where: Fragment): RawBuilder<unknown>[] {
  const name = sql`entity.name_lower || ' ' || lower(coalesce(entity.title, ''))`;
  return [word.slice(0, MIN_TRIGRAM), word.slice(-MIN_TRIGRAM)].map(
    (part) => sql`(select near.ref from (
        select entity.ref, ${name} as names from entity
        where entity.search_text like ${containing(part)} and ${where} limit ${MAX_CANDIDATES * 5}) near
      where word_similarity(${term}, near.names) >= ${TYPO_THRESHOLD}::float4
      order by word_similarity(${term}, near.names) desc limit ${MAX_CANDIDATES / 3})`,
  );
}

function branch(matches: RawBuilder<unknown>, where: Fragment): RawBuilder<unknown> {
  return sql`(select entity.ref from entity where ${matches} and ${where} limit ${MAX_CANDIDATES})`;
}

async function findCandidates(
  db: Kysely<CatalogTables>,
  term: string,
  branches: RawBuilder<unknown>[],
): Promise<Map<string, StoredHit>> {
  if (branches.length === 0) {
    return new Map();
  }
  const { rows } = await sql<StoredHit>`
    select ${rowColumns}, similarity(${term}, name_lower)::float8 as similarity from entity
    where ref in (${sql.join(branches, sql` union all `)})`.execute(db);
  return new Map(rows.map((row) => [row.ref, row]));
}
