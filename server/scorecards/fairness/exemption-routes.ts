/** Exemptions in the API. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { canonicalRef } from '#model/ref.ts';
import * as contract from '../contract.ts';
import type { ScorecardApiDeps } from '../route-deps.ts';
import { askExemption, decideExemption, listExemptions, withdrawExemption } from './exemptions.ts';

const tags = ['exemptions'];
type Params = { Params: z.infer<typeof contract.exemptionParamsSchema> };

export function registerExemptionApi(app: FastifyInstance, deps: ScorecardApiDeps): void {
  registerAsk(app, deps);
  registerDecide(app, deps);
}

/** The entity that an exemption is asked for. */
function targetOf(request: FastifyRequest): string | undefined {
  const { entity } = request.body as z.infer<typeof contract.exemptionBodySchema>;
  try {
    return canonicalRef(entity);
  } catch {
    return undefined;
  }
}

function registerAsk(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.exemptionsQuerySchema> }>(
    '/api/exemptions',
    {
      config: { permission: 'scorecard.read' },
      schema: {
        tags,
        summary: 'Exemptions, those that wait for a decision first',
        querystring: contract.exemptionsQuerySchema,
        response: { 200: contract.exemptionsSchema },
      },
    },
    async ({ query, principal }) => ({ items: await listExemptions(deps, query, principal) }),
  );
  app.post<{ Body: z.infer<typeof contract.exemptionBodySchema> }>(
    '/api/exemptions',
    {
      config: { permission: 'exemption.request', target: targetOf },
      schema: {
        tags,
        summary: 'Asks for an exemption from a rule, for a time',
        body: contract.exemptionBodySchema,
        response: { 201: contract.exemptionSchema },
      },
    },
    async (request, reply) => {
      const exemption = await askExemption(deps, request.body, request.principal);
      request.auditDetail = { target: exemption.entity, after: request.body };
      return reply.code(201).send(exemption);
    },
  );
}

function registerDecide(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.post<Params & { Body: z.infer<typeof contract.decideExemptionBodySchema> }>(
    '/api/exemptions/:id/decision',
    {
      config: { permission: 'exemption.decide' },
      schema: {
        tags,
        summary: 'Grants or refuses one',
        params: contract.exemptionParamsSchema,
        body: contract.decideExemptionBodySchema,
        response: { 200: contract.exemptionSchema },
      },
    },
    async (request) => {
      const { params, body, principal } = request;
      request.auditDetail = { target: `exemption:${params.id}`, after: body };
      return decideExemption(deps, params.id, body, principal);
    },
  );
  app.delete<Params>(
    '/api/exemptions/:id',
    {
      config: { permission: 'exemption.decide' },
      schema: {
        tags,
        summary: 'Takes one back',
        params: contract.exemptionParamsSchema,
        response: { 200: contract.exemptionSchema },
      },
    },
    async (request) => {
      request.auditDetail = { target: `exemption:${request.params.id}`, after: { state: 'withdrawn' } };
      return withdrawExemption(deps, request.params.id, request.principal);
    },
  );
}
