/** The one format of dates, ages and numbers. */

const units: [Intl.RelativeTimeFormatUnit, string, number][] = [
  ['year', 'y', 31_536_000],
  ['month', 'mo', 2_592_000],
  ['day', 'd', 86_400],
  ['hour', 'h', 3_600],
  ['minute', 'min', 60],
  ['second', 's', 1],
];

/** `just now`, `40 s ago`, `2 h ago`; `in 3 h` for what is to come. */
export function relativeTime(iso: string, now: number): string {
  const seconds = Math.round((now - Date.parse(iso)) / 1000);
  if (Number.isNaN(seconds)) return 'unknown';
  const age = Math.abs(seconds);
  if (age < 5) return 'just now';
  const [, unit, size] = units.find(([, , length]) => age >= length) ?? ['second', 's', 1];
  const text = `${Math.floor(age / size)} ${unit}`;
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
export function exactTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : exact.format(time);
}

const moment = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
/** `Wed, Nov 25, 09:00`: a moment of these weeks. */
export function momentOf(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : moment.format(time);
}

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
/** Of a day without a time, such as a due date. */
export function dateOf(day: string): string {
  const time = Date.parse(day);
  return Number.isNaN(time) ? day : dateFormat.format(time);
}

const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
export function dayOf(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : dayFormat.format(time);
}

const numbers = new Intl.NumberFormat();
export function count(value: number): string {
  return numbers.format(value);
}

/** `1 service`, `1,204 services`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `90 s`, `5 min`, `2 h`: how long a promise is. */
export function duration(seconds: number): string {
  const [, unit, size] = units.find(([, , length]) => seconds >= length) ?? ['second', 's', 1];
  return `${Math.round(seconds / size)} ${unit}`;
}

/** `payments/checkout-api:14`: a place that a person can go to. */
export function placeText(
  path: string | null | undefined,
  line?: number | null,
  column?: number | null,
): string {
  if (!path) return '';
  return [path, line, column].filter((part) => part !== null && part !== undefined).join(':');
}

/** A value of a descriptor in one line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return JSON.stringify(value);
}

const LONG = 240;

/** As one line that still fits on a page. */
export function shortText(value: unknown): string {
  const whole = valueText(value);
  return whole.length > LONG ? `${whole.slice(0, LONG)}…` : whole;
}

const refPattern = /^(?:([a-z]+):)?(?:([\w.-]+)\/)?([\w.-]+)$/i;

/** Whether two claims say the same: `checkout` and `group:default/checkout` do. */
export function sameValue(one: unknown, other: unknown): boolean {
  const texts = [valueText(one).toLowerCase(), valueText(other).toLowerCase()] as const;
  if (texts[0] === texts[1]) return true;
  const [a, b] = [refPattern.exec(texts[0]), refPattern.exec(texts[1])];
  if (!a || !b) return false;
  const sameKind = a[1] === undefined || b[1] === undefined || a[1] === b[1];
  return sameKind && (a[2] ?? 'default') === (b[2] ?? 'default') && a[3] === b[3];
}
