/** What the pages of access ask the server. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  AuditEntry,
  auditSchema,
  auditVerificationSchema,
  checkSchema,
  createdTokenSchema,
  createTokenBodySchema,
  openSessionsSchema,
  Policy,
  tokenSchema,
  tokensSchema,
} from '#server/access/contract.ts';
import { api, type Query, toQuery } from '#web/kit/api.ts';

export type { AuditEntry, Policy };
export type Check = z.infer<typeof checkSchema>;
export type OpenSessions = z.infer<typeof openSessionsSchema>;
export type Token = z.infer<typeof tokenSchema>;
export type Tokens = z.infer<typeof tokensSchema>;
export type CreateToken = z.input<typeof createTokenBodySchema>;
export type CreatedToken = z.infer<typeof createdTokenSchema>;
export type Audit = z.infer<typeof auditSchema>;
export type Verification = z.infer<typeof auditVerificationSchema>;

export const openSessionsQuery = () =>
  queryOptions({
    queryKey: ['open-sessions'],
    queryFn: ({ signal }) => api.get<OpenSessions>('/api/session/sessions', undefined, signal),
  });

export type OpenSession = OpenSessions['sessions'][number];

/** @param person whose; everybody's without one. */
export const allSessionsQuery = (person: string | undefined) =>
  queryOptions({
    queryKey: ['all-sessions', person],
    queryFn: ({ signal }) => api.get<OpenSessions>('/api/sessions', { person }, signal),
  });

export const tokensQuery = (all: boolean) =>
  queryOptions({
    queryKey: ['tokens', all],
    queryFn: ({ signal }) => api.get<Tokens>('/api/tokens', { all }, signal),
  });

export const policyQuery = () =>
  queryOptions({
    queryKey: ['policy'],
    queryFn: ({ signal }) => api.get<Policy>('/api/access/policy', undefined, signal),
  });

export const checkQuery = (query: { principal: string; permission: string; target: string | undefined }) =>
  queryOptions({
    queryKey: ['check', query],
    queryFn: ({ signal }) => api.get<Check>('/api/access/check', query, signal),
    enabled: query.principal !== '' && query.permission !== '',
  });

export interface AuditFilter {
  q?: string | undefined;
  outcome?: string | undefined;
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Audit>('/api/audit', { ...filter, ...(pageParam > 0 && { before: pageParam }) }, signal),
    initialPageParam: 0,
    getNextPageParam: ({ items }) => (items.length < AUDIT_PAGE ? undefined : items.at(-1)?.seq),
    staleTime: 0,
  });

const AUDIT_PAGE = 50;

export const auditExport = (filter: AuditFilter, format: 'csv' | 'json') =>
  `/api/audit/export${toQuery({ ...filter, format } satisfies Query)}`;

export const verifyAudit = () => api.get<Verification>('/api/audit/verify');
export const makeToken = (body: CreateToken) => api.post<CreatedToken>('/api/tokens', body);
export const revokeToken = (id: string) => api.delete(`/api/tokens/${encodeURIComponent(id)}`);
export const endSession = (id: string) => api.delete(`/api/session/sessions/${encodeURIComponent(id)}`);
export const endAnySession = (id: string) => api.delete(`/api/sessions/${encodeURIComponent(id)}`);
export const endSessions = (person: string | null) =>
  api.post<{ ended: number }>('/api/sessions/end', { person });
export const viewAs = (ref: string | null) => api.post('/api/session/view-as', { ref });
export const signOut = (everywhere: boolean) =>
  api.post<{ redirect?: string | null } | undefined>(
    everywhere ? '/api/session/sign-out-everywhere' : '/api/session/sign-out',
  );
