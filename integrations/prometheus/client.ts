/** Asks the HTTP API of Prometheus: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
import { AtriumError } from '#model/errors.ts';
import type { OutsideFetch } from '#model/integration.ts';
import { isRecord, recordIn } from '#model/value-words.ts';
import type { PrometheusConfig } from './config.ts';

/** Prometheus gives up on a query after these. */
const QUERY_SECONDS = 20;
const ANSWER_MS = (QUERY_SECONDS + 5) * 1000;
const LARGEST_BYTES = 1024 * 1024;

/** What is wrong with one query, not with Prometheus. */
export class QueryRefused extends Error {}

export interface PrometheusDeps {
  config: PrometheusConfig;
  fetch: OutsideFetch;
  signal: AbortSignal;
}

/**
 * @param query whose answer is one number or nothing. @returns undefined for nothing.
 * @throws {QueryRefused} when it can't be answered. @throws {AtriumError} when Prometheus can't be asked.
 */
export async function ask(
  { config, fetch, signal }: PrometheusDeps,
  query: string,
): Promise<number | undefined> {
  const { status, body } = await fetch(`${config.target.replace(/\/+$/, '')}/api/v1/query`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(config.token && { authorization: `Bearer ${config.token.reveal()}` }),
    },
    body: new URLSearchParams({ query, timeout: `${QUERY_SECONDS}s` }).toString(),
    timeLimit: ANSWER_MS,
    largest: LARGEST_BYTES,
    signal,
  });
  const answer = recordIn(body.toString('utf8'));
  // 400: it can't be read; 422: it can't be worked out; 503: it took too long, or Prometheus is not ready.
  // https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
  if (status === 400 || status === 422 || (status === 503 && answer?.errorType === 'timeout'))
    throw new QueryRefused(reasonIn(answer) ?? `refused with ${status}`);
  if (status !== 200 || answer?.status !== 'success')
    throw new AtriumError(
      'SOURCE_UNREADABLE',
      `Prometheus answered with ${status}${status === 200 ? ', and with something else than its API' : ''}`,
    );
  return numberIn(answer.data);
}

function reasonIn(answer: Record<string, unknown> | undefined): string | undefined {
  return typeof answer?.error === 'string' ? answer.error.slice(0, 300) : undefined;
}

function numberIn(data: unknown): number | undefined {
  const result = isRecord(data) && Array.isArray(data.result) ? data.result : [];
  // A scalar is one sample, a vector is a list of series with one each.
  const first: unknown = typeof result[0] === 'number' ? { value: result } : result[0];
  const sample = isRecord(first) && Array.isArray(first.value) ? first.value[1] : undefined;
  const number = typeof sample === 'string' ? Number(sample) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
