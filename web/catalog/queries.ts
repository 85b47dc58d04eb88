/** What the catalog's pages ask the server. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  changesSchema,
  decideSchema,
  facetsSchema,
  GoldenRecord,
  Graph,
  impactSchema,
  pathsSchema,
  reviewSchema,
  rowsSchema,
  summarySchema,
} from '#server/catalog/contract.ts';
import type { SavedView, SavedViews } from '#server/views/contract.ts';
import { api, type Query } from '#web/kit/api.ts';
import { everything, type LiveKey } from '#web/kit/live.ts';
import { readRef } from '#web/kit/ref.ts';

export type Rows = z.infer<typeof rowsSchema>;
export type Facets = z.infer<typeof facetsSchema>;
export type Summary = z.infer<typeof summarySchema>;
export type Changes = z.infer<typeof changesSchema>;
export type Change = Changes['items'][number];
export type Paths = z.infer<typeof pathsSchema>;
export type Impact = z.infer<typeof impactSchema>;
export type Review = z.infer<typeof reviewSchema>;
export type ReviewItem = Review['items'][number];
export type Decision = Review['decided'][number];
export type Decided = z.infer<typeof decideSchema>;

export const PAGE = 100;

function live<T>(name: string, scope: string, path: string, query?: Query) {
  const queryKey: LiveKey = [name, scope, path, query];
  return queryOptions({ queryKey, queryFn: ({ signal }) => api.get<T>(path, query, signal) });
}

export interface RowsQuery {
  filter?: string | undefined;
  q?: string | undefined;
  sort?: string | undefined;
  direction?: string | undefined;
}

export const rowsQuery = (query: RowsQuery, page: number) =>
  live<Rows>('rows', everything, '/api/catalog/rows', { ...query, offset: page * PAGE, limit: PAGE });

export const someRowsQuery = (filter: string, limit: number) =>
  live<Rows>('rows', everything, '/api/catalog/rows', { filter, limit });

export const facetsQuery = (query: Pick<RowsQuery, 'filter' | 'q'>) => ({
  ...live<Facets>('facets', everything, '/api/catalog/row-facets', { ...query }),
  placeholderData: keepPreviousData,
});

export const summaryQuery = () => live<Summary>('summary', everything, '/api/catalog/summary');

export const recordQuery = (ref: string) => {
  const { kind, namespace, name } = readRef(ref);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return live<GoldenRecord>('record', ref, `/api/catalog/records/${path}`);
};

export const changesQuery = (query: { ref?: string; before?: number; limit?: number }) =>
  live<Changes>('changes', query.ref ?? everything, '/api/catalog/changes', query);

export interface GraphQuery {
  root: readonly string[];
  depth: number;
  direction: string;
  relations: readonly string[];
  kinds: readonly string[];
}

export const graphQuery = (query: GraphQuery) => ({
  ...live<Graph>('graph', everything, '/api/catalog/graph', { ...query }),
  enabled: query.root.length > 0,
  placeholderData: keepPreviousData,
});

export const pathsQuery = (from: string, to: string) => ({
  ...live<Paths>('paths', everything, '/api/catalog/graph/paths', { from, to }),
  enabled: from !== '' && to !== '',
});

export const impactQuery = (ref: string) => ({
  ...live<Impact>('impact', everything, '/api/catalog/impact', { ref }),
  enabled: ref !== '',
});

export const reviewQuery = (state: 'open' | 'decided', offset: number) => ({
  ...live<Review>('review', everything, '/api/review', { state, offset, limit: 50 }),
  placeholderData: keepPreviousData,
});

export interface DecideBody {
  refs: string[];
  decision: 'accept' | 'ignore' | 'merge' | 'reopen';
  mergeInto?: string;
}

export const decide = (body: DecideBody) => api.post<Decided>('/api/review/decisions', body);

export const ownViewsQuery = () =>
  queryOptions({
    queryKey: ['own-views'],
    queryFn: ({ signal }) => api.get<SavedViews>('/api/views', undefined, signal),
  });

export const keepView = (view: SavedView) => api.post<SavedView>('/api/views', view);
export const removeView = (name: string) => api.delete(`/api/views/${encodeURIComponent(name)}`);
