/** One REST API as step actions use it: JSON both ways, and failures told in words. */
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { Fetch, FetchAnswer, FetchRequest } from '../../kernel/fetch.ts';
import { type RestAnswer, restFailure, unreachable } from './rest-failures.ts';

export interface RestTarget {
  /** As messages name it. */
  name: string;
  /** Address that paths are put behind, without a slash at its end. */
  base: string;
  headers: Readonly<Record<string, string>>;
  ca?: string | undefined;
  /** A template named it. */
  guarded?: boolean;
}

export interface RestRequest {
  method?: FetchRequest['method'];
  /** Sent as JSON; a string as it is. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | boolean>>;
  /** Statuses that are an answer and no failure, beside the successful ones. */
  accept?: readonly number[];
  /** Nobody can tell later whether it was done, so it is not sent again unless it certainly was not. */
  once?: boolean;
}

const MOST_PAGES = 20;

export class Rest {
  readonly #fetch: Fetch;
  readonly #target: RestTarget;
  readonly #signal: AbortSignal;

  constructor(fetch: Fetch, target: RestTarget, signal: AbortSignal) {
    this.#fetch = fetch;
    this.#target = target;
    this.#signal = signal;
  }

  /** @throws {AtriumError} STEP_FAILED, TOO_MANY_REQUESTS, OUTSIDE_UNAVAILABLE */
  async send(path: string, request: RestRequest = {}): Promise<RestAnswer> {
    const { body, query = {}, method = 'GET', accept = [], once = false } = request;
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
    const shown = `${method} ${path}`;
    const { name, base } = this.#target;
    const address = `${base}${path}${search.size > 0 ? `?${search}` : ''}`;
    const answer = await this.#ask(address, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...request.headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw unreachable(error, { name, shown, once });
    });
    const parsed = contentOf(answer);
    if (answer.status < 300 || accept.includes(answer.status)) {
      return { status: answer.status, headers: answer.headers, body: parsed };
    }
    throw restFailure({ name, shown, once }, { ...answer, body: parsed });
  }

  /** As `send`, for an answer of a known shape. */
  async read<Shape extends z.ZodType>(
    shape: Shape,
    path: string,
    request?: RestRequest,
  ): Promise<z.output<Shape>> {
    return this.#shaped(shape, path, (await this.send(path, request)).body);
  }

  /** As `read`; undefined where there is nothing. */
  async find<Shape extends z.ZodType>(
    shape: Shape,
    path: string,
    request: RestRequest = {},
  ): Promise<z.output<Shape> | undefined> {
    const answer = await this.send(path, { ...request, accept: [404] });
    return answer.status === 404 ? undefined : this.#shaped(shape, path, answer.body);
  }

  /** All items of a list that is told in pages. */
  async all<Shape extends z.ZodType>(
    shape: Shape,
    path: string,
    query: RestRequest['query'] = {},
    mostPages = MOST_PAGES,
  ): Promise<z.output<Shape>[]> {
    const items: z.output<Shape>[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const { headers, body } = await this.send(path, { query: { ...query, per_page: 100, page } });
      for (const item of Array.isArray(body) ? body : []) items.push(this.#shaped(shape, path, item));
      if (!headers.link?.includes('rel="next"')) break;
    }
    return items;
  }

  #ask(address: string, request: FetchRequest): Promise<FetchAnswer> {
    const { headers, ca, guarded } = this.#target;
    return this.#fetch(address, {
      ...request,
      headers: { accept: 'application/json', 'user-agent': 'atrium', ...headers, ...request.headers },
      signal: this.#signal,
      ...(ca !== undefined && { ca }),
      ...(guarded && { guarded }),
    });
  }

  #shaped<Shape extends z.ZodType>(shape: Shape, path: string, body: unknown): z.output<Shape> {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const what = `${issue?.path.join('.') || 'the answer'}: ${issue?.message}`;
    throw new AtriumError('STEP_FAILED', `${this.#target.name} answers ${path} in an unknown way: ${what}`);
  }
}

function contentOf({ body }: FetchAnswer): unknown {
  const text = body.toString('utf8');
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
