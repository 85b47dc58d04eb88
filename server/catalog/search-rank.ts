/** How well a record answers a search, told from its name, title and description. */

export type Match = 'exact' | 'prefix' | 'word' | 'infix' | 'typo' | 'text';

export interface Candidate {
  ref: string;
  kind: string;
  name: string;
  title: string | null;
  description: string | null;
  tags: string[];
  /** How like the term its words are, 0 to 1. */
  similarity: number;
}

export interface Ranked<T> {
  candidate: T;
  match: Match;
  score: number;
}

const matchScores: Record<Match, number> = {
  exact: 100,
  prefix: 80,
  word: 60,
  infix: 40,
  typo: 20,
  text: 10,
};

/** What people look for most, first; kinds that are not named stand in the middle. */
const kindWeights: Record<string, number> = {
  component: 9,
  api: 8,
  system: 7,
  template: 6,
  resource: 5,
  group: 4,
  user: 3,
  domain: 2,
  location: 0,
};
const OTHER_KIND = 4;

/** Nobody looks for more than these; each is a search of its own. */
const MOST_WORDS = 12;
const LONGEST_TERM = 300;

export function searchWords(term: string): string[] {
  return term
    .slice(0, LONGEST_TERM)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

/** A term as it is compared with names. */
export function soughtTerm(term: string): string {
  return term.slice(0, LONGEST_TERM).trim().toLowerCase();
}

/** Best first: the match, then the kind's weight, then the name. */
export function rank<T extends Candidate>(candidates: readonly T[], term: string): Ranked<T>[] {
  const sought = { term: soughtTerm(term), words: searchWords(term) };
  return candidates
    .map((candidate) => {
      const match = matchOf(candidate, sought);
      const kind = kindWeights[candidate.kind.toLowerCase()] ?? OTHER_KIND;
      // Of near misses the nearest is meant, whatever its kind.
      const within = match === 'typo' ? candidate.similarity * 10 + kind / 10 : kind;
      return { candidate, match, score: Math.round((matchScores[match] + within) * 1000) / 1000 };
    })
    .sort((a, b) => b.score - a.score || byName(a.candidate, b.candidate));
}

function matchOf(candidate: Candidate, { term, words }: { term: string; words: string[] }): Match {
  const names = [candidate.name, candidate.title ?? ''].map((name) => name.toLowerCase());
  if (names.includes(term)) {
    return 'exact';
  }
  if (names.some((name) => name.startsWith(term))) {
    return 'prefix';
  }
  const nameWords = names.flatMap(searchWords);
  if (words.length > 0 && words.every((word) => nameWords.some((nameWord) => nameWord.startsWith(word)))) {
    return 'word';
  }
  const all = names.join('\n');
  if (words.length > 0 && words.every((word) => all.includes(word))) {
    return 'infix';
  }
  const text = [all, candidate.description ?? '', ...candidate.tags].join('\n').toLowerCase();
  return words.every((word) => text.includes(word)) ? 'text' : 'typo';
}

function byName(a: Candidate, b: Candidate): number {
  const [left, right] = [`${a.name.toLowerCase()} ${a.ref}`, `${b.name.toLowerCase()} ${b.ref}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
