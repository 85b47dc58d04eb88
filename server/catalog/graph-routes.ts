/** Neighbourhoods, ways between entities, and what breaks if one does. */

import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { readRef } from '../kernel/read-ref.ts';
import { commaListOf, listOf } from './backstage-deps.ts';
import * as contract from './contract.ts';
import { type GraphDeps, graphOf, pathsBetween } from './graph.ts';
import { impactOf } from './impact.ts';

const config = { permission: 'catalog.entity.read' } as const;
const tags = ['graph'];

export function registerGraph(app: FastifyInstance, deps: GraphDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.graphQuerySchema> }>(
    '/api/catalog/graph',
    {
      config,
      schema: {
        tags,
        summary: 'The neighbourhood of entities',
        querystring: contract.graphQuerySchema,
        response: { 200: contract.graphSchema },
      },
    },
    async ({ query: { root, relations, kinds, ...query } }) =>
      graphOf(deps, {
        ...query,
        roots: [...new Set(listOf(root).map((ref) => readRef(ref)))],
        relations: chosen(relations),
        kinds: chosen(kinds)?.map((kind) => kind.toLowerCase()),
      }),
  );
  app.get<{ Querystring: z.infer<typeof contract.pathsQuerySchema> }>(
    '/api/catalog/graph/paths',
    {
      config,
      schema: {
        tags,
        summary: 'The shortest ways from one entity to another',
        querystring: contract.pathsQuerySchema,
        response: { 200: contract.pathsSchema },
      },
    },
    async ({ query: { from, to, maxDepth } }) => pathsBetween(deps, readRef(from), readRef(to), maxDepth),
  );
  app.get<{ Querystring: z.infer<typeof contract.impactQuerySchema> }>(
    '/api/catalog/impact',
    {
      config,
      schema: {
        tags,
        summary: 'What breaks if an entity does, and whom to tell',
        querystring: contract.impactQuerySchema,
        response: { 200: contract.impactSchema },
      },
    },
    async ({ query: { ref, depth } }) => impactOf(deps, readRef(ref), depth),
  );
}

function chosen(value: string | string[] | undefined): string[] | undefined {
  const list = commaListOf(value);
  return list.length > 0 ? list : undefined;
}
