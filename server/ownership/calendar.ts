/** A rotation as a calendar that other programs subscribe to. */
import ical from 'ical-generator';
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { shiftsFrom } from '#model/rotation.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { Group } from './groups.ts';
import { rotationOf } from './on-call.ts';
import { partiesOf } from './parties.ts';

const DAY_MS = 86_400_000;
const DAYS_BACK = 30;
const DAYS_AHEAD = 180;
const MOST_SHIFTS = 500;
const READ_AGAIN_SECONDS = 3600;

/**
 * The shifts from a month ago to half a year ahead, each with an id that stays, so that programs know it again.
 * @throws {AtriumError} ENTITY_NOT_FOUND for a group without a rotation.
 */
export async function calendarOf(db: Kysely<CatalogTables>, group: Group, at: Date): Promise<string> {
  const { rotation } = rotationOf(group);
  if (!rotation) throw new AtriumError('ENTITY_NOT_FOUND', `${group.ref} has no rotation`);
  const end = new Date(at.getTime() + DAYS_AHEAD * DAY_MS);
  const shifts = [];
  for (const shift of shiftsFrom(rotation, new Date(at.getTime() - DAYS_BACK * DAY_MS))) {
    if (shift.from >= end || shifts.length === MOST_SHIFTS) break;
    shifts.push(shift);
  }
  const parties = await partiesOf(
    db,
    shifts.map(({ person }) => person),
  );
  const calendar = ical({
    name: `${group.title}: on call`,
    prodId: { company: 'Atrium', product: 'On call' },
    ttl: READ_AGAIN_SECONDS,
  });
  for (const { person, from, until, override } of shifts) {
    const { title } = parties(person);
    calendar.createEvent({
      id: `${group.ref}/${from.toISOString()}`,
      stamp: at,
      start: from,
      end: until,
      summary: `${title} is on call for ${group.title}${override ? ' (stands in)' : ''}`,
    });
  }
  return calendar.toString();
}
