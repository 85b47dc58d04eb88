/** Reads `spec.onCall` of a group: what is right becomes a rotation, what is wrong a problem. */
import { DateTime, IANAZone } from 'luxon';
import type { Problem } from './contribution.ts';
import { canonicalRef } from './ref.ts';
import { momentOf, type Override, type Rotation } from './rotation.ts';
import { describeValue, isRecord, shorten } from './value-words.ts';

export interface RotationReading {
  /** Absent when there is none, or when it can't be followed. */
  rotation?: Rotation;
  problems: Problem[];
}

const LONGEST_DAYS = 366;
const MOST_PEOPLE = 200;
const MOST_OVERRIDES = 500;
const keys = new Set(['timeZone', 'start', 'every', 'handOver', 'people', 'overrides']);
const overrideKeys = new Set(['from', 'until', 'person']);

/**
 * Never throws. An override that is wrong is left out; anything else that is wrong leaves no rotation.
 * @param namespace of the group, for people who are named without one.
 */
export function readRotation(onCall: unknown, namespace?: string): RotationReading {
  if (onCall === undefined) return { problems: [] };
  const problems: Problem[] = [];
  const report: Report = (field, message, remedy) => void problems.push(warning(field, message, remedy));
  if (!isRecord(onCall)) {
    report('', `spec.onCall must be a mapping, but it is ${describeValue(onCall)}`, example);
    return { problems };
  }
  unknownKeys(onCall, keys, '', report);
  const base = readBase(onCall, namespace, report);
  if (!base) return { problems };
  const overrides = readOverrides(onCall.overrides, base.timeZone, namespace, report);
  return { rotation: { ...base, overrides }, problems };
}

type Report = (field: string, message: string, remedy: string) => void;

const example =
  'Write it as in "onCall: { timeZone: Europe/Berlin, start: 2026-01-05, people: [ada, bob] }".';

function warning(field: string, message: string, remedy: string): Problem {
  return { level: 'warning', message, remedy, field: `spec.onCall${field}` };
}

function unknownKeys(
  value: Record<string, unknown>,
  known: ReadonlySet<string>,
  path: string,
  report: Report,
): void {
  for (const key of Object.keys(value).filter((each) => !known.has(each))) {
    const field = `${path}.${shorten(key)}`;
    report(field, `spec.onCall${field} is not known`, `Write one of ${[...known].join(', ')}, or remove it.`);
  }
}

type Base = Omit<Rotation, 'overrides'>;

function readBase(
  onCall: Record<string, unknown>,
  namespace: string | undefined,
  report: Report,
): Base | undefined {
  const { timeZone, start, every = 'week', handOver = '09:00' } = onCall;
  const wrong = (field: string, value: unknown, remedy: string) =>
    report(`.${field}`, `spec.onCall.${field} can't be used: it is ${describeValue(value)}`, remedy);
  const zone = typeof timeZone === 'string' && IANAZone.isValidZone(timeZone) ? timeZone : undefined;
  if (!zone) wrong('timeZone', timeZone, 'Write the IANA name of a time zone, such as Europe/Berlin.');
  const date = isDate(start) ? start : undefined;
  if (!date) wrong('start', start, 'Write the date of the first hand-over as YYYY-MM-DD.');
  const days = daysOf(every);
  if (!days) wrong('every', every, `Write day, week, or a number of days up to ${LONGEST_DAYS}: "3 days".`);
  const time = typeof handOver === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(handOver) ? handOver : '';
  if (!time) wrong('handOver', handOver, 'Write the local time in quotes: "09:00".');
  const people = readPeople(onCall.people, namespace, report);
  if (!zone || !date || !days || !time || !people) return undefined;
  return { timeZone: zone, start: date, days, handOver: time, people };
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && DateTime.fromISO(value).isValid;
}

function daysOf(every: unknown): number | undefined {
  if (every === 'day') return 1;
  if (every === 'week') return 7;
  const [, count] = (typeof every === 'string' && /^(\d{1,3}) days?$/.exec(every)) || [];
  const days = Number(count ?? 0);
  return days >= 1 && days <= LONGEST_DAYS ? days : undefined;
}

