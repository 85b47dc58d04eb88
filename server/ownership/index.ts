/** Ownership as the composition root sees it. */

export { approversOf } from './approvers.ts';
export type { Party } from './contract.ts';
export { insertDebt } from './debt.ts';
export { GapTracker } from './gaps.ts';
export { partiesOf, unknownParty } from './parties.ts';
export { type OwnershipApiDeps, registerOwnershipApi } from './routes.ts';
export { type OwedRule, openRuleDebts, oweForRules, payOffDebts } from './rule-debt.ts';
export type { OwnershipDb, OwnershipTables } from './tables.ts';
