/** `http:request`: asks an address, guarded against reaching what lies within the network. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { jsonSchemaOf, parseInput } from '../define-step.ts';
import type { OutsideAction, StepContext } from '../step-action.ts';
import type { OwnStepDeps } from './outside-deps.ts';

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
export function httpRequests(deps: Deps): OutsideAction[] {
  return ['http:request', 'http:backstage:request'].map((id) => httpRequest(id, deps));
}

function httpRequest(id: string, deps: Deps): OutsideAction {
  return {
    id,
    description: 'Sends an HTTP request; private addresses are refused unless the configuration allows them.',
    effect: 'outside',
    input: jsonSchemaOf(input),
    output: jsonSchemaOf(output),
    async plan(context) {
      const given = parseInput(input, context.input);
      const { address } = addressOf(given, deps);
      const summary = `${given.method} ${address}`;
      return {
        calls: [{ summary, target: address, detail: { method: given.method } }],
        output: { code: 200, headers: {}, body: {} },
      };
    },
    async run(context) {
      const given = parseInput(input, context.input);
      return { output: await send(given, context, deps) };
    },
    // What only asks, or says how something is to be, can be said again; anything else may have been done.
    settle: async (context) =>
      ['GET', 'HEAD', 'PUT', 'DELETE'].includes(parseInput(input, context.input).method)
        ? 'not-done'
        : 'unknown',
  };
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
function addressOf({ url, path, params }: Input, { config }: Deps) {
  const base = url ?? proxied(path, config);
  const proxy = url === undefined ? proxyOf(path, config) : undefined;
  const found = URL.parse(base);
  if (!found) throw new AtriumError('STEP_FAILED', `${base} is no address`);
  for (const [name, value] of Object.entries(params)) found.searchParams.set(name, String(value));
  const headers = proxy?.authorization ? { authorization: proxy.authorization.reveal() } : {};
  return { address: found.href, headers, trusted: proxy !== undefined };
}

const PROXIED = /^\/?(?:api\/)?proxy\/([\w.-]+)(\/.*)?$/;

function proxyOf(path: string | undefined, { proxies }: Deps['config']) {
  const [, name = ''] = PROXIED.exec(path ?? '') ?? [];
  return proxies[name];
}

function proxied(path: string | undefined, config: Deps['config']): string {
  if (path === undefined)
    throw new AtriumError('STEP_FAILED', 'Name the address as `url`, or as `path` of a proxy');
  if (/^https?:\/\//.test(path)) return path;
  const proxy = proxyOf(path, config);
  const [, name, rest = ''] = PROXIED.exec(path) ?? [];
  if (proxy) return proxy.target.replace(/\/+$/, '') + rest;
  throw new AtriumError(
    'STEP_FAILED',
    `${path} names the proxy ${name ?? path}, which is not configured: add it under actions.proxies`,
  );
}
