/** What went wrong at an API, in words, and whether trying again may help. */
import { AtriumError } from '#model/errors.ts';
import { isRecord } from '#model/value-words.ts';
import { withoutSecrets } from '../../kernel/secret.ts';

export interface RestAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

interface Asked {
  name: string;
  /** Method and path. */
  shown: string;
  /** See RestRequest. */
  once: boolean;
}

const LONGEST = 500;
/** It did not get as far as the other machine. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

export function restFailure({ name, shown, once }: Asked, answer: RestAnswer): AtriumError {
  const said = messageIn(answer.body);
  const why = said === '' ? '' : `: ${withoutSecrets(said).slice(0, LONGEST)}`;
  const { status } = answer;
  if (isTooOften(answer)) {
    return busy('TOO_MANY_REQUESTS', `${name} is asked too often just now${why}`, pauseOf(answer));
  }
  if (status === 503 || (!once && (status === 502 || status === 504))) {
    return busy('OUTSIDE_UNAVAILABLE', `${name} answers ${status} to ${shown}${why}`, pauseOf(answer));
  }
  if (status === 401) {
    return new AtriumError('STEP_FAILED', `${name} does not take the token that it is given${why}`);
  }
  const doubt =
    once && status > 500 ? '. It may have been done all the same: look there before trying again' : '';
  return new AtriumError('STEP_FAILED', `${name} answers ${status} to ${shown}${why}${doubt}`);
}

/** For an error of `fetch`: no answer came. */
export function unreachable(error: unknown, { name, shown, once }: Asked): unknown {
  if (!(error instanceof AtriumError) || error.code !== 'FETCH_FAILED') return error;
  // The address of a webhook is a password.
  const why = withoutSecrets(error.message);
  if (!once || NOT_SENT.has(codeOf(error))) {
    return new AtriumError('OUTSIDE_UNAVAILABLE', `${name} can’t be reached: ${why}`, { cause: error });
  }
  const words = `${name} gave no answer to ${shown}: ${why}. Look there whether it was done`;
  return new AtriumError('STEP_FAILED', words, { cause: error });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code } = error as NodeJS.ErrnoException;
  return NOT_SENT.has(code ?? '') ? (code ?? '') : codeOf(error.cause);
}

/** GitHub says it with 403 as well. */
function isTooOften({ status, headers }: RestAnswer): boolean {
  if (status === 429) return true;
  return status === 403 && (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined);
}

/** Seconds; told by the clock of the other machine alone. */
function pauseOf({ headers }: RestAnswer): number | undefined {
  const { 'retry-after': after, 'x-ratelimit-reset': reset, date } = headers;
  if (after !== undefined && /^\d+$/.test(after)) return Number(after);
  const now = Date.parse(date ?? '');
  if (reset === undefined || !/^\d+$/.test(reset) || Number.isNaN(now)) return undefined;
  return Math.max(Number(reset) - now / 1000, 0);
}

function busy(code: 'TOO_MANY_REQUESTS' | 'OUTSIDE_UNAVAILABLE', words: string, pause: number | undefined) {
  if (pause === undefined) return new AtriumError(code, words);
  return Object.assign(new AtriumError(code, words, { retryAfter: pause }), { retryAfterSeconds: pause });
}

/** GitHub: `message` and `errors`; GitLab: `message` or `error`, which may hold lists; Kubernetes: `message`. */
function messageIn(body: unknown): string {
  if (typeof body === 'string') return body.startsWith('<') ? '' : body.trim();
  if (Array.isArray(body)) return body.map(messageIn).filter(Boolean).join(', ');
  if (!isRecord(body)) return '';
  const { message, error, errors } = body;
  const parts = [message, error, errors].map(messageIn).filter(Boolean);
  if (parts.length > 0) return parts.join(': ');
  return Object.entries(body)
    .map(([key, value]) => [key, messageIn(value)])
    .filter(([, text]) => text)
    .map((pair) => pair.join(' '))
    .join(', ');
}
