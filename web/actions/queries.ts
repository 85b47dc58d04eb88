/** What the pages of actions ask the server. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Approval,
  approvalsSchema,
  decideApprovalBodySchema,
  Lease,
  leasesSchema,
  Plan,
  Run,
  runCardSchema,
  runEventSchema,
  runsSchema,
  startBodySchema,
  startedSchema,
  TemplateCard,
  TemplatePage,
  templatesSchema,
  validateTemplateSchema,
} from '#server/actions/contract.ts';
import { api, type Query } from '#web/kit/api.ts';
import { everything, type LiveKey } from '#web/kit/live.ts';
import { readRef } from '#web/kit/ref.ts';

export type { Approval, Lease, Plan, Run, TemplateCard, TemplatePage };
export type Templates = z.infer<typeof templatesSchema>;
export type Runs = z.infer<typeof runsSchema>;
export type RunCard = z.infer<typeof runCardSchema>;
export type RunEvent = z.infer<typeof runEventSchema>;
export type Approvals = z.infer<typeof approvalsSchema>;
export type Leases = z.infer<typeof leasesSchema>;
export type StartBody = z.input<typeof startBodySchema>;
export type Validated = z.infer<typeof validateTemplateSchema>;

function live<T>(name: string, path: string, query?: Query) {
  const queryKey: LiveKey = [name, everything, path, query];
  return queryOptions({ queryKey, queryFn: ({ signal }) => api.get<T>(path, query, signal) });
}

export const templatesQuery = (query: { for?: string } = {}) =>
  live<Templates>('templates', '/api/templates', query);

export const templateQuery = (
  ref: string,
  context: { entity?: string | undefined; system?: string | undefined },
) => {
  const { namespace, name } = readRef(ref);
  const path = `/api/templates/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  return { ...live<TemplatePage>('template', path, context), staleTime: Number.POSITIVE_INFINITY };
};

export interface RunsQuery {
  template?: string | undefined;
  state?: string | undefined;
  entity?: string | undefined;
  offset?: number;
}
export const runsQuery = (query: RunsQuery) => ({
  ...live<Runs>('runs', '/api/runs', { ...query }),
  placeholderData: keepPreviousData,
  refetchInterval: 4_000,
});

export const runKey = (id: string) => ['run', id] as const;
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: runKey(id),
    queryFn: ({ signal }) => api.get<Run>(`/api/runs/${id}`, undefined, signal),
  });

export const approvalsQuery = (state: 'open' | 'decided') =>
  live<Approvals>('approvals', '/api/approvals', { state });
export const leasesQuery = () => live<Leases>('leases', '/api/leases');

export const planRun = (body: StartBody) => api.post<Plan>('/api/templates/plan', body);
export const startRun = (body: StartBody) => api.post<z.infer<typeof startedSchema>>('/api/runs', body);
export const validateTemplate = (text: string) => api.post<Validated>('/api/templates/validate', { text });
export const changeRun = (id: string, change: 'cancel' | 'retry' | 'roll-back') =>
  api.post<Run>(`/api/runs/${id}/${change}`);
export const answerStep = (id: string, step: string, answer: 'done' | 'again') =>
  api.post<Run>(`/api/runs/${id}/steps/${encodeURIComponent(step)}/answer`, { answer });
export const decideApproval = (id: string, body: z.input<typeof decideApprovalBodySchema>) =>
  api.post<Approval>(`/api/approvals/${id}/decision`, body);
export const extendLease = (id: string, hours: number) =>
  api.post<Lease>(`/api/leases/${id}/extend`, { hours });
export const endLease = (id: string) => api.post<Lease>(`/api/leases/${id}/end`);
