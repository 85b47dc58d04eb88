/** Which failures of a step may be over in a moment, and how long to wait for that. */
import { AtriumError, type ErrorCode } from '#model/errors.ts';
import { isRecord } from '#model/value-words.ts';

const temporary: readonly ErrorCode[] = ['OUTSIDE_UNAVAILABLE', 'TOO_MANY_REQUESTS', 'STORE_UNAVAILABLE'];

const FIRST_MS = 2000;
const FACTOR = 4;
const LONGEST_MS = 120_000;

/** See StepAction: an error says so by its code, or by a property `temporary`. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof AtriumError && temporary.includes(error.code)) return true;
  return isRecord(error) && error.temporary === true;
}

/**
 * Milliseconds until the next attempt: ever longer, and not the same for many that failed together.
 * @param error may say itself after how many seconds, in `retryAfterSeconds`.
 */
export function pauseAfter(attempts: number, error: unknown, random: () => number): number {
  const asked = isRecord(error) ? Number(error.retryAfterSeconds) : Number.NaN;
  const growing = FIRST_MS * FACTOR ** (attempts - 1) * (0.5 + random() / 2);
  return Math.min(Number.isFinite(asked) ? Math.max(asked * 1000, 0) : growing, LONGEST_MS);
}
