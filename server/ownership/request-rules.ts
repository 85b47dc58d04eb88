/** Who may decide on a request: somebody whom it concerns, and never whoever made it. */
import type { Selectable } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { Principal } from '../kernel/gate.ts';
import type { Parties } from './parties.ts';
import type { OwnershipRequestTable } from './tables.ts';

export type RequestRow = Selectable<OwnershipRequestTable>;

/** Whoever is to receive what nobody has; whoever is to give away what they have. */
function decider({ kind, from_owner, to_owner }: RequestRow): string {
  return kind === 'transfer' && from_owner !== null ? from_owner : to_owner;
}

/** “a member of Payments, or the platform team”. */
export function decidedByWhom(row: RequestRow, parties: Parties): string {
  const ref = decider(row);
  const { title } = parties(ref);
  return `${ref.startsWith('user:') ? title : `a member of ${title}`}, or the platform team`;
}

export function mayDecide(row: RequestRow, principal: Principal): boolean {
  return row.state === 'open' && !asked(row, principal) && isConcerned(row, principal);
}

/** @throws {AtriumError} REQUEST_CONFLICT, DECISION_REFUSED */
export function mustDecide(row: RequestRow, principal: Principal, parties: Parties): void {
  mustBeOpen(row);
  const whom = decidedByWhom(row, parties);
  if (asked(row, principal)) {
    const message = `${principal.name} asked for this and can't decide on it: ${whom} can, if it is somebody else`;
    throw new AtriumError('DECISION_REFUSED', message);
  }
  if (isConcerned(row, principal)) return;
  throw new AtriumError('DECISION_REFUSED', `${principal.name} can't decide on this: ${whom} can`);
}

/** @throws {AtriumError} REQUEST_CONFLICT, DECISION_REFUSED */
export function mustWithdraw(row: RequestRow, principal: Principal): void {
  mustBeOpen(row);
  if (asked(row, principal) || isPlatform(principal)) return;
  const message = `${principal.name} can't withdraw this: ${row.requester_name} can, or the platform team`;
  throw new AtriumError('DECISION_REFUSED', message);
}

function mustBeOpen({ state, entity }: RequestRow): void {
  if (state === 'open') return;
  throw new AtriumError('REQUEST_CONFLICT', `The request for ${entity} is ${state} already`);
}

/** Who asks by a token of a machine is asking as well. */
export function asked(row: RequestRow, principal: Principal): boolean {
  const people = [row.requested_by, row.requested_behind];
  return (
    people.includes(principal.id) || (principal.kind === 'machine' && people.includes(behind(principal)))
  );
}

/** Whoever looks at the portal as somebody else counts as that person; a machine as whoever owns it. */
export function behind({ kind, actor }: Principal): string | null {
  return kind === 'machine' ? (actor ?? null) : null;
}

function isConcerned(row: RequestRow, principal: Principal): boolean {
  const ref = decider(row);
  return principal.ref === ref || principal.groups.includes(ref) || isPlatform(principal);
}

function isPlatform({ roles }: Principal): boolean {
  return roles.includes('platform') || roles.includes('admin');
}
