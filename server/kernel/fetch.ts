/** The one way in which the server asks something of another machine by HTTP. */
import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, fetch, type Response } from 'undici';
import { AtriumError } from '#model/errors.ts';
import type { CheckedAddress } from '#model/integration.ts';
import type { AddressGuard } from './address-guard.ts';
import { mayRepeat, pauseBefore } from './fetch-retry.ts';

export interface FetchRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** To be set when a document or a person named the address. */
  guarded?: boolean;
  /** Not sent again, whatever comes of it. */
  once?: boolean;
  /** Milliseconds for all of it: attempts, pauses, redirects and the answer's body. */
  timeLimit?: number;
  /** Bytes of the answer's body, unpacked. */
  largest?: number;
  signal?: AbortSignal;
  /** Certificate (PEM) that vouches for the other machine, instead of those that vouch for everybody. */
  ca?: string;
}

export interface FetchAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Where the answer came from, behind all redirects. */
  url: string;
  body: Buffer;
}

/** @throws {AtriumError} ADDRESS_REFUSED, FETCH_FAILED, FETCH_TOO_LARGE; any status is an answer. */
export type Fetch = (address: string, request?: FetchRequest) => Promise<FetchAnswer>;

export interface FetchDeps {
  guard: AddressGuard;
  /** From 0 to 1, for pauses that differ between processes. */
  random?: () => number;
  now?: () => Date;
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const TIME_LIMIT_MS = 30_000;
const LARGEST_BYTES = 10 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const MOST_ATTEMPTS = 3;
const PROTOCOLS = ['https:', 'http:'];
/** Not sent to another origin than the one that they were given for. */
const OF_ONE_ORIGIN = new Set(['authorization', 'cookie', 'proxy-authorization']);

export function createFetch({
  guard,
  random = Math.random,
  now = () => new Date(),
  pause = (ms, signal) => sleep(ms, undefined, { signal }),
}: FetchDeps): Fetch {
  return async (address, request = {}) => {
    const limit = AbortSignal.timeout(request.timeLimit ?? TIME_LIMIT_MS);
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
    const attempts = !request.once && mayRepeat(request.method ?? 'GET') ? MOST_ATTEMPTS : 1;
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === attempts;
      const answer = await follow(address, request, signal, guard).catch((error: unknown) => {
        request.signal?.throwIfAborted();
        if (error instanceof AtriumError) throw error;
        if (isLast || signal.aborted) throw failed(address, limit.aborted ? SLOW : error);
        return undefined;
      });
      const wait = pauseBefore(attempt, answer, random, now);
      if (answer && (isLast || wait === undefined)) return answer;
      await pause(wait ?? 0, signal).catch((error: unknown) => {
        request.signal?.throwIfAborted();
        throw failed(address, limit.aborted ? SLOW : error);
      });
    }
  };
}

const SLOW = new Error('no answer in time');

/** One attempt, with as many steps as there are redirects; each of them is checked as the first was. */
async function follow(
  address: string,
  request: FetchRequest,
  signal: AbortSignal,
  guard: AddressGuard,
): Promise<FetchAnswer> {
  const isReading = ['GET', 'HEAD'].includes(request.method ?? 'GET');
  let url = parse(address);
  let headers = request.headers ?? {};
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const checked = request.guarded ? await guard.check(url.href, PROTOCOLS) : undefined;
    const answer = await ask(url, { ...request, headers }, signal, checked);
    const target = isReading ? redirectOf(answer) : undefined;
    if (!target) return answer;
    if (url.protocol === 'https:' && target.protocol !== 'https:') {
      throw failed(url.href, new Error(`it leads from https to ${target.protocol}//`));
    }
    if (target.origin !== url.origin) headers = withoutCredentials(headers);
    url = target;
  }
  throw failed(address, new Error(`it leads elsewhere more than ${MOST_REDIRECTS} times`));
}

async function ask(
  url: URL,
  { method = 'GET', headers = {}, body, largest = LARGEST_BYTES, ca }: FetchRequest,
  signal: AbortSignal,
  checked: CheckedAddress | undefined,
): Promise<FetchAnswer> {
  const dispatcher = checked || ca !== undefined ? dispatcherFor(checked, ca) : undefined;
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body }),
      ...(dispatcher && { dispatcher }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      url: url.href,
      body: await bodyOf(response, largest, url),
    };
  } finally {
    await dispatcher?.destroy();
  }
}

function dispatcherFor(checked: CheckedAddress | undefined, ca: string | undefined): Dispatcher {
  return new Agent({
    connect: { ...(checked && { lookup: pinned(checked) }), ...(ca !== undefined && { ca }) },
  });
}

/** The addresses that were checked, whatever the name resolves to by now. */
function pinned({ addresses }: CheckedAddress): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_host, options, done) => {
    const [first] = all;
    if (options.all) done(null, all);
    else done(null, first?.address ?? '', first?.family);
  };
}

/** Reads no further than allowed: neither the announced length nor the packed size is to be trusted. */
async function bodyOf(response: Response, largest: number, url: URL): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > largest) {
      throw new AtriumError('FETCH_TOO_LARGE', `${place(url.href)} answers with more than ${largest} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function redirectOf({ status, headers, url }: FetchAnswer): URL | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const target = URL.parse(location, url);
  if (!target || !PROTOCOLS.includes(target.protocol)) {
    throw failed(url, new Error('it leads to something that is no http(s) address'));
  }
  return target;
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !OF_ONE_ORIGIN.has(name.toLowerCase())),
  );
}

function parse(address: string): URL {
  const url = URL.parse(address);
  if (url && PROTOCOLS.includes(url.protocol)) return url;
  throw new AtriumError('ADDRESS_REFUSED', `${place(address)} is no http(s) address`);
}

function failed(address: string, cause: unknown): AtriumError {
  return new AtriumError('FETCH_FAILED', `${place(address)} could not be read: ${reasonOf(cause)}`, {
    cause,
  });
}

/** Without user, password and query: these may be secrets, and errors are shown. */
function place(address: string): string {
  const url = URL.parse(address);
  return url?.host ? `${url.protocol}//${url.host}${url.pathname}` : 'The address';
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.message;
}
