/** Requests for ownership in the API. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import * as contract from './contract.ts';
import { type DecisionDeps, decide } from './decisions.ts';
import { askFor, listRequests, withdraw } from './requests.ts';

export type RequestApiDeps = DecisionDeps;

const tags = ['ownership'];
type Params = { Params: z.infer<typeof contract.requestParamsSchema> };

export function registerRequests(app: FastifyInstance, deps: RequestApiDeps): void {
  registerAsking(app, deps);
  registerDeciding(app, deps);
}

function registerAsking(app: FastifyInstance, deps: RequestApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.requestsQuerySchema> }>(
    '/api/ownership/requests',
    {
      config: { permission: 'ownership.read' },
      schema: {
        tags,
        summary: 'Requests for ownership, newest first',
        querystring: contract.requestsQuerySchema,
        response: { 200: contract.requestsSchema },
      },
    },
    async ({ query, principal }) => ({ items: await listRequests(deps, query, principal) }),
  );
  app.post<{ Body: z.infer<typeof contract.requestBodySchema> }>(
    '/api/ownership/requests',
    {
      config: {
        permission: 'ownership.request',
        target: (request) => (request.body as { entity: string }).entity,
      },
      schema: {
        tags,
        summary: 'Asks that an entity gets another owner',
        body: contract.requestBodySchema,
        response: { 201: contract.requestSchema },
      },
    },
    async (request, reply) => {
      const asked = await askFor(deps, request.body, request.principal);
      request.auditDetail = { target: asked.entity, after: toldOf(asked) };
      tell(deps, asked.entity);
      return reply.code(201).send(asked);
    },
  );
}

function registerDeciding(app: FastifyInstance, deps: RequestApiDeps): void {
  // A request that isn't there is told by the handler, to whoever may know.
  const target = async (request: FastifyRequest) => {
    const { id } = request.params as Params['Params'];
    const found = deps.db.selectFrom('ownership_request').select('entity').where('id', '=', id);
    return (await found.executeTakeFirst())?.entity;
  };
  app.post<Params & { Body: z.infer<typeof contract.decideRequestBodySchema> }>(
    '/api/ownership/requests/:id/decision',
    {
      config: { permission: 'ownership.decide', target },
      schema: {
        tags,
        summary: 'Approves or declines a request; an approval moves the ownership at once',
        params: contract.requestParamsSchema,
        body: contract.decideRequestBodySchema,
        response: { 200: contract.requestSchema },
      },
    },
    async (request) => {
      const { params, body, principal } = request;
      const decided = await decide(deps, params.id, body, principal);
      const { from, to } = toldOf(decided);
      request.auditDetail = {
        target: decided.entity,
        before: { owner: from },
        after: { ...toldOf(decided), owner: decided.state === 'approved' ? to : from },
      };
      return decided;
    },
  );
  app.delete<Params>(
    '/api/ownership/requests/:id',
    {
      config: { permission: 'ownership.request', target },
      schema: { tags, summary: 'Withdraws a request', params: contract.requestParamsSchema },
    },
    async (request, reply) => {
      const { id, entity, to_owner } = await withdraw(deps, request.params.id, request.principal);
      request.auditDetail = {
        target: entity,
        before: { request: id, to: to_owner, state: 'open' },
        after: { request: id, to: to_owner, state: 'withdrawn' },
      };
      tell(deps, entity);
      return reply.code(204).send();
    },
  );
}

/** What the audit keeps of a request. */
function toldOf({ id, kind, from, to, state, reason, decisionReason, change }: contract.OwnershipRequest) {
  return {
    request: id,
    kind,
    from: from?.ref ?? null,
    to: to.ref,
    state,
    reason,
    ...(decisionReason && { decisionReason }),
    ...(change && { change: change.branch ?? change.note }),
  };
}

/** Open pages show the request beside the entity. */
function tell({ catalog }: RequestApiDeps, entity: string): void {
  catalog.feed.publish({ seq: 0, refs: [entity], related: [] });
}
