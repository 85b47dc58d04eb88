import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { rowsSchema } from '#server/catalog/contract.ts';
import { api } from '#web/kit/api.ts';
import { everything, type LiveKey } from '#web/kit/live.ts';

type Rows = z.infer<typeof rowsSchema>;
export type Choice = Rows['items'][number];

const MOST = 500;

/** The things of the catalog that a picker offers. */
export function useChoices(filter: readonly string[], words = ''): readonly Choice[] {
  const query = { filter, q: words, limit: MOST };
  const rows = useQuery({
    queryKey: ['rows', everything, query] satisfies LiveKey,
    queryFn: ({ signal }) => api.get<Rows>('/api/catalog/rows', query, signal),
  });
  return rows.data?.items ?? [];
}

/** The value that templates expect: a ref without what the picker's defaults say anyway. */
export function shortRef(
  ref: string,
  kind: string | undefined,
  namespace: string | false | undefined,
): string {
  const [, ownKind = '', ownNamespace = '', name = ''] = /^([^:]+):([^/]+)\/(.+)$/.exec(ref) ?? [];
  if (kind?.toLowerCase() !== ownKind || namespace === false) return ref;
  return ownNamespace === (namespace || 'default') ? name : `${ownNamespace}/${name}`;
}
