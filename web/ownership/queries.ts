/** What the pages of ownership ask the server. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Debt,
  debtBodySchema,
  debtChangeSchema,
  debtsSchema,
  decideRequestBodySchema,
  EntityOwnership,
  gapsSchema,
  Mine,
  OwnershipRequest,
  ownershipChangesSchema,
  requestBodySchema,
  requestsSchema,
  TeamPage,
  teamSchema,
  teamsSchema,
} from '#server/ownership/contract.ts';
import { api, type Query } from '#web/kit/api.ts';
import { everything, type LiveKey } from '#web/kit/live.ts';
import { readRef } from '#web/kit/ref.ts';

export type { Debt, EntityOwnership, Mine, OwnershipRequest, TeamPage };
export type Team = z.infer<typeof teamSchema>;
export type Teams = z.infer<typeof teamsSchema>;
export type Debts = z.infer<typeof debtsSchema>;
export type Requests = z.infer<typeof requestsSchema>;
export type Gaps = z.infer<typeof gapsSchema>;
export type OwnershipChanges = z.infer<typeof ownershipChangesSchema>;
export type DebtBody = z.input<typeof debtBodySchema>;
export type DebtChange = z.input<typeof debtChangeSchema>;
export type RequestBody = z.input<typeof requestBodySchema>;
export type DecideRequest = z.input<typeof decideRequestBodySchema>;

function live<T>(name: string, scope: string, path: string, query?: Query) {
  const queryKey: LiveKey = [name, scope, path, query];
  return queryOptions({ queryKey, queryFn: ({ signal }) => api.get<T>(path, query, signal) });
}

function pathOf(ref: string): string {
  const { kind, namespace, name } = readRef(ref);
  return [kind, namespace, name].map(encodeURIComponent).join('/');
}

export const teamsQuery = () => live<Teams>('teams', everything, '/api/teams');
export const teamQuery = (ref: string) => live<TeamPage>('team', everything, `/api/teams/${pathOf(ref)}`);
export const entityOwnershipQuery = (ref: string) =>
  live<EntityOwnership>('ownership', everything, `/api/ownership/entities/${pathOf(ref)}`);
export const gapsQuery = () => live<Gaps>('ownership', everything, '/api/ownership/gaps');
export const ownershipChangesQuery = () =>
  live<OwnershipChanges>('ownership', everything, '/api/ownership/changes');
export const mineQuery = () => live<Mine>('ownership', everything, '/api/ownership/mine');
export const requestsQuery = (state: 'open' | 'decided') =>
  live<Requests>('ownership', everything, '/api/ownership/requests', { state });

export interface DebtQuery {
  entity?: string | undefined;
  owner?: string | undefined;
  state?: string | undefined;
  offset?: number;
}
export const DEBTS_A_PAGE = 50;
export const debtsQuery = (query: DebtQuery) => ({
  ...live<Debts>('ownership', everything, '/api/debt', { ...query, limit: DEBTS_A_PAGE }),
  placeholderData: keepPreviousData,
});

export const addDebt = (body: DebtBody) => api.post<Debt>('/api/debt', body);
export const changeDebt = (id: string, body: DebtChange) => api.patch<Debt>(`/api/debt/${id}`, body);
export const removeDebt = (id: string) => api.delete(`/api/debt/${id}`);
export const askForOwnership = (body: RequestBody) =>
  api.post<OwnershipRequest>('/api/ownership/requests', body);
export const decideRequest = (id: string, body: DecideRequest) =>
  api.post<OwnershipRequest>(`/api/ownership/requests/${id}/decision`, body);
export const withdrawRequest = (id: string) => api.delete(`/api/ownership/requests/${id}`);
