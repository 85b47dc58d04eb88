/** When a request is sent once more, and after which pause. */

/** What may be sent twice without doing something twice. */
const REPEATABLE = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
/** Answers of a system that is overloaded or not there at the moment. */
const FOR_NOW = new Set([429, 502, 503, 504]);

const FIRST_PAUSE_MS = 250;
/** Whoever asks for more patience than this gets none: the caller would wait in vain. */
const LONGEST_PAUSE_MS = 10_000;

export function mayRepeat(method: string): boolean {
  return REPEATABLE.has(method);
}

/**
 * Milliseconds to wait before the next attempt; undefined when the answer stands.
 * @param answer absent when there was none.
 */
export function pauseBefore(
  attempt: number,
  answer: { status: number; headers: Readonly<Record<string, string>> } | undefined,
  random: () => number,
  now: () => Date,
): number | undefined {
  if (answer && !FOR_NOW.has(answer.status)) return undefined;
  const asked = answer && (retryAfter(answer.headers['retry-after'], now()) ?? limitReset(answer.headers));
  if (asked !== undefined) return asked <= LONGEST_PAUSE_MS ? asked : undefined;
  // Anywhere within the doubled span, so that many who failed together don't come back together.
  return Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * random();
}

/**
 * Seconds until more may be asked, where no `retry-after` says so; some have a time there, which is larger by far.
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-05#section-3.3
 */
function limitReset(headers: Readonly<Record<string, string>>): number | undefined {
  const seconds = /^\d{1,5}$/.exec(headers['ratelimit-reset'] ?? '')?.[0];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** Seconds or a date. */
function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(date - now.getTime(), 0);
}
