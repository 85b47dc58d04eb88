/** What the routes of standards have in common. */
import type { FastifyRequest } from 'fastify';
import type { Permission } from '#model/permissions.ts';
import type { Principal } from '../kernel/gate.ts';
import { readRef } from '../kernel/read-ref.ts';
import type { CardViewer } from './cards.ts';
import { type Usable, usable } from './evaluator.ts';
import type { CampaignDeps } from './fairness/campaigns.ts';
import type { ExemptionDeps } from './fairness/exemptions.ts';
import type { GateDeps } from './gate.ts';
import type { StoredScorecard } from './scorecard-store.ts';
import type { SourceTextDeps } from './source-text.ts';
import type { TryDeps } from './try-out.ts';

export interface ScorecardApiDeps extends GateDeps, TryDeps, ExemptionDeps, CampaignDeps, SourceTextDeps {
  leaderboard: boolean;
  /** Tells open pages that the register of debt has something else of these entities. */
  registerChanged: (entities: readonly string[]) => void;
  /** Whether somebody has a permission for everything, for some things, or for nothing. */
  verdict: (principal: Principal, permission: Permission) => 'always' | 'depends' | 'never';
}

export function viewerOf({ maintains }: ScorecardApiDeps, principal: Principal): CardViewer {
  return { seesDrafts: maintains(principal), groups: principal.groups };
}

export type NamedParams = { Params: { namespace: string; name: string } };
export type EntityParams = { Params: { kind: string; namespace: string; name: string } };

/** @throws {AtriumError} ENTITY_NOT_FOUND */
export function namedScorecard(
  { scorecards }: ScorecardApiDeps,
  { params }: FastifyRequest<NamedParams>,
): Promise<StoredScorecard> {
  return scorecards.one(readRef(`scorecard:${params.namespace}/${params.name}`));
}

/** Those by which can be judged and that the viewer may see. */
export async function shownCards(deps: ScorecardApiDeps, principal: Principal): Promise<Usable[]> {
  const { seesDrafts, groups } = viewerOf(deps, principal);
  return usable(await deps.scorecards.all()).filter(
    ({ scorecard, owner }) => !scorecard.draft || seesDrafts || (owner !== null && groups.includes(owner)),
  );
}
