/** Sets of entities: by refs, and the counts of their values. */

import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { readRef } from '../kernel/read-ref.ts';
import {
  byRefsBodySchema,
  byRefsQuerySchema,
  byRefsSchema,
  facetCountsSchema,
  facetsBodySchema,
  facetsQuerySchema,
} from './backstage-contract.ts';
import { type BackstageDeps, commaListOf, listOf } from './backstage-deps.ts';
import { type EntityQuery, soughtBy, whereOf } from './entity-query.ts';
import type { EntityReader } from './entity-reader.ts';
import { countFacets } from './facets.ts';
import { concatItems, sendJson, toJson } from './json-reply.ts';

const config = { permission: 'catalog.entity.read' } as const;
const tags = ['catalog'];

export function registerByRefs(app: FastifyInstance, deps: BackstageDeps, reader: EntityReader): void {
  app.post<{ Querystring: z.infer<typeof byRefsQuerySchema>; Body: z.infer<typeof byRefsBodySchema> }>(
    '/entities/by-refs',
    {
      config,
      // A thousand refs of the longest names.
      bodyLimit: 4 * 2 ** 20,
      schema: {
        tags,
        summary: 'Entities by their refs, in the same order',
        querystring: byRefsQuerySchema,
        body: byRefsBodySchema,
        response: { 200: byRefsSchema },
      },
    },
    async (request, reply) => {
      const { entityRefs, fields, query } = request.body;
      const refs = entityRefs.map((ref, index) => readRef(ref, { field: `entityRefs.${index}` }));
      const question = { filters: listOf(request.query.filter), query };
      const chosen = await keepMatching(deps, refs, question);
      return sendJson(reply, concatItems('{"items":[', await reader.read(chosen, fields), ']}'));
    },
  );
}

/** Refs that don't match become empty, which no entity has. */
async function keepMatching({ db }: BackstageDeps, refs: string[], question: EntityQuery): Promise<string[]> {
  if (question.filters?.length === 0 && question.query === undefined) {
    return refs;
  }
  const { rows } = await sql<{ ref: string }>`select entity.ref from entity
    where entity.ref = any(${refs}::text[]) and ${whereOf(question)}`.execute(db);
  const matching = new Set(rows.map((row) => row.ref));
  return refs.map((ref) => (matching.has(ref) ? ref : ''));
}

export function registerFacets(app: FastifyInstance, deps: BackstageDeps): void {
  const answer = async (facets: string[], question: EntityQuery) =>
    toJson({ facets: await countFacets(deps, soughtBy(question), facets) });
  app.get<{ Querystring: z.infer<typeof facetsQuerySchema> }>(
    '/entity-facets',
    {
      config,
      schema: {
        tags,
        summary: 'Values and their counts',
        querystring: facetsQuerySchema,
        response: { 200: facetCountsSchema },
      },
    },
    async (request, reply) => {
      const facets = commaListOf(request.query.facet);
      if (facets.length === 0) {
        throw new AtriumError('INPUT_INVALID', 'Missing required query parameter "facet"');
      }
      const question = { filters: listOf(request.query.filter) };
      return sendJson(reply, await deps.cache.answerOr(request.url, () => answer(facets, question)));
    },
  );
  app.post<{ Body: z.infer<typeof facetsBodySchema> }>(
    '/entity-facets',
    {
      config,
      schema: {
        tags,
        summary: 'Values and their counts, by predicate',
        body: facetsBodySchema,
        response: { 200: facetCountsSchema },
      },
    },
    async (request, reply) => {
      const { facets, query } = request.body;
      const key = `${request.url}\n${JSON.stringify(request.body)}`;
      return sendJson(reply, await deps.cache.answerOr(key, () => answer(facets, { query })));
    },
  );
}
