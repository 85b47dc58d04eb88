/** Who should write down what was searched for in vain. */
import { type Kysely, sql } from 'kysely';
import { compileFilter, type Hit, parseFilters, search } from '../../catalog/index.ts';
import type { Principal } from '../../kernel/gate.ts';
import { wordsOf } from '../search/excerpt.ts';
import type { DocDb } from '../tables.ts';

const SHORTEST = 4;
const MOST_WORDS = 6;
const HITS = 5;
/** A name that the words only resemble is no name. */
const NAMES: readonly Hit['match'][] = ['exact', 'prefix', 'word'];
/** Words of questions, and those that half of all entities have in their names. */
const COMMON = new Set(
  (
    'about after before does from have into need should that their there these this what when where which while will ' +
    'with your service services system component library website guide docs documentation runbook create change ' +
    'build deploy configure config setup test tests error errors'
  ).split(' '),
);

/**
 * The owner of the site in which it was searched; else of the entity that the query names in part; else the first
 * group of whoever asks; else nobody.
 */
export async function gapOwner(
  db: Kysely<DocDb>,
  { query, site }: { query: string; site: string },
  asking: Principal,
): Promise<string | null> {
  if (site !== '') return ownerOf(db, site);
  return (await ownerOfNamed(db, query)) ?? asking.groups[0] ?? null;
}

async function ownerOf(db: Kysely<DocDb>, ref: string): Promise<string | null> {
  const { rows } = await sql<{ owner: string | null }>`select owner from entity where ref = ${ref}`.execute(
    db,
  );
  return rows[0]?.owner ?? null;
}

/** Of the entity that most of the words name; of several alike, the one with the best match. */
async function ownerOfNamed(db: Kysely<DocDb>, query: string): Promise<string | null> {
  const words = wordsOf(query)
    .filter((word) => word.length >= SHORTEST && !COMMON.has(word))
    .slice(0, MOST_WORDS);
  const named = new Map<string, { owner: string; words: number; score: number }>();
  for (const word of words) {
    const { items } = await search(db, word, compileFilter(parseFilters([])), { offset: 0, limit: HITS });
    for (const { ref, owner, match, score } of items) {
      if (owner === null || !NAMES.includes(match)) continue;
      const known = named.get(ref) ?? { owner, words: 0, score: 0 };
      named.set(ref, { owner, words: known.words + 1, score: Math.max(known.score, score) });
    }
  }
  const [best] = [...named.values()].sort((a, b) => b.words - a.words || b.score - a.score);
  return best?.owner ?? null;
}
