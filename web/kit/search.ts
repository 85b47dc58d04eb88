/** Finding things of the catalog by their words: the palette and every picker ask this. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { searchSchema } from '#server/catalog/contract.ts';
import { api } from './api.ts';
import { everything, type LiveKey } from './live.ts';

export type Search = z.infer<typeof searchSchema>;

export interface SearchOptions {
  limit?: number;
  /** Only of these kinds. */
  kinds?: readonly string[] | undefined;
}

export const searchQuery = (q: string, { limit = 12, kinds }: SearchOptions = {}) => {
  const query = { q, limit, kind: kinds };
  return queryOptions({
    queryKey: ['search', everything, query] satisfies LiveKey,
    queryFn: ({ signal }) => api.get<Search>('/api/search', query, signal),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
  });
};
