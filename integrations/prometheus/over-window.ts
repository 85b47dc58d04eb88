/** Makes queries of a moment into queries of a window. PromQL: https://prometheus.io/docs/prometheus/latest/querying/basics/ */

const SECONDS: Readonly<Record<string, number>> = {
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 30 * 86_400,
  Q: 90 * 86_400,
  Y: 365 * 86_400,
};
/** Samples of a subquery: more tell hardly more. */
const SAMPLES = 1000;
const SHORTEST_STEP = 15;

/** @param window as OpenSLO writes durations: `28d`. @returns undefined for what is none. */
export function secondsOf(window: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d{1,5})([mhdwMQY])$/.exec(window) ?? [];
  const seconds = Number(number) * (SECONDS[unit] ?? 0);
  return seconds > 0 ? seconds : undefined;
}

/** Words that generators of rules put where the window goes. */
const PLACEHOLDER = /\{\{\s*\.?window\s*\}\}|\$\{window\}|\$window\b|\$__range\b/gi;
const SELECTOR = String.raw`[a-zA-Z_:][\w:]*(?:\{[^{}]*\})?|\{[^{}]+\}`;
const PLAIN = new RegExp(`^(?:${SELECTOR})$`);
/** `sum(…)` and `sum by (…) (…)` of a plain counter: a rise is taken before it is summed up. */
const SUMMED = new RegExp(
  String.raw`^sum(?:\s*(?:by|without)\s*\([^()]*\))?\s*\(\s*(${SELECTOR})\s*\)(?:\s*(?:by|without)\s*\([^()]*\))?$`,
);

/** How much of it there was in the window, as one number. */
export function countOver(query: string, seconds: number, isCounter: boolean): string {
  const plain = query.trim();
  if (isOfWindow(plain, seconds)) return `sum(${filledIn(plain, seconds)})`;
  if (!isCounter) return `sum(sum_over_time((${plain})[${seconds}s:${stepOf(seconds)}s]))`;
  const selector = PLAIN.test(plain) ? plain : SUMMED.exec(plain)?.[1];
  return selector === undefined
    ? `sum(increase((${plain})[${seconds}s:${stepOf(seconds)}s]))`
    : `sum(increase(${selector}[${seconds}s]))`;
}

/** The mean of a share over the window. */
export function shareOver(query: string, seconds: number): string {
  const plain = query.trim();
  if (isOfWindow(plain, seconds)) return `avg(${filledIn(plain, seconds)})`;
  return `avg(avg_over_time((${plain})[${seconds}s:${stepOf(seconds)}s]))`;
}

function stepOf(seconds: number): number {
  return Math.max(SHORTEST_STEP, Math.ceil(seconds / SAMPLES));
}

/** Its author has thought of the window already. */
function isOfWindow(query: string, seconds: number): boolean {
  PLACEHOLDER.lastIndex = 0;
  if (PLACEHOLDER.test(query)) return true;
  return [...query.matchAll(/\[(\d{1,5}[smhdw])\]/g)].some(
    ([, range = '']) => (range.endsWith('s') ? Number.parseInt(range, 10) : secondsOf(range)) === seconds,
  );
}

function filledIn(query: string, seconds: number): string {
  return query.replace(PLACEHOLDER, `${seconds}s`);
}
