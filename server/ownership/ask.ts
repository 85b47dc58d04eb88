/** The one answer to “Who do I ask?”. */
import type { Link } from './chain.ts';
import type { EntityOwnership, ObservedOnCall, Party } from './contract.ts';
import { type Contact, contactOf, type Group, mailTo } from './groups.ts';
import { shiftNow } from './on-call.ts';
import type { Parties } from './parties.ts';
import type { Responsibilities } from './responsibility.ts';

type Ask = EntityOwnership['ask'];

export interface Known {
  responsibilities: Responsibilities;
  chain: readonly Link[];
  /** Of all that are named. */
  parties: Parties;
  groups: ReadonlyMap<string, Group>;
  suggestedOwner: string | undefined;
  /** Who is on call as outside systems say, for the entity and for whoever is on call for it. */
  observed: ReadonlyMap<string, ObservedOnCall>;
  at: Date;
}

/** Whoever is on call; else the owner, an approver, a guess; else nobody, and what to do about that. */
export function askOf(known: Known): Ask {
  return (
    onCallForIt(known) ??
    onCallPerson(known) ??
    onCallHolder(known) ??
    owner(known) ??
    approver(known) ??
    guess(known) ??
    nobody
  );
}

const nobody: Ask = {
  party: null,
  why: 'Nobody is known to answer for this. If it is yours, claim it for your team; somebody else approves.',
  until: null,
  contact: null,
};

/** The entity itself names its service in a system that has a schedule. */
function onCallForIt({ chain, observed }: Known): Ask | undefined {
  const [link] = chain;
  return link && observedPerson(observed.get(link.ref), 'it', null);
}

function onCallPerson({ responsibilities, groups, parties, observed, at }: Known): Ask | undefined {
  for (const ref of responsibilities.onCall.holders) {
    const group = groups.get(ref);
    const said = group && observedPerson(observed.get(ref), group.title, contactOf(group));
    if (said) return said;
    const shift = group && shiftNow(group, at);
    if (!group || !shift || !parties(shift.person).exists) continue;
    const party = parties(shift.person);
    const why = `On call for ${group.title} now`;
    return {
      party,
      why,
      until: shift.until.toISOString(),
      contact: mailTo(party.email) ?? contactOf(group),
    };
  }
  return undefined;
}

/** @param contact where the person has no mailbox. */
function observedPerson(
  said: ObservedOnCall | undefined,
  title: string,
  contact: Contact | null,
): Ask | undefined {
  const first = said?.people[0];
  if (!first) return undefined;
  const { person, until, plan } = first;
  const why = `On call for ${title} now, as ${said.system} says (${plan.kind} ${plan.name})`;
  return { party: person, why, until, contact: mailTo(person.email) ?? contact };
}

/** Somebody who is on call all the time, or a group that has no rotation. */
function onCallHolder(known: Known): Ask | undefined {
  const { how, holders, from } = known.responsibilities.onCall;
  if (how === 'owner') return undefined;
  return firstKnown(known, holders, `On call for ${titleOf(known, from)}`);
}

function owner(known: Known): Ask | undefined {
  for (const link of known.chain) {
    const why = link.depth === 0 ? 'Owns it' : `Owns ${link.title}, of which it is part`;
    const found = link.owner && firstKnown(known, [link.owner], why);
    if (found) return found;
  }
  return undefined;
}

function approver(known: Known): Ask | undefined {
  const { how, holders, from } = known.responsibilities.approvers;
  if (how === 'owner') return undefined;
  return firstKnown(known, holders, `Approves changes of ${titleOf(known, from)}`);
}

function guess(known: Known): Ask | undefined {
  const { suggestedOwner } = known;
  return suggestedOwner
    ? firstKnown(known, [suggestedOwner], 'A guess by what was found; nobody has confirmed it')
    : undefined;
}

function firstKnown(known: Known, refs: readonly string[], why: string): Ask | undefined {
  const party = refs.map(known.parties).find(({ exists }) => exists);
  return party && { party, why, until: null, contact: contactFor(known, party) };
}

function contactFor({ groups }: Known, { ref, email }: Party): Contact | null {
  const group = groups.get(ref);
  return group ? contactOf(group) : mailTo(email);
}

function titleOf({ chain }: Known, ref: string | null): string {
  const link = chain.find((each) => each.ref === ref);
  return link === undefined || link.depth === 0 ? 'it' : link.title;
}
