/** Everything that the page of an entity says of responsibility. */
import { AtriumError } from '#model/errors.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Principal } from '../kernel/gate.ts';
import { askOf } from './ask.ts';
import { chainsOf, type Link } from './chain.ts';
import { ownershipChanges } from './changes.ts';
import type { EntityOwnership } from './contract.ts';
import { debtTotal } from './debt.ts';
import { readGroups } from './groups.ts';
import { type ObservedDeps, observedOnCalls } from './observed-on-call.ts';
import { shiftNow } from './on-call.ts';
import { partiesOf } from './parties.ts';
import type { RequestRow } from './request-rules.ts';
import { answerRequests, type RequestDeps } from './requests.ts';
import { answerHeld, type Responsibilities, responsibilitiesOf } from './responsibility.ts';

export interface EntityOwnershipDeps extends RequestDeps, Pick<ObservedDeps, 'facts'> {
  catalog: Pick<Catalog, 'claims' | 'suggestedOwners'>;
}

const MOST_CHANGES = 20;
const MOST_REQUESTS = 20;

/** @throws {AtriumError} ENTITY_NOT_FOUND */
export async function entityOwnership(
  deps: EntityOwnershipDeps,
  ref: string,
  by: Principal,
): Promise<EntityOwnership> {
  const { db } = deps;
  const chain = (await chainsOf(db, [ref])).get(ref) ?? [];
  if (chain[0]?.depth !== 0) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${ref}`);
  const responsibilities = responsibilitiesOf(chain);
  const [answers, rows, changes, debt] = await Promise.all([
    responsibilityAnswers(deps, ref, chain, responsibilities),
    requestRows(deps, ref),
    ownershipChanges(db, MOST_CHANGES, ref),
    debtTotal(db, ref),
  ]);
  const claiming = by.groups.filter((group) => group !== chain[0]?.owner);
  const parties = await partiesOf(db, claiming);
  return {
    ...answers,
    requests: await answerRequests(db, rows, by),
    changes,
    debt,
    claimableFor: claiming.map(parties).filter(({ exists }) => exists),
  };
}

async function responsibilityAnswers(
  deps: EntityOwnershipDeps,
  ref: string,
  chain: readonly Link[],
  responsibilities: Responsibilities,
) {
  const { db, catalog, now } = deps;
  const held = Object.values(responsibilities);
  const owners = chain.flatMap(({ owner }) => owner ?? []);
  const suggestedOwner = owners.length > 0 ? undefined : (await catalog.suggestedOwners([ref])).get(ref);
  const named = [
    ...held.flatMap(({ holders }) => holders),
    ...owners,
    ...(suggestedOwner ? [suggestedOwner] : []),
  ];
  const { holders } = responsibilities.onCall;
  const [groups, claims, observed] = await Promise.all([
    readGroups(db, [...new Set(named)]),
    catalog.claims([...new Set(held.flatMap(({ from }) => from ?? []))]),
    observedOnCalls(deps, [ref, ...holders]),
  ]);
  const at = now();
  const onShift = holders.flatMap((holder) => {
    const group = groups.get(holder);
    return (group && shiftNow(group, at)?.person) ?? [];
  });
  const parties = await partiesOf(db, [...named, ...onShift]);
  const answer = (name: keyof Responsibilities) => answerHeld(responsibilities[name], parties, claims);
  return {
    owner: answer('owner'),
    approvers: answer('approvers'),
    onCall: answer('onCall'),
    debtOwner: answer('debtOwner'),
    ask: askOf({ responsibilities, chain, parties, groups, suggestedOwner, observed, at }),
  };
}

/** Open ones first. */
function requestRows({ db }: EntityOwnershipDeps, ref: string): Promise<RequestRow[]> {
  return db
    .selectFrom('ownership_request')
    .selectAll()
    .where('entity', '=', ref)
    .orderBy(({ eb }) => eb('state', '<>', 'open'))
    .orderBy('requested_at', 'desc')
    .limit(MOST_REQUESTS)
    .execute();
}
