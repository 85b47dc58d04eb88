/** What the pages of standards ask the server. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Fact, factsSchema } from '#server/facts/contract.ts';
import type {
  CampaignCard,
  CampaignPage,
  campaignsSchema,
  changeSchema,
  changesQuerySchema,
  changesSchema,
  checkedSchema,
  decideExemptionBodySchema,
  Exemption,
  exemptionBodySchema,
  exemptionsQuerySchema,
  exemptionsSchema,
  HeatMap,
  Impact,
  Ladder,
  laddersSchema,
  leaderboardSchema,
  Rung,
  ScorecardCard,
  ScorecardPage,
  Scores,
  scorecardsSchema,
  scoreSchema,
  scoresQuerySchema,
  TeamScores,
  Trend,
  Tried,
  tryBodySchema,
  Vocabulary,
} from '#server/scorecards/contract.ts';
import { api, type Query, toQuery } from '#web/kit/api.ts';
import { everything, type LiveKey, scores } from '#web/kit/live.ts';
import { readRef } from '#web/kit/ref.ts';

export type {
  CampaignCard,
  CampaignPage,
  Exemption,
  Fact,
  HeatMap,
  Impact,
  Ladder,
  Rung,
  ScorecardCard,
  ScorecardPage,
  Scores,
  TeamScores,
  Trend,
  Tried,
  Vocabulary,
};
export type Scorecards = z.infer<typeof scorecardsSchema>;
export type Score = z.infer<typeof scoreSchema>;
export type Ladders = z.infer<typeof laddersSchema>;
export type LevelChange = z.infer<typeof changeSchema>;
export type LevelChanges = z.infer<typeof changesSchema>;
export type Leaderboard = z.infer<typeof leaderboardSchema>;
export type Checked = z.infer<typeof checkedSchema>;
export type Exemptions = z.infer<typeof exemptionsSchema>;
export type Campaigns = z.infer<typeof campaignsSchema>;
export type Facts = z.infer<typeof factsSchema>;
/** What filters the list of things, as the address has it. */
export type ScoresFilter = { [Name in keyof z.input<typeof scoresQuerySchema>]?: string | undefined };
export type ExemptionBody = z.input<typeof exemptionBodySchema>;
export type DecideExemption = z.input<typeof decideExemptionBodySchema>;
export type TryBody = z.input<typeof tryBodySchema>;

export const PAGE = 50;

function live<T>(scope: string, path: string, query?: Query) {
  const queryKey: LiveKey = [scores, scope, path, query];
  return queryOptions({ queryKey, queryFn: ({ signal }) => api.get<T>(path, query, signal) });
}

const joined = (parts: readonly string[]) => parts.map(encodeURIComponent).join('/');

/** `default/payments`: of what has only one kind. */
function nameOf(ref: string): string {
  const { namespace, name } = readRef(ref);
  return joined([namespace, name]);
}

/** `component/default/payments`. */
function entityOf(ref: string): string {
  const { kind, namespace, name } = readRef(ref);
  return joined([kind, namespace, name]);
}

export const scorecardsQuery = () => live<Scorecards>(everything, '/api/scorecards');
export const scorecardAddress = (ref: string) => `/api/scorecards/${nameOf(ref)}`;
export const scorecardQuery = (ref: string) => live<ScorecardPage>(everything, scorecardAddress(ref));
export const heatMapQuery = (ref: string, at: string | undefined) => ({
  ...live<HeatMap>(everything, `${scorecardAddress(ref)}/heat-map`, { at }),
  placeholderData: keepPreviousData,
});
export const scoresQuery = (ref: string, filter: ScoresFilter) => ({
  ...live<Scores>(everything, `${scorecardAddress(ref)}/scores`, { ...filter, limit: PAGE }),
  placeholderData: keepPreviousData,
});
export const scoresFile = (ref: string, filter: ScoresFilter) =>
  `${scorecardAddress(ref)}/scores.csv${toQuery({ ...filter, offset: undefined })}`;
export const trendQuery = (ref: string, query: { days: string; owner: string | undefined }) => ({
  ...live<Trend>(everything, `${scorecardAddress(ref)}/trend`, query),
  placeholderData: keepPreviousData,
});

export const laddersQuery = (ref: string) => live<Ladders>(ref, `/api/scores/${entityOf(ref)}`);
export const teamScoresQuery = (ref: string) =>
  live<TeamScores>(everything, `/api/scores/teams/${entityOf(ref)}`);
export const changesQuery = (query: z.input<typeof changesQuerySchema>) =>
  live<LevelChanges>(everything, '/api/scores/changes', { ...query } as Query);
export const leaderboardQuery = () => live<Leaderboard>(everything, '/api/scores/leaderboard');
export const factsQuery = (ref: string) => live<Facts>(ref, `/api/facts/entities/${entityOf(ref)}`);

export const exemptionsQuery = (query: z.input<typeof exemptionsQuerySchema>) =>
  live<Exemptions>(everything, '/api/exemptions', query);
export const campaignsQuery = () => live<Campaigns>(everything, '/api/campaigns');
export const campaignQuery = (ref: string) => live<CampaignPage>(everything, `/api/campaigns/${nameOf(ref)}`);
export const vocabularyQuery = () => live<Vocabulary>(everything, '/api/scorecards/vocabulary');

export const checkText = (text: string) => api.post<Checked>('/api/scorecards/check', { text });
export const tryCheck = (body: TryBody) => api.post<Tried>('/api/scorecards/try', body);
export const impactOf = (text: string) => api.post<Impact>('/api/scorecards/impact', { text });

export const addToDebt = ({ entity, ...rule }: { entity: string; scorecard: string; rule: string }) =>
  api.post<{ id: string }>(`/api/scores/${entityOf(entity)}/debt`, rule);

export const askExemption = (body: ExemptionBody) => api.post<Exemption>('/api/exemptions', body);
export const decideExemption = (id: string, body: DecideExemption) =>
  api.post<Exemption>(`/api/exemptions/${id}/decision`, body);
export const withdrawExemption = (id: string) => api.delete(`/api/exemptions/${id}`);

export const scorecardPath = (ref: string) => `/scorecards/${nameOf(ref)}`;
export const campaignPath = (ref: string) => `/campaigns/${nameOf(ref)}`;
export const badgePath = (entityRef: string, scorecard: string) =>
  `/api/badges/${entityOf(entityRef)}.svg${toQuery({ scorecard })}`;
