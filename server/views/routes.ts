/** Views of the catalog that a person keeps: on the server, so that they are there in every browser, and in none after. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import * as contract from './contract.ts';
import type { ViewStore } from './store.ts';

const config = { permission: 'view.own' } as const;
const tags = ['views'];
const LARGEST_VIEW_BYTES = 16 * 1024;

export function registerViewApi(app: FastifyInstance, views: ViewStore): void {
  app.get(
    '/api/views',
    { config, schema: { tags, summary: 'Their own views', response: { 200: contract.savedViewsSchema } } },
    async (request) => ({ items: await views.list(keeperOf(request)) }),
  );
  app.post<{ Body: contract.SavedView }>(
    '/api/views',
    {
      config,
      bodyLimit: LARGEST_VIEW_BYTES,
      schema: {
        tags,
        summary: 'Keeps a view, in place of the one of that name',
        body: contract.savedViewSchema,
        response: { 201: contract.savedViewSchema },
      },
    },
    async (request, reply) => {
      const { body } = request;
      request.auditDetail = { target: `view:${body.name}`, after: body.search };
      await views.keep(keeperOf(request), body);
      return reply.code(201).send(body);
    },
  );
  app.delete<{ Params: z.infer<typeof contract.savedViewParamsSchema> }>(
    '/api/views/:name',
    { config, schema: { tags, summary: 'Removes a view of theirs', params: contract.savedViewParamsSchema } },
    async (request, reply) => {
      const { name } = request.params;
      request.auditDetail = { target: `view:${name}` };
      await views.remove(keeperOf(request), name);
      return reply.code(204).send();
    },
  );
}

/** @throws {AtriumError} SIGN_IN_NEEDED for whoever isn’t known: what one keeps all others would see. */
function keeperOf({ principal }: FastifyRequest): string {
  if (principal.kind !== 'anonymous') return principal.id;
  throw new AtriumError('SIGN_IN_NEEDED', 'Views are kept for whoever is signed in');
}
