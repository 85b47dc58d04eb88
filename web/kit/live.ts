/** One stream of server-sent events keeps every open page as new as the store. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';

const GATHER_MS = 800;

/** A query's key: its name, the ref that it is about or `*` for many, and what else it depends on. */
export type LiveKey = readonly [name: string, scope: string, ...rest: unknown[]];

export const everything = '*';

export function isTouched(key: QueryKey, refs: ReadonlySet<string>): boolean {
  const scope = key[1];
  return refs.size === 0 || scope === everything || (typeof scope === 'string' && refs.has(scope));
}

/** Collects notices for a moment, so that a reading of thousands of files is a few refetches. */
function gatherer(client: QueryClient): (refs: readonly string[]) => void {
  let refs = new Set<string>();
  let all = false;
  let waiting = false;
  const flush = () => {
    const touched = all ? new Set<string>() : refs;
    refs = new Set();
    all = false;
    waiting = false;
    void client.invalidateQueries({ predicate: (query) => isTouched(query.queryKey, touched) });
  };
  return (more) => {
    if (more.length === 0) all = true;
    for (const ref of more) refs.add(ref);
    if (!waiting) setTimeout(flush, GATHER_MS);
    waiting = true;
  };
}

interface Handlers {
  onProgress: (data: unknown) => void;
  onConnection: (connected: boolean) => void;
}

/** @returns how to stop listening. */
export function startLive(client: QueryClient, { onProgress, onConnection }: Handlers): () => void {
  const gather = gatherer(client);
  const events = new EventSource('/api/events');
  let lost = false;
  events.addEventListener('change', (event) => {
    const notice = JSON.parse(String(event.data)) as { refs: string[] };
    gather(notice.refs);
  });
  events.addEventListener('progress', (event) => onProgress(JSON.parse(String(event.data))));
  events.addEventListener('open', () => {
    onConnection(true);
    if (lost) gather([]);
    lost = false;
  });
  events.addEventListener('error', () => {
    lost = true;
    onConnection(false);
  });
  return () => events.close();
}
