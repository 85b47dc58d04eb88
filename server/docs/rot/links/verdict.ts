/** What the answer of a link means, and when it is asked again. */
import { AtriumError } from '#model/errors.ts';

/**
 * `there`; `gone` for good; `failed` to answer; `unknown` when nothing can be told; `refused` when it may not be asked;
 * `unasked` when the portal had no way out.
 */
export interface Outcome {
  kind: 'there' | 'gone' | 'failed' | 'unknown' | 'refused' | 'unasked';
  status: number | null;
  error: string | null;
}

export interface LinkState {
  status: number | null;
  error: string | null;
  /** When something could be told of it last. */
  checkedAt: Date | null;
  /** When it was asked last, whatever came of it. */
  askedAt: Date | null;
  /** Days in a row on which it failed. */
  failures: number;
}

const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 7 * DAY_MS;
const JITTER = 0.15;
const MOST_FAILURES = 3;
const GONE = [404, 410];
/** What a link leads to that a reader could not open either. Others refuse programs, or want another method. */
const WRONG = [400, 414, 421, 422];
/** Names that are not known, and machines that do not answer or can't be trusted. */
const FAILURES = new Set(
  (
    'ENOTFOUND ENODATA ECONNREFUSED EHOSTUNREACH ENETUNREACH CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT ' +
    'ERR_TLS_CERT_ALTNAME_INVALID SELF_SIGNED_CERT_IN_CHAIN'
  ).split(' '),
);

export function ofStatus(status: number): Outcome {
  if (status < 400) return { kind: 'there', status, error: null };
  if (GONE.includes(status)) return { kind: 'gone', status, error: null };
  const error = `it answers with ${status}`;
  return { kind: WRONG.includes(status) ? 'failed' : 'unknown', status, error };
}

/** Of what the server's fetch throws. */
export function ofError(error: unknown): Outcome {
  if (error instanceof AtriumError && error.code === 'ADDRESS_REFUSED')
    return { kind: 'refused', status: null, error: null };
  // It answers, with more than anybody wants to read.
  if (error instanceof AtriumError && error.code === 'FETCH_TOO_LARGE')
    return { kind: 'there', status: 200, error: null };
  const code = codeOf(error);
  const kind = code !== undefined && FAILURES.has(code) ? 'failed' : 'unknown';
  return { kind, status: null, error: code ?? (error instanceof Error ? error.message : String(error)) };
}

function codeOf(error: unknown): string | undefined {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && !(each instanceof AtriumError)) return each.code;
  }
  return undefined;
}

/** What is known of a link after it was asked. What can't be told changes nothing. */
export function judged(before: LinkState, { kind, status, error }: Outcome, now: Date): LinkState {
  if (kind === 'unasked') return before;
  if (kind === 'unknown') return { ...before, askedAt: now };
  if (kind !== 'failed') return { status, error, checkedAt: now, askedAt: now, failures: 0 };
  const isNewDay = before.failures === 0 || dayOf(before.checkedAt) !== dayOf(now);
  const stays = before.status !== null && GONE.includes(before.status);
  return {
    status: stays ? before.status : null,
    error,
    checkedAt: now,
    askedAt: now,
    failures: before.failures + (isNewDay ? 1 : 0),
  };
}

const dayOf = (time: Date | null) => time?.toISOString().slice(0, 10);

export function isDead({ status, failures }: Pick<LinkState, 'status' | 'failures'>): boolean {
  return failures >= MOST_FAILURES || (status !== null && GONE.includes(status));
}

/** What can't be told, and what failed, is asked again on the next day. @param random from 0 to 1. */
export function dueAfter({ kind }: Outcome, now: Date, random: number): Date {
  const wait = ['failed', 'unknown', 'unasked'].includes(kind) ? DAY_MS : KEPT_MS;
  return new Date(now.getTime() + wait * (1 + JITTER * random));
}
