/** Making, listing and revoking tokens. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { Gate } from '../kernel/gate.ts';
import * as contract from './contract.ts';
import type { Policy } from './policy.ts';
import type { NewToken, Token, Tokens } from './tokens.ts';

export interface TokenApiDeps {
  tokens: Tokens;
  policy: Policy;
  gate: Gate;
}

const config = { permission: 'access.token.own' } as const;
const tags = ['access'];
const paramsSchema = z.object({ id: z.uuid() });

export function registerTokenApi(app: FastifyInstance, deps: TokenApiDeps): void {
  const { tokens, gate } = deps;
  app.get<{ Querystring: z.infer<typeof contract.tokensQuerySchema> }>(
    '/api/tokens',
    {
      config,
      schema: {
        tags,
        summary: 'Their own tokens, or all',
        querystring: contract.tokensQuerySchema,
        response: { 200: contract.tokensSchema },
      },
    },
    async (request) => {
      if (request.query.all) await gate.authorize(request, 'access.token.all');
      return { tokens: await tokens.list(request.query.all ? undefined : request.principal.id) };
    },
  );
  app.post<{ Body: NewToken }>(
    '/api/tokens',
    {
      config,
      schema: {
        tags,
        summary: 'Makes a token; the answer is the only one that shows it',
        body: contract.createTokenBodySchema,
        response: { 201: contract.createdTokenSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await create(deps, request, request.body)),
  );
  app.delete<{ Params: z.infer<typeof paramsSchema> }>(
    '/api/tokens/:id',
    { config, schema: { tags, summary: 'Revokes a token', params: paramsSchema } },
    async (request, reply) => {
      const token = await tokens.get(request.params.id);
      request.auditDetail = { target: `token:${token.id}`, before: told(token) };
      if (token.owner !== request.principal.id) await gate.authorize(request, 'access.token.all');
      await tokens.revoke(token.id);
      return reply.code(204).send();
    },
  );
}

async function create({ tokens, policy, gate }: TokenApiDeps, request: FastifyRequest, body: NewToken) {
  const { principal } = request;
  request.auditDetail = { after: body };
  if (body.kind === 'machine') await gate.authorize(request, 'access.token.all');
  // Or one that was found could be made to live on.
  if (principal.scopes) throw new AtriumError('ACCESS_DENIED', 'A token can’t make tokens: sign in to do so');
  const held = body.kind === 'machine' ? policy.always(principal) : policy.ever(principal);
  const missing = body.scopes.filter((scope) => !held.includes(scope));
  if (missing.length > 0) {
    const whom = body.kind === 'machine' ? 'give to a machine' : 'have in a token';
    throw new AtriumError('ACCESS_DENIED', `${principal.name} may not ${whom}: ${missing.join(', ')}`);
  }
  const created = await tokens.create(principal, body);
  request.auditDetail = { target: `token:${created.token.id}`, after: told(created.token) };
  return created;
}

function told({ name, kind, owner, scopes, expiresAt }: Token) {
  return { name, kind, owner, scopes, expiresAt };
}
