import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { teamSchema, teamsSchema } from '#server/ownership/contract.ts';
import { api } from '#web/kit/api.ts';
import { everything, type LiveKey } from '#web/kit/live.ts';

export type Team = z.infer<typeof teamSchema>;
export type Teams = z.infer<typeof teamsSchema>;

export const teamsQuery = () =>
  queryOptions({
    queryKey: ['teams', everything] satisfies LiveKey,
    queryFn: ({ signal }) => api.get<Teams>('/api/teams', undefined, signal),
  });