/** One who is named wrongly keeps the rotation from being followed: leaving the turn out would move all others. */
function readPeople(
  people: unknown,
  namespace: string | undefined,
  report: Report,
): [string, ...string[]] | undefined {
  if (!Array.isArray(people) || people.length === 0 || people.length > MOST_PEOPLE) {
    const found = Array.isArray(people) ? `a list of ${people.length}` : describeValue(people);
    const remedy = `List between 1 and ${MOST_PEOPLE} people: "people: [ada, bob]".`;
    report('.people', `spec.onCall.people can't be used: it is ${found}`, remedy);
    return undefined;
  }
  const refs = people.map((person, index) => readPerson(person, namespace, `.people.${index}`, report));
  const [first, ...others] = refs.filter((ref) => ref !== undefined);
  return first === undefined || others.length + 1 < refs.length ? undefined : [first, ...others];
}

function readPerson(
  person: unknown,
  namespace: string | undefined,
  field: string,
  report: Report,
): string | undefined {
  try {
    const ref = typeof person === 'string' ? canonicalRef(person, { kind: 'user', namespace }) : '';
    if (ref.startsWith('user:')) return ref;
  } catch {
    // Told below, like anything else that names no person.
  }
  const message = `spec.onCall${field} names no person: it is ${describeValue(person)}`;
  report(field, message, 'Write the name of a User.');
  return undefined;
}

function readOverrides(
  overrides: unknown,
  timeZone: string,
  namespace: string | undefined,
  report: Report,
): Override[] {
  if (overrides === undefined) return [];
  if (!Array.isArray(overrides) || overrides.length > MOST_OVERRIDES) {
    const found = Array.isArray(overrides) ? `a list of ${overrides.length}` : describeValue(overrides);
    const remedy = `List at most ${MOST_OVERRIDES} of them, each with from, until and person.`;
    report('.overrides', `spec.onCall.overrides can't be used: it is ${found}`, remedy);
    return [];
  }
  const read = overrides.flatMap((override, index) => {
    const one = readOverride(override, `.overrides.${index}`, timeZone, namespace, report);
    return one ? [{ ...one, index }] : [];
  });
  reportOverlaps(read, report);
  return read.map(({ from, until, person }) => ({ from, until, person }));
}

function readOverride(
  override: unknown,
  field: string,
  timeZone: string,
  namespace: string | undefined,
  report: Report,
): Override | undefined {
  if (!isRecord(override)) {
    report(field, `spec.onCall${field} must be a mapping, but it is ${describeValue(override)}`, asOverride);
    return undefined;
  }
  unknownKeys(override, overrideKeys, field, report);
  const from = readMoment(override.from, `${field}.from`, timeZone, report);
  const until = readMoment(override.until, `${field}.until`, timeZone, report);
  const person = readPerson(override.person, namespace, `${field}.person`, report);
  if (from && until && until <= from) {
    report(field, `spec.onCall${field} ends before it begins`, 'Write an "until" that is after "from".');
    return undefined;
  }
  return from && until && person !== undefined ? { from, until, person } : undefined;
}

const asOverride =
  'Write it as in "{ from: 2026-02-01T09:00, until: 2026-02-03T09:00, person: ada }", in local time.';

function readMoment(value: unknown, field: string, timeZone: string, report: Report): Date | undefined {
  const isLocal = typeof value === 'string' && /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?$/.test(value);
  const moment = isLocal ? momentOf(value.replace(' ', 'T'), timeZone) : undefined;
  if (!moment) {
    report(field, `spec.onCall${field} is no local time: it is ${describeValue(value)}`, asOverride);
  }
  return moment;
}

function reportOverlaps(read: readonly (Override & { index: number })[], report: Report): void {
  for (const [at, later] of read.entries()) {
    const earlier = read.slice(0, at).find(({ from, until }) => from < later.until && later.from < until);
    if (!earlier) continue;
    const field = `.overrides.${later.index}`;
    const other = `spec.onCall.overrides.${earlier.index}`;
    report(
      field,
      `spec.onCall${field} overlaps with ${other}; where they do, the later one in the list counts`,
      'Let one of the two end when the other begins.',
    );
  }
}
