/** Ranked search over names, titles and descriptions. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Row } from './contract.ts';
import { containing, escapeLike } from './entity-path.ts';
import { rowColumns, type StoredRow, toRow } from './entity-row.ts';
import type { Fragment } from './filter-sql.ts';
import { type Match, rank, searchWords } from './search-rank.ts';
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
const MAX_CANDIDATES = 500;
/** Shorter terms have too few trigrams to tell a typo from another word. */
const MIN_TYPO_LENGTH = 4;
/** Low enough for two letters that changed places in a word of eight. */
const TYPO_THRESHOLD = '0.4';

type StoredHit = StoredRow & { similarity: number };

/** @param where narrows what is searched. An empty term finds everything, by name. */
export async function search(
  db: Kysely<CatalogTables>,
  term: string,
  where: Fragment,
  window: { offset: number; limit: number },
): Promise<SearchResult> {
  const sought = term.trim().toLowerCase();
  if (sought === '') {
    return listAll(db, where, window);
  }
  const end = window.offset + window.limit;
  const found = await findCandidates(db, sought, literalBranches(sought, where));
  // A typo is looked for only when what was typed leaves room on the page.
  if (found.size < end && sought.length >= MIN_TYPO_LENGTH) {
    for (const [ref, hit] of await findCandidates(db, sought, [typoBranch(sought, where)])) {
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
  const startsName = sql`entity.name_lower like ${`${escapeLike(term)}%`}`;
  const words = searchWords(term);
  const branches = [
    branch(sql`entity.name_lower = ${term}`, where),
    // search_text starts with the name: this narrows by the trigram index first, whatever the collation.
    branch(sql`entity.search_text like ${`${escapeLike(term)}%`} and ${startsName}`, where),
    branch(startsWord(words), where),
  ];
  const infix = words.filter((word) => word.length > 2);
  if (infix.length > 0) {
    const all = infix.map((word) => sql`entity.search_text like ${containing(word)}`);
    branches.push(branch(sql.join(all, sql` and `), where));
  }
  return branches;
}

/** Every word starts a word: a pattern with a blank in front has trigrams even for one letter. */
function startsWord(words: string[]): RawBuilder<unknown> {
  if (words.length === 0) {
    return sql`false`;
  }
  const starts = words.map((word) => sql`entity.search_text ~ ${`(^|[^[:alnum:]])${word}`}`);
  return sql.join(starts, sql` and `);
}

function branch(matches: RawBuilder<unknown>, where: Fragment): RawBuilder<unknown> {
  return sql`(select entity.ref from entity where ${matches} and ${where} limit ${MAX_CANDIDATES})`;
}

/**
 * The threshold is set in the statement that needs it: the index reads it when its scan starts, and the
 * reference to `settings` from within makes that come after.
 */
function typoBranch(term: string, where: Fragment): RawBuilder<unknown> {
  return sql`(select close.ref from
    (select set_config('pg_trgm.word_similarity_threshold', ${TYPO_THRESHOLD}, true) as threshold) settings
    cross join lateral (
      select entity.ref from entity
      where ${term}::text <% entity.search_text and settings.threshold is not null and ${where}
      order by word_similarity(${term}, entity.search_text) desc limit ${MAX_CANDIDATES / 5}) close)`;
}

async function findCandidates(
  db: Kysely<CatalogTables>,
  term: string,
  branches: RawBuilder<unknown>[],
): Promise<Map<string, StoredHit>> {
  const { rows } = await sql<StoredHit>`
    select ${rowColumns}, 
      (word_similarity(${term}, search_text) + similarity(${term}, name_lower))::float8 / 2 as similarity from entity
    where ref in (${sql.join(branches, sql` union all `)})`.execute(db);
  return new Map(rows.map((row) => [row.ref, row]));
}
