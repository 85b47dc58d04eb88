/** Who is on call for a group: as an outside system says, else by the rotation in its descriptor. */
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { parseRef } from '#model/ref.ts';
import { type Rotation, type Shift, shiftAt, shiftsFrom } from '#model/rotation.ts';
import { readRotation } from '#model/rotation-reading.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { ObservedOnCall, OnCall } from './contract.ts';
import { type Group, readGroups } from './groups.ts';
import { type ObservedDeps, observedOnCalls } from './observed-on-call.ts';
import { type Parties, partiesOf } from './parties.ts';

const NEXT_SHIFTS = 4;

/** @throws {AtriumError} ENTITY_NOT_FOUND */
export async function readGroup(db: Kysely<CatalogTables>, ref: string): Promise<Group> {
  const group = (await readGroups(db, [ref])).get(ref);
  if (!group) throw new AtriumError('ENTITY_NOT_FOUND', `There is no group ${ref}`);
  return group;
}

export function rotationOf({ onCall, namespace }: Pick<Group, 'onCall' | 'namespace'>) {
  return readRotation(onCall ?? undefined, namespace);
}

/** Whose shift it is now, where a rotation tells. */
export function shiftNow(group: Group, at: Date): Shift | undefined {
  const { rotation } = rotationOf(group);
  return rotation && shiftAt(rotation, at);
}

export async function onCallOf(deps: ObservedDeps, group: Group): Promise<OnCall> {
  const [byRotation, observed] = await Promise.all([
    rotationAnswer(deps.db, group, deps.now()),
    observedOnCalls(deps, [group.ref]),
  ]);
  const now = observed.get(group.ref);
  return now ? { ...byRotation, ...observedAnswer(now) } : byRotation;
}

/** The rotation says nothing then, but for what is wrong with it. */
function observedAnswer(
  observed: ObservedOnCall,
): Pick<OnCall, 'source' | 'timeZone' | 'now' | 'next' | 'calendar' | 'observed'> {
  const [first] = observed.people;
  const now = first ? { person: first.person, from: first.from, until: first.until, override: false } : null;
  return { source: 'integration', timeZone: null, now, next: [], calendar: null, observed };
}

async function rotationAnswer(db: Kysely<CatalogTables>, group: Group, at: Date): Promise<OnCall> {
  const { rotation, problems } = rotationOf(group);
  const people = rotation ? peopleIn(rotation) : [];
  const parties = await partiesOf(db, [group.ref, ...people]);
  const unknown = people.filter((ref) => !parties(ref).exists);
  const shifts = rotation ? nextShifts(rotation, at).map((shift) => answerShift(shift, parties)) : [];
  const isNow = shifts[0] !== undefined && shifts[0].from <= at.toISOString();
  return {
    group: parties(group.ref),
    source: rotation ? 'rotation' : 'none',
    timeZone: rotation?.timeZone ?? null,
    now: (isNow && shifts[0]) || null,
    next: isNow ? shifts.slice(1) : shifts.slice(0, NEXT_SHIFTS),
    problems: [
      ...problems.map(({ message }) => message),
      ...unknown.map((ref) => `spec.onCall names ${ref}, who is not in the catalog`),
    ],
    calendar: rotation ? calendarPath(group.ref) : null,
  };
}

/** What is answered for a group that is only named. */
export function noOnCall(group: OnCall['group']): OnCall {
  return { group, source: 'none', timeZone: null, now: null, next: [], problems: [], calendar: null };
}

function peopleIn({ people, overrides }: Rotation): string[] {
  return [...new Set([...people, ...overrides.map(({ person }) => person)])];
}

function nextShifts(rotation: Rotation, at: Date): Shift[] {
  const shifts: Shift[] = [];
  for (const shift of shiftsFrom(rotation, at)) {
    shifts.push(shift);
    if (shifts.length > NEXT_SHIFTS) break;
  }
  return shifts;
}

function answerShift({ person, from, until, override }: Shift, parties: Parties) {
  return { person: parties(person), from: from.toISOString(), until: until.toISOString(), override };
}

function calendarPath(ref: string): string {
  const { kind, namespace, name } = parseRef(ref);
  return `/api/on-call/${[kind, namespace, name].map(encodeURIComponent).join('/')}/calendar.ics`;
}
