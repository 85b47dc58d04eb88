/** One stream of server-sent events keeps every open page as new as the store. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { listenTo } from './event-stream.ts';

const GATHER_MS = 800;
/** The server tells of results when it has computed them all, so there is little to wait for. */
const GATHER_SCORES_MS = 150;
/** Whoever writes a page looks at it at once. */
const GATHER_DOCS_MS = 60;

/** A query's key: its name, the ref that it is about or `*` for many, and what else it depends on. */
export type LiveKey = readonly [name: string, scope: string, ...rest: unknown[]];

export const everything = '*';

/** The name of every query about scores and facts: these change without any change of the catalog, too. */
export const scores = 'scores';

/** The name of every query about documentation, which changes with files that the catalog does not read. */
export const docs = 'docs';

export function isTouched(key: QueryKey, refs: ReadonlySet<string>): boolean {
  const scope = key[1];
  return refs.size === 0 || scope === everything || (typeof scope === 'string' && refs.has(scope));
}

export function isTouchedByScores(key: QueryKey, refs: ReadonlySet<string>): boolean {
  return key[0] === scores && isTouched(key, refs);
}

export function isTouchedByDocs(key: QueryKey, refs: ReadonlySet<string>): boolean {
  return key[0] === docs && isTouched(key, refs);
}

/** Collects notices for a moment, so that a reading of thousands of files is a few refetches. */
function gatherer(
  client: QueryClient,
  touches: typeof isTouched,
  wait: number,
): (refs: readonly string[]) => void {
  let refs = new Set<string>();
  let all = false;
  let waiting = false;
  const flush = () => {
    const touched = all ? new Set<string>() : refs;
    refs = new Set();
    all = false;
    waiting = false;
    void client.invalidateQueries({ predicate: (query) => touches(query.queryKey, touched) });
  };
  return (more) => {
    if (more.length === 0) all = true;
    for (const ref of more) refs.add(ref);
    if (!waiting) setTimeout(flush, wait);
    waiting = true;
  };
}

interface Handlers {
  onProgress: (data: unknown) => void;
  onConnection: (connected: boolean) => void;
}

/** @returns how to stop listening. */
export function startLive(client: QueryClient, { onProgress, onConnection }: Handlers): () => void {
  const gather = gatherer(client, isTouched, GATHER_MS);
  const gatherScores = gatherer(client, isTouchedByScores, GATHER_SCORES_MS);
  const gatherDocs = gatherer(client, isTouchedByDocs, GATHER_DOCS_MS);
  const notice = (tell: (refs: readonly string[]) => void) => (data: unknown) =>
    tell((data as { refs: string[] }).refs);
  let lost = false;
  return listenTo('/api/events', client, {
    on: {
      change: notice(gather),
      scores: notice(gatherScores),
      docs: notice(gatherDocs),
      progress: onProgress,
    },
    onOpen: () => {
      onConnection(true);
      if (lost) gather([]);
      lost = false;
    },
    onLost: () => {
      lost = true;
      onConnection(false);
    },
  });
}
