/** The way to an identity provider and back. */
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { isFromOwnPage } from './csrf.ts';
import { finishSignIn, type SignInDeps } from './finish-sign-in.ts';
import { returnPath } from './return-path.ts';
import type { IdentityProvider } from './sign-in-provider.ts';

/** Of one address: more than a person needs, and far too few to guess anything. */
const ATTEMPTS_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

const config = { permission: 'public' } as const;
const common = { tags: ['access'], params: z.object({ provider: z.string() }), response: { 302: z.null() } };
const beginQuerySchema = z.object({
  to: z.string().optional().describe('Path in the portal to come back to'),
});
/** All else is the provider's word to the library. */
const callbackQuerySchema = z.looseObject({ state: z.string().default('') });

interface Begin {
  Params: { provider: string };
  Querystring: z.infer<typeof beginQuerySchema>;
}
interface Callback {
  Params: { provider: string };
  Querystring: z.infer<typeof callbackQuerySchema>;
}

export async function registerSignInApi(app: FastifyInstance, deps: SignInDeps): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(fastifyRateLimit, {
      max: ATTEMPTS_PER_MINUTE,
      timeWindow: MINUTE_MS,
      errorResponseBuilder: (_request, { after }) =>
        new AtriumError(
          'TOO_MANY_REQUESTS',
          `There were too many attempts to sign in; try again in ${after}`,
        ),
    });
    scope.setErrorHandler((error, request, reply) => showError(error, request, reply, '/'));
    scope.get<Begin>(
      '/api/sign-in/:provider',
      {
        config,
        schema: {
          ...common,
          summary: 'Leads to an identity provider, from a page of the portal',
          querystring: beginQuerySchema,
        },
      },
      (request, reply) => begin(deps, request, reply),
    );
    scope.get<Callback>(
      '/api/sign-in/:provider/callback',
      {
        config,
        schema: {
          ...common,
          summary: 'Takes in whom an identity provider has let in',
          querystring: callbackQuerySchema,
        },
      },
      (request, reply) => comeBack(deps, request, reply),
    );
  });
}

async function begin(deps: SignInDeps, request: FastifyRequest<Begin>, reply: FastifyReply) {
  const to = returnPath(request.query.to);
  try {
    const url = deps.url();
    // On this machine the portal has several names, and cookies of one are not those of another.
    if (deps.ownName && request.headers.host !== url.host)
      return reply.redirect(new URL(request.url, url).href);
    const provider = providerOf(deps, request.params.provider);
    // Who has a session at the provider would be signed in by any link, without wanting to.
    if (!isFromOwnPage(request, url.origin)) return reply.redirect(signInPage({ to }));
    const ties = await deps.attempts.begin(request, reply, provider.id, to);
    const there = await provider.begin(callbackOf(url, provider), ties);
    return reply.redirect(there.href);
  } catch (error) {
    return showError(error, request, reply, to);
  }
}

async function comeBack(deps: SignInDeps, request: FastifyRequest<Callback>, reply: FastifyReply) {
  const tried = { to: '/' };
  try {
    const provider = providerOf(deps, request.params.provider);
    const { search } = new URL(request.url, deps.url());
    const url = new URL(search, callbackOf(deps.url(), provider));
    await finishSignIn(deps, { request, reply, provider, url, state: request.query.state, tried });
    return reply.redirect(tried.to);
  } catch (error) {
    return showError(error, request, reply, tried.to);
  }
}

function providerOf({ providers }: SignInDeps, id: string): IdentityProvider {
  const provider = providers.find((each) => each.id === id);
  if (!provider) throw new AtriumError('ROUTE_NOT_FOUND', `There is no identity provider ${id}`);
  return provider;
}

function callbackOf(url: URL, { id }: IdentityProvider): URL {
  return new URL(`/api/sign-in/${id}/callback`, url);
}

/** To the page that offers to sign in, which says what went wrong in words. */
function showError(error: unknown, request: FastifyRequest, reply: FastifyReply, to: string) {
  const code = codeOf(error);
  if (code === 'INTERNAL') request.log.error({ err: error }, 'a sign-in failed');
  const page = signInPage({ error: code, to });
  if (code !== 'TOO_MANY_REQUESTS') return reply.redirect(page);
  // Programs are to see the status and when to come back, and people the page.
  return reply
    .code(429)
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><title>Too many attempts</title><meta http-equiv="refresh" content="0;url=${page}">`,
    );
}

function signInPage({ to, ...rest }: { to: string; error?: string }): string {
  const query = new URLSearchParams({ ...rest, ...(to === '/' ? {} : { to }) }).toString();
  return query === '' ? '/sign-in' : `/sign-in?${query}`;
}

function codeOf(error: unknown): string {
  if (error instanceof AtriumError) return error.code;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500 ? 'INPUT_INVALID' : 'INTERNAL';
}
