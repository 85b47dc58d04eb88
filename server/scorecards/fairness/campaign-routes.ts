/** Campaigns in the API. */
import type { FastifyInstance } from 'fastify';
import * as contract from '../contract.ts';
import type { NamedParams, ScorecardApiDeps } from '../route-deps.ts';
import { campaignPage, listCampaigns } from './campaigns.ts';

const tags = ['campaigns'];
const config = { permission: 'scorecard.read' } as const;

export function registerCampaignApi(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get(
    '/api/campaigns',
    { config, schema: { tags, summary: 'Campaigns', response: { 200: contract.campaignsSchema } } },
    async () => ({ items: await listCampaigns(deps) }),
  );
  app.get<NamedParams>(
    '/api/campaigns/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'One of them: its burn-down, who is still to move, what was sent',
        params: contract.scorecardParamsSchema,
        response: { 200: contract.campaignSchema },
      },
    },
    async ({ params }) => campaignPage(deps, params),
  );
}
