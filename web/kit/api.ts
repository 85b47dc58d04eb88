/** The one way to the server: every request of the app passes here. */

const TIMEOUT_MS = 20_000;

export type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Record<string, QueryValue>;

/** What went wrong, in the server's words, and what to do about it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string;

  constructor(status: number, code: string, message: string, remedy: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.remedy = remedy;
  }
}

/** `?a=1&b=2`; lists repeat their key, empty values are left out. */
export function toQuery(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (one !== undefined && one !== null && one !== '') params.append(key, String(one));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

interface Options {
  query?: Query;
  signal?: AbortSignal;
  body?: unknown;
}

async function errorOf(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => null);
  const error = (answer as { error?: Partial<Record<'code' | 'message' | 'remedy' | 'name', string>> } | null)
    ?.error;
  return new ApiError(
    response.status,
    error?.code ?? error?.name ?? `HTTP_${response.status}`,
    error?.message ?? `The server answered ${response.status}`,
    error?.remedy ?? 'Try again; if it stays so, look at the log of the server.',
  );
}

async function request<T>(method: string, path: string, { query, signal, body }: Options): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const init: RequestInit = { method, signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(path + toQuery(query), init);
  } catch (error) {
    if (signal?.aborted) throw error;
    if (timeout.aborted) {
      throw new ApiError(
        0,
        'TIMEOUT',
        'The server took longer than 20 seconds to answer',
        'Try again in a moment.',
      );
    }
    throw new ApiError(
      0,
      'UNREACHABLE',
      'The server does not answer',
      'Check that Atrium is still running, then try again.',
    );
  }
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    request<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(path: string, body?: unknown): Promise<T> => request<T>('POST', path, { body: body ?? {} }),
  patch: <T>(path: string, body: unknown): Promise<T> => request<T>('PATCH', path, { body }),
  delete: <T = void>(path: string): Promise<T> => request<T>('DELETE', path, {}),
};
