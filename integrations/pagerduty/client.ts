/** Asks the REST API of PagerDuty, version 2: https://developer.pagerduty.com/docs/rest-api-overview */
import { AtriumError } from '#model/errors.ts';
import type { OutsideFetch } from '#model/integration.ts';
import { isRecord, recordIn } from '#model/value-words.ts';
import type { PagerDutyConfig } from './config.ts';

const ANSWER_MS = 20_000;
const LARGEST_BYTES = 4 * 1024 * 1024;

/** What was asked for is not there, or its id is none; PagerDuty itself is well. */
export class NotThere extends Error {}

export interface PagerDutyDeps {
  config: PagerDutyConfig;
  fetch: OutsideFetch;
  signal: AbortSignal;
}

/** @throws {NotThere} @throws {AtriumError} when PagerDuty can't be asked. */
export async function ask(
  { config, fetch, signal }: PagerDutyDeps,
  path: string,
  query: URLSearchParams,
): Promise<Record<string, unknown>> {
  const { status, body } = await fetch(`${config.target.replace(/\/+$/, '')}${path}?${query}`, {
    method: 'GET',
    headers: {
      accept: 'application/vnd.pagerduty+json;version=2',
      authorization: `Token token=${config.token.reveal()}`,
    },
    timeLimit: ANSWER_MS,
    largest: LARGEST_BYTES,
    signal,
  });
  const answer = recordIn(body.toString('utf8'));
  if (status === 200 && answer) return answer;
  // Whatever else answers at a wrong address has 404 too, and says it otherwise.
  if ((status === 400 || status === 404) && isRecord(answer?.error)) throw new NotThere(`answered ${status}`);
  throw new AtriumError('SOURCE_UNREADABLE', `PagerDuty answered with ${status}${hintFor(status)}`);
}

function hintFor(status: number): string {
  if (status === 200) return ', and with something else than its API';
  if (status === 401 || status === 403) return ': the token is wrong, or may not read';
  if (status === 429) return ': it is asked too often';
  return '';
}
