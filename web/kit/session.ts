/** Who looks at the portal, and what they may do: asked once, shared by every page. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Permission } from '#model/permissions.ts';
import type { Session } from '#server/access/contract.ts';
import { api } from './api.ts';

export const sessionKey = ['session'] as const;

export const sessionQuery = () =>
  queryOptions({
    queryKey: sessionKey,
    queryFn: ({ signal }) => api.get<Session>('/api/session', undefined, signal),
    staleTime: 60_000,
  });

export function useSession(): Session | undefined {
  return useQuery(sessionQuery()).data;
}

/** Whether to offer something; the server decides, this only hides what it would refuse. */
export function useMay(permission: Permission): boolean {
  return useSession()?.may.includes(permission) ?? false;
}
