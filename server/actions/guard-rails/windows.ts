/** Times at which a template must not be run: `Fri 12:00 - Mon 08:00`, or `18:00 - 08:00` on every day. */
import { DateTime, IANAZone } from 'luxon';
import type { GuardRails } from '#model/guard-rails.ts';

export type Window = GuardRails['windows'][number];

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface Edge {
  /** 1 is Monday; undefined: every day. */
  weekday: number | undefined;
  hour: number;
  minute: number;
}

/** @returns when the window that holds the moment ends; undefined when none does. */
export function closedUntil(
  windows: readonly Window[],
  at: Date,
): { window: Window; until: Date } | undefined {
  for (const window of windows) {
    const until = endOf(window, at);
    if (until) return { window, until };
  }
  return undefined;
}

export function windowFault({ deny, timeZone }: Window): string | undefined {
  if (!IANAZone.isValidZone(timeZone)) return `${timeZone} is no time zone`;
  const [from, to] = edgesOf(deny);
  const isTime = ({ hour, minute }: Edge) => hour < 24 && minute < 60;
  if (!isTime(from) || !isTime(to)) return `${deny} names a time that no clock shows`;
  if ((from.weekday === undefined) !== (to.weekday === undefined)) {
    return `${deny} names a day at one end only`;
  }
  return undefined;
}

function endOf({ deny, timeZone }: Window, at: Date): Date | undefined {
  const [from, to] = edgesOf(deny);
  const now = DateTime.fromJSDate(at, { zone: timeZone });
  const began = lastAt(from, now);
  const end = nextAt(to, began);
  return end > now ? end.toJSDate() : undefined;
}

/** The latest such moment that is not after the given one. */
function lastAt(edge: Edge, now: DateTime): DateTime {
  const today = onDay(edge, now);
  if (today <= now) return today;
  return onDay(edge, now.minus(edge.weekday === undefined ? { days: 1 } : { weeks: 1 }));
}

/** The first such moment after the given one. */
function nextAt(edge: Edge, after: DateTime): DateTime {
  const sameDay = onDay(edge, after);
  if (sameDay > after) return sameDay;
  return onDay(edge, after.plus(edge.weekday === undefined ? { days: 1 } : { weeks: 1 }));
}

function onDay({ weekday, hour, minute }: Edge, near: DateTime): DateTime {
  const day = weekday === undefined ? near : near.set({ weekday: weekday as 1 });
  return day.set({ hour, minute, second: 0, millisecond: 0 });
}

function edgesOf(span: string): [Edge, Edge] {
  const [from = '', to = ''] = span.split(' - ');
  return [edgeOf(from), edgeOf(to)];
}

function edgeOf(text: string): Edge {
  const parts = text.split(' ');
  const [hour = 0, minute = 0] = (parts.at(-1) ?? '').split(':').map(Number);
  const weekday = parts.length > 1 ? weekdays.indexOf(parts[0] ?? '') + 1 : undefined;
  return { weekday, hour, minute };
}
