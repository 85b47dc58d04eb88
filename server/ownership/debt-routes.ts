/** The register of technical debt in the API. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Catalog } from '../catalog/index.ts';
import * as contract from './contract.ts';
import { addDebt, changeDebt, type DebtDeps, getDebt, listDebt, removeDebt } from './debt.ts';

export interface DebtApiDeps extends DebtDeps {
  catalog: Pick<Catalog, 'feed'>;
}

const tags = ['debt'];
type Params = { Params: z.infer<typeof contract.debtParamsSchema> };

export function registerDebt(app: FastifyInstance, deps: DebtApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.debtQuerySchema> }>(
    '/api/debt',
    {
      config: { permission: 'debt.read' },
      schema: {
        tags,
        summary: 'The register of technical debt',
        querystring: contract.debtQuerySchema,
        response: { 200: contract.debtsSchema },
      },
    },
    ({ query }) => listDebt(deps, query),
  );
  app.post<{ Body: z.infer<typeof contract.debtBodySchema> }>(
    '/api/debt',
    {
      config: { permission: 'debt.write', target: entityOfBody },
      schema: {
        tags,
        summary: 'Adds an item to the register',
        body: contract.debtBodySchema,
        response: { 201: contract.debtSchema },
      },
    },
    async (request, reply) => {
      const debt = await addDebt(deps, request.body, request.principal);
      request.auditDetail = { target: debt.entity, after: debt };
      tell(deps, debt.entity);
      return reply.code(201).send(debt);
    },
  );
  registerDebtChanges(app, deps);
}

function registerDebtChanges(app: FastifyInstance, deps: DebtApiDeps): void {
  const config = {
    permission: 'debt.write',
    // An item that isn't there is told by the handler, to whoever may know.
    target: async (request: FastifyRequest) => {
      const { id } = request.params as Params['Params'];
      const row = await deps.db.selectFrom('debt').select('entity').where('id', '=', id).executeTakeFirst();
      return row?.entity;
    },
  } as const;
  app.patch<Params & { Body: z.infer<typeof contract.debtChangeSchema> }>(
    '/api/debt/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Changes an item of the register',
        params: contract.debtParamsSchema,
        body: contract.debtChangeSchema,
        response: { 200: contract.debtSchema },
      },
    },
    async (request) => {
      const before = await getDebt(deps, request.params.id);
      const after = await changeDebt(deps, before.id, request.body);
      request.auditDetail = { target: before.entity, before, after };
      tell(deps, before.entity);
      return after;
    },
  );
  app.delete<Params>(
    '/api/debt/:id',
    {
      config,
      schema: { tags, summary: 'Takes an item out of the register', params: contract.debtParamsSchema },
    },
    async (request, reply) => {
      const before = await getDebt(deps, request.params.id);
      await removeDebt(deps, before.id);
      request.auditDetail = { target: before.entity, before };
      tell(deps, before.entity);
      return reply.code(204).send();
    },
  );
}

function entityOfBody(request: FastifyRequest): string {
  return (request.body as { entity: string }).entity;
}

/** Open pages show the register beside the entity. */
function tell({ catalog }: DebtApiDeps, entity: string): void {
  catalog.feed.publish({ seq: 0, refs: [entity], related: [] });
}
