/** The catalog's API beyond the Backstage one: what the web and the CLI speak. */

import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { readRef } from '../kernel/read-ref.ts';
import { nameParamsSchema } from './backstage-contract.ts';
import { changeList } from './change-list.ts';
import * as contract from './contract.ts';
import type { EntityColumns } from './entity-columns.ts';
import { registerGraph } from './graph-routes.ts';
import type { Catalog } from './index.ts';
import { sendJson, toJson } from './json-reply.ts';
import { type RecordDeps, recordOf } from './record.ts';
import type { ResponseCache } from './response-cache.ts';
import { reviewOf } from './review.ts';
import { decideReview } from './review-decisions.ts';
import { registerRows } from './rows-routes.ts';

export interface PortalDeps extends RecordDeps {
  catalog: Catalog;
  cache: ResponseCache;
  columns: EntityColumns;
  now: () => Date;
}

const readConfig = { permission: 'catalog.entity.read' } as const;
const decideConfig = { permission: 'catalog.review.decide' } as const;

/** Expects the app to have the zod compilers and the error handler of the kernel. */
export function registerPortalApi(app: FastifyInstance, deps: PortalDeps): void {
  registerRows(app, deps);
  registerRecords(app, deps);
  registerGraph(app, deps);
  registerReview(app, deps);
}

function registerRecords(app: FastifyInstance, deps: PortalDeps): void {
  app.get<{ Params: z.infer<typeof nameParamsSchema> }>(
    '/api/catalog/records/:kind/:namespace/:name',
    {
      config: readConfig,
      schema: {
        tags: ['catalog'],
        summary: 'One golden record, with who says what of it',
        params: nameParamsSchema,
        response: { 200: contract.recordSchema },
      },
    },
    async ({ params: { kind, namespace, name } }, reply) =>
      sendJson(reply, toJson(await recordOf(deps, readRef(`${kind}:${namespace}/${name}`)))),
  );
  app.get<{ Querystring: z.infer<typeof contract.changesQuerySchema> }>(
    '/api/catalog/changes',
    {
      config: readConfig,
      schema: {
        tags: ['catalog'],
        summary: 'What changed, newest first',
        querystring: contract.changesQuerySchema,
        response: { 200: contract.changesSchema },
      },
    },
    async ({ query }) => {
      const ref = query.ref === undefined ? undefined : readRef(query.ref);
      return changeList(deps.db, deps.kinds, { ...query, ref });
    },
  );
}

function registerReview(app: FastifyInstance, deps: PortalDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.reviewQuerySchema> }>(
    '/api/review',
    {
      config: readConfig,
      schema: {
        tags: ['review'],
        summary: 'Findings to review, or the decisions on them',
        querystring: contract.reviewQuerySchema,
        response: { 200: contract.reviewSchema },
      },
    },
    async ({ query }) => reviewOf(deps, query),
  );
  app.post<{ Body: z.infer<typeof contract.decideBodySchema> }>(
    '/api/review/decisions',
    {
      config: decideConfig,
      schema: {
        tags: ['review'],
        summary: 'Accept, ignore, merge or reopen findings',
        body: contract.decideBodySchema,
        response: { 200: contract.decideSchema },
      },
    },
    async (request) => {
      const { body, principal } = request;
      request.auditDetail = { target: body.refs.join(' ') };
      const { refs, before, after } = await decideReview(deps, body, principal.id);
      request.auditDetail = { target: refs.join(' '), before, after };
      return { decided: refs.length };
    },
  );
}
