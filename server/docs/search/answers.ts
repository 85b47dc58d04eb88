/** One list of answers out of pages, APIs and what stands in the catalog. */
import type { Kysely } from 'kysely';
import { compileFilter, type Hit, parseFilters, search } from '../../catalog/index.ts';
import type { Principal } from '../../kernel/gate.ts';
import { partiesOf } from '../../ownership/index.ts';
import type { Answer } from '../contract.ts';
import type { DocDb } from '../tables.ts';
import { API_PAGE } from './api-page.ts';
import { excerptOf, wordsOf } from './excerpt.ts';
import { type FoundPassage, findPassages } from './passages.ts';

export interface AnswersQuery {
  q: string;
  site: string | undefined;
  limit: number;
}

/** What people own is likelier what they look for. */
const MINE = 1.5;
/** Of entities that are called so, and of those that are only like it. */
const MOST_NAMED = 3;
const MOST_LIKE = 5;

/** Entities that are called so, then passages, then entities in which the words only occur. */
export async function answersTo(
  db: Kysely<DocDb>,
  { q, site, limit }: AnswersQuery,
  reader: Principal,
): Promise<Answer[]> {
  const words = wordsOf(q);
  const [passages, hits] = await Promise.all([
    findPassages(db, { words, site, limit: limit * 2 }),
    site === undefined ? searchCatalog(db, q) : [],
  ]);
  const isMine = (owner: string | null) =>
    owner !== null && (owner === reader.ref || reader.groups.includes(owner));
  const parties = await partiesOf(
    db,
    [...passages, ...hits].map(({ owner }) => owner),
  );
  const context = { words, isMine, owner: (ref: string | null) => (ref === null ? null : parties(ref)) };
  const weight = ({ owner, score }: FoundPassage) => (isMine(owner) ? score * MINE : score);
  const read = unlike(passages.toSorted((a, b) => weight(b) - weight(a)));
  const isNamed = ({ match }: Hit) => match === 'exact' || match === 'prefix';
  const named = hits
    .filter(isNamed)
    .slice(0, MOST_NAMED)
    .map((hit) => ofEntity(hit, context));
  const like = hits
    .filter((hit) => !isNamed(hit))
    .slice(0, MOST_LIKE)
    .map((hit) => ofEntity(hit, context));
  return [...named, ...read.map((found) => ofPassage(found, context)), ...like].slice(0, limit);
}

/** Entities that share their documentation give the same answer; one of them is enough. */
function unlike(passages: readonly FoundPassage[]): FoundPassage[] {
  const byText = new Map(passages.toReversed().map((found) => [`${found.title}\n${found.text}`, found]));
  const first = new Set(byText.values());
  return passages.filter((found) => first.has(found));
}

async function searchCatalog(db: Kysely<DocDb>, q: string): Promise<Hit[]> {
  const { items } = await search(db, q, compileFilter(parseFilters([])), {
    offset: 0,
    limit: MOST_NAMED + MOST_LIKE,
  });
  return items;
}

interface Context {
  words: readonly string[];
  isMine: (owner: string | null) => boolean;
  owner: (ref: string | null) => Answer['owner'];
}

function ofPassage(found: FoundPassage, { words, isMine, owner }: Context): Answer {
  const isApi = found.page === API_PAGE;
  const address = `/docs/${found.ref.replace(':', '/')}`;
  // Below the title of a page is where it begins.
  const isTop = found.heading === null || (found.heading === found.title && found.trail.length === 0);
  const anchor = isTop || found.anchor === null ? '' : `#${encodeURIComponent(found.anchor)}`;
  return {
    kind: isApi ? 'api' : 'page',
    ref: found.ref,
    entity: found.entity,
    title: isApi ? (found.heading ?? found.title) : found.title,
    trail: isApi || isTop ? found.trail : [...found.trail, found.heading ?? ''],
    excerpt: excerptOf(found.text, words),
    href: isApi || found.page === '' ? `${address}${anchor}` : `${address}/${encodeURI(found.page)}${anchor}`,
    owner: owner(found.owner),
    mine: isMine(found.owner),
  };
}

function ofEntity(hit: Hit, { words, isMine, owner }: Context): Answer {
  const kind = hit.kind.toLowerCase();
  const named = hit.ref.slice(hit.ref.indexOf(':') + 1);
  return {
    kind: kind === 'template' || kind === 'scorecard' ? kind : 'entity',
    ref: hit.ref,
    entity: hit.title ?? hit.name,
    title: hit.title ?? hit.name,
    trail: [],
    excerpt: excerptOf(hit.description ?? '', words),
    href: PAGES[kind]?.(named) ?? `/catalog/${named.replace('/', `/${kind}/`)}`,
    owner: owner(hit.owner),
    mine: isMine(hit.owner),
  };
}

const PAGES: Readonly<Record<string, (named: string) => string>> = {
  template: (named) => `/actions/${named}`,
  scorecard: (named) => `/scorecards/${named}`,
  campaign: (named) => `/campaigns/${named}`,
};
