/** `http:request`: asks an address, guarded against reaching what lies within the network. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction, StepContext } from '../step-action.ts';
import type { OwnStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const input = z.object({
  method: z.enum(methods).default('GET'),
  url: z.string().optional().describe('Absolute address'),
  path: z
    .string()
    .optional()
    .describe('`/proxy/NAME/…`, below an address that the configuration names under `actions.proxies`'),
  headers: z.record(z.string(), z.string()).default({}),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
  timeout: z.number().int().min(1).max(300_000).default(30_000).describe('Milliseconds'),
  continueOnBadResponse: z.boolean().default(false),
});
type Input = z.output<typeof input>;
const output = z.object({
  code: z.number().int(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});

type Deps = Pick<OwnStepDeps, 'fetch' | 'config'>;

/** Under its own name, and the one that templates for Backstage use. */
export function httpRequest(deps: Deps): OutsideAction[] {
  return defineOutside({
    id: 'http:request',
    aliases: ['http:backstage:request'],
    description: 'Sends an HTTP request; private addresses are refused unless the configuration allows them.',
    input,
    output,
    async plan(given) {
      const { address: target } = addressOf(given, deps);
      const { method } = given;
      const calls = [{ summary: `${method} ${target}`, target, detail: { method } }];
      return { calls, output: { code: 200, headers: {}, body: {} } };
    },
    run: async (given, context) => ({ output: await send(given, context, deps) }),
    // What only asks, or says how something is to be, can be said again; anything else may have been done.
    settle: async ({ method }) =>
      method === 'GET' || method === 'HEAD' || method === 'PUT' || method === 'DELETE'
        ? 'not-done'
        : 'unknown',
  });
}

async function send(given: Input, { key, signal, log }: StepContext, deps: Deps) {
  const { address, headers, trusted } = addressOf(given, deps);
  const { method, body } = given;
  const isText = typeof body === 'string';
  const answer = await deps.fetch(address, {
    method,
    guarded: !trusted,
    timeLimit: given.timeout,
    signal,
    headers: {
      // Whoever receives it can tell a second try from a second wish.
      'idempotency-key': key,
      ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }),
      ...given.headers,
      ...headers,
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  const { status: code } = answer;
  log.info(`${method} ${address}: ${code}`);
  if (code >= 400 && !given.continueOnBadResponse) {
    const error = new AtriumError('STEP_FAILED', `${new URL(address).host} answered with ${code}`);
    throw Object.assign(error, { temporary: code === 429 || code >= 502 });
  }
  return {
    code,
    headers: { ...answer.headers },
    body: bodyOf(answer.body, answer.headers['content-type'] ?? ''),
  };
}

function bodyOf(bytes: Buffer, type: string): unknown {
  const text = bytes.toString();
  if (!/\bjson\b/.test(type)) return { message: text };
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/** @throws {AtriumError} STEP_FAILED when there is no such address. */
function addressOf({ url, path = '', params }: Input, { config }: Deps) {
  const written = url ?? path;
  const { base, headers, trusted } = /^https?:\/\//.test(written)
    ? { base: written, headers: {}, trusted: false }
    : proxied(written, config);
  const found = URL.parse(base);
  if (!found) throw new AtriumError('STEP_FAILED', `${base} is no address`);
  for (const [name, value] of Object.entries(params)) found.searchParams.set(name, String(value));
  return { address: found.href, headers, trusted };
}

const PROXIED = /^\/?(?:api\/)?proxy\/([\w.-]+)(\/.*)?$/;
/** As templates for Backstage name a plugin of the portal itself: `catalog/…`, `/catalog/…`, `/api/catalog/…`. */
const OF_PORTAL = /^\/?(?:api\/)?(\w[\w-]*(?:[/?].*)?)$/;

function proxied(path: string, { proxies }: Deps['config']) {
  const [, name, rest = ''] = PROXIED.exec(path) ?? [];
  if (name === undefined) throw unreachable(path);
  const proxy = Object.hasOwn(proxies, name) ? proxies[name] : undefined;
  if (!proxy) {
    throw new AtriumError(
      'STEP_FAILED',
      `${path} names the proxy ${name}, which is not configured: add it under actions.proxies`,
    );
  }
  const { target, authorization } = proxy;
  const headers = authorization ? { authorization: authorization.reveal() } : {};
  return { base: target.replace(/\/+$/, '') + rest, headers, trusted: true };
}

/** A text of a template never acts on the portal by the rights of whoever happens to run it. */
function unreachable(path: string): AtriumError {
  const [, ofPortal] = OF_PORTAL.exec(path) ?? [];
  const why =
    ofPortal === undefined
      ? `“${path}” is no address: give one as url, or /proxy/NAME/… as path`
      : `“${path}” would be a request to the portal itself, and a template has no rights there: name the portal under ` +
        `actions.proxies, with a token of a machine, and write /proxy/NAME/${ofPortal}`;
  return new AtriumError('STEP_FAILED', why);
}
