/** What the pages of documentation ask the server. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Answer,
  answersSchema,
  DocGap,
  DocPage,
  DocProblem,
  DocSite,
  gapBodySchema,
  gapChangeSchema,
  gapsQuerySchema,
  gapsSchema,
  ListedProblem,
  NavNode,
  notedGapSchema,
  problemsQuerySchema,
  problemsSchema,
  Runbook,
  reportBodySchema,
  reportedSchema,
  runbooksQuerySchema,
  runbooksSchema,
  SiteCard,
  sitesQuerySchema,
  sitesSchema,
} from '#server/docs/contract.ts';
import { api, type Query } from '#web/kit/api.ts';
import { docs, everything, type LiveKey } from '#web/kit/live.ts';
import { entityAddress, pageAddress } from './paths.ts';

export type { Answer, DocGap, DocPage, DocProblem, DocSite, ListedProblem, NavNode, Runbook, SiteCard };
export type Sites = z.infer<typeof sitesSchema>;
export type Answers = z.infer<typeof answersSchema>;
export type Problems = z.infer<typeof problemsSchema>;
export type Gaps = z.infer<typeof gapsSchema>;
export type Reported = z.infer<typeof reportedSchema>;
export type ReportBody = z.input<typeof reportBodySchema>;
export type GapBody = z.input<typeof gapBodySchema>;
export type NotedGap = z.infer<typeof notedGapSchema>;
export type GapChange = z.input<typeof gapChangeSchema>;
/** Filters as the address has them. */
type Filter<Schema extends z.ZodType> = { [Name in keyof z.input<Schema>]?: string | number | undefined };

export const PAGE = 50;

function live<T>(scope: string, path: string, query?: Query) {
  const queryKey: LiveKey = [docs, scope, path, query];
  return queryOptions({ queryKey, queryFn: ({ signal }) => api.get<T>(path, query, signal) });
}

export const sitesQuery = (filter: Filter<typeof sitesQuerySchema>) => ({
  ...live<Sites>(everything, '/api/docs/sites', { ...filter }),
  placeholderData: keepPreviousData,
});

export const siteQuery = (ref: string, version?: string) =>
  live<DocSite>(ref, `/api/docs/sites/${entityAddress(ref)}`, { version });

export const pageQuery = (ref: string, page: string, version?: string) =>
  live<DocPage>(ref, `/api/docs/pages/${pageAddress(ref, page)}`, { version });

export const answersQuery = (q: string, options: { site?: string | undefined; limit?: number } = {}) => ({
  ...live<Answers>(everything, '/api/docs/search', { q: q.trim(), ...options }),
  enabled: q.trim() !== '',
  placeholderData: keepPreviousData,
});

export const problemsQuery = (filter: Filter<typeof problemsQuerySchema>) => ({
  ...live<Problems>(everything, '/api/docs/problems', { ...filter, limit: PAGE }),
  placeholderData: keepPreviousData,
});

export const gapsQuery = (filter: Filter<typeof gapsQuerySchema>) => ({
  ...live<Gaps>(everything, '/api/docs/gaps', { ...filter }),
  placeholderData: keepPreviousData,
});

export const runbooksQuery = (filter: Filter<typeof runbooksQuerySchema>) =>
  live<z.infer<typeof runbooksSchema>>(everything, '/api/docs/runbooks', { ...filter });

export const noteGap = (body: GapBody) => api.post<NotedGap>('/api/docs/gaps', body);
export const changeGap = (id: string, body: GapChange) =>
  api.post<void>(`/api/docs/gaps/${encodeURIComponent(id)}`, body);
export const sayUseful = (ref: string, page: string, useful: boolean | null) =>
  api.post<void>(`/api/docs/useful/${pageAddress(ref, page)}`, { useful });
export const closeReport = (id: string) =>
  api.post<void>(`/api/docs/reports/${encodeURIComponent(id)}/close`);
export const reportPage = (ref: string, page: string, body: ReportBody) =>
  api.post<Reported>(`/api/docs/reports/${pageAddress(ref, page)}`, body);
