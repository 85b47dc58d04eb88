/** Who is on call when: computed from a group's rotation alone. Reading it: rotation-reading.ts. */
import { DateTime } from 'luxon';

export interface Override {
  from: Date;
  until: Date;
  /** Canonical ref of a person. */
  person: string;
}

export interface Rotation {
  /** IANA name; all local times are in it. */
  timeZone: string;
  /** Local date of the first hand-over: `2026-01-05`. */
  start: string;
  /** Days from one hand-over to the next. */
  days: number;
  /** Local time: `09:00`. */
  handOver: string;
  /** Canonical refs; they take turns in this order. */
  people: readonly [string, ...string[]];
  /** Where two overlap, the later one in the list counts. */
  overrides: readonly Override[];
}

/** Somebody's time, from its first moment up to the first moment of the next. */
export interface Shift {
  person: string;
  from: Date;
  until: Date;
  /** Somebody stands in. */
  override: boolean;
}

const DAY_MS = 86_400_000;

/** The shift that holds a moment. Undefined before the rotation starts. */
export function shiftAt(rotation: Rotation, at: Date): Shift | undefined {
  const { value } = shiftsFrom(rotation, at).next();
  return value && value.from <= at ? value : undefined;
}

/**
 * The shifts in order, from the one that holds the moment or else the next: each begins when the one before ends.
 * They never end, so take as many as are needed.
 */
export function* shiftsFrom(rotation: Rotation, at: Date): Generator<Shift, undefined> {
  let pending: Segment | undefined;
  for (const segment of segmentsFrom(rotation, at)) {
    if (pending?.override && pending.override === segment.override) {
      pending.until = segment.until;
      continue;
    }
    if (pending) yield* shiftOf(pending, at);
    pending = segment;
  }
}

/** A stretch of time in which nothing changes. */
interface Segment {
  from: number;
  until: number;
  person: string | undefined;
  override: Override | undefined;
}

function* shiftOf({ from, until, person, override }: Segment, at: Date): Generator<Shift, undefined> {
  if (person === undefined || until <= at.getTime()) return;
  yield { person, from: new Date(from), until: new Date(until), override: override !== undefined };
}

/** Turns, cut where an override begins or ends. */
function* segmentsFrom(rotation: Rotation, at: Date): Generator<Segment, undefined> {
  const { overrides, people } = rotation;
  // Whoever stands in now may have begun turns ago.
  const begun = overrides.filter(({ from, until }) => from <= at && at < until).map(({ from }) => +from);
  for (let turn = turnAt(rotation, Math.min(+at, ...begun)); ; turn++) {
    const begin = turn < 0 ? Number.NEGATIVE_INFINITY : beginOf(rotation, turn);
    const end = beginOf(rotation, turn + 1);
    const cuts = overrides
      .flatMap(({ from, until }) => [+from, +until])
      .filter((cut) => begin < cut && cut < end);
    const points = [...new Set([begin, ...cuts, end])].sort((a, b) => a - b);
    for (const [index, from] of points.slice(0, -1).entries()) {
      const override = overrides.findLast((each) => +each.from <= from && from < +each.until);
      const person = override?.person ?? (turn < 0 ? undefined : people[turn % people.length]);
      yield { from, until: points[index + 1] ?? end, person, override };
    }
  }
}

/** Number of the turn that holds a moment; -1 before the first. */
function turnAt(rotation: Rotation, at: number): number {
  const first = beginOf(rotation, 0);
  if (at < first) return -1;
  let turn = Math.floor((at - first) / (rotation.days * DAY_MS));
  // Days of 23 and 25 hours move the hand-over against the count of hours.
  while (turn > 0 && beginOf(rotation, turn) > at) turn--;
  while (beginOf(rotation, turn + 1) <= at) turn++;
  return turn;
}

function beginOf({ start, days, handOver, timeZone }: Rotation, turn: number): number {
  const date = DateTime.fromISO(start, { zone: 'utc' })
    .plus({ days: turn * days })
    .toISODate();
  const at = momentOf(`${date}T${handOver}`, timeZone);
  if (at === undefined) throw new RangeError(`${date}T${handOver} is no time in ${timeZone}`);
  return +at;
}

/**
 * The moment of a local time. One that the clocks skip is moved on by as much as they skip; of two with the same
 * name, it is the first. Undefined when it is no time.
 */
export function momentOf(local: string, timeZone: string): Date | undefined {
  const time = DateTime.fromISO(local, { zone: timeZone });
  if (!time.isValid) return undefined;
  // Which of two luxon takes by itself depends on the season in which it is asked.
  return new Date(Math.min(...time.getPossibleOffsets().map((each) => each.toMillis())));
}
