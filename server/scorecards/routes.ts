/** The API of standards. Expects the app to have the zod compilers and the error handler of the kernel. */
import type { FastifyInstance } from 'fastify';
import { registerCampaignApi } from './fairness/campaign-routes.ts';
import { registerExemptionApi } from './fairness/exemption-routes.ts';
import type { ScorecardApiDeps } from './route-deps.ts';
import { registerScoreApi } from './score-routes.ts';
import { registerScorecardApi } from './scorecard-routes.ts';
import { registerTryApi } from './try-routes.ts';

export type { ScorecardApiDeps } from './route-deps.ts';

export function registerScorecardsApi(app: FastifyInstance, deps: ScorecardApiDeps): void {
  registerScorecardApi(app, deps);
  registerScoreApi(app, deps);
  registerTryApi(app, deps);
  registerExemptionApi(app, deps);
  registerCampaignApi(app, deps);
}
