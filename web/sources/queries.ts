/** What the pages about sources ask the server. */
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  problemsSchema,
  removedSchema,
  sourceDetailSchema,
  sourceProblemSchema,
  sourcesSchema,
} from '#server/sources/contract.ts';
import { api } from '#web/kit/api.ts';
import { everything, type LiveKey } from '#web/kit/live.ts';

export type Sources = z.infer<typeof sourcesSchema>;
export type SourceDetail = z.infer<typeof sourceDetailSchema>;
export type SourceProblem = z.infer<typeof sourceProblemSchema>;
export type Removed = z.infer<typeof removedSchema>;
type Problems = z.infer<typeof problemsSchema>;

export const sourcesKey: LiveKey = ['sources', everything];

/** Also set from the stream's `progress` events, so it is asked for seldom. */
export const sourcesQuery = () =>
  queryOptions({
    queryKey: sourcesKey,
    queryFn: ({ signal }) => api.get<Sources>('/api/sources', undefined, signal),
    refetchInterval: (query) => (query.state.data?.ready === false ? 2_000 : 60_000),
  });

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['source', everything, id] satisfies LiveKey,
    queryFn: ({ signal }) =>
      api.get<SourceDetail>(`/api/sources/${encodeURIComponent(id)}`, undefined, signal),
  });

export const problemsQuery = () =>
  queryOptions({
    queryKey: ['problems', everything] satisfies LiveKey,
    queryFn: ({ signal }) => api.get<Problems>('/api/sources/problems', undefined, signal),
  });

export const removedQuery = () =>
  queryOptions({
    queryKey: ['removed', everything] satisfies LiveKey,
    queryFn: ({ signal }) => api.get<Removed>('/api/sources/removed', undefined, signal),
  });

export const syncSource = (id: string) => api.post<unknown>(`/api/sources/${encodeURIComponent(id)}/sync`);
export const restore = (refs: string[]) => api.post<{ restored: number }>('/api/sources/restore', { refs });
