/** Single entities and sets of them: by name, by uid, by refs, ancestry, facets, refresh. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import { ancestryOf } from './ancestry.ts';
import {
  ancestrySchema,
  byRefsBodySchema,
  byRefsQuerySchema,
  byRefsSchema,
  entitySchema,
  facetCountsSchema,
  facetsBodySchema,
  facetsQuerySchema,
  nameParamsSchema,
  refreshBodySchema,
  uidParamsSchema,
} from './backstage-contract.ts';
import { type BackstageDeps, commaListOf, listOf } from './backstage-deps.ts';
import { type EntityQuery, whereOf } from './entity-query.ts';
import type { EntityReader } from './entity-reader.ts';
import { countFacets } from './facets.ts';
import { concatItems, sendJson, toJson } from './json-reply.ts';

type NameParams = z.infer<typeof nameParamsSchema>;

const config = { permission: 'catalog.entity.read' };
const tags = ['catalog'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function registerEntities(app: FastifyInstance, deps: BackstageDeps, reader: EntityReader): void {
  registerByName(app, deps, reader);
  registerByUid(app, deps, reader);
  registerByRefs(app, deps, reader);
  registerFacets(app, deps);
  app.post<{ Body: z.infer<typeof refreshBodySchema> }>(
    '/refresh',
    {
      config: { permission: 'catalog.entity.refresh' },
      schema: { tags, summary: 'Reads the sources of an entity again', body: refreshBodySchema },
    },
    async (request, reply) => {
      const ref = readRef(request.body.entityRef);
      const [entity] = await reader.read([ref]);
      if (!entity) {
        throw noEntity(`ref ${ref}`);
      }
      await deps.refresh(ref);
      return reply.code(200).send();
    },
  );
}

function registerByName(app: FastifyInstance, deps: BackstageDeps, reader: EntityReader): void {
  app.get<{ Params: NameParams }>(
    '/entities/by-name/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'An entity by its name',
        params: nameParamsSchema,
        response: { 200: entitySchema },
      },
    },
    (request, reply) => {
      // The hottest path of the API: no promise and no query when the bytes are at hand.
      const ref = refOfParams(request.params);
      const kept = deps.cache.entity(ref);
      return kept ? sendJson(reply, kept) : sendEntity(reply, reader, ref);
    },
  );
  app.get<{ Params: NameParams }>(
    '/entities/by-name/:kind/:namespace/:name/ancestry',
    {
      config,
      schema: {
        tags,
        summary: 'Through which locations an entity came in',
        params: nameParamsSchema,
        response: { 200: ancestrySchema },
      },
    },
    async (request, reply) => {
      const ref = refOfParams(request.params);
      const chain = await ancestryOf(deps.db, ref);
      const root = chain?.at(-1);
      if (!chain || !root) {
        throw noEntity(`ref ${ref}`);
      }
      const entities = await reader.read(chain.map((ancestor) => ancestor.ref));
      const items = chain.flatMap(({ parentEntityRefs }, index) => {
        const entity = entities[index];
        return entity
          ? [concatItems('{"entity":', [entity], `,"parentEntityRefs":${JSON.stringify(parentEntityRefs)}}`)]
          : [];
      });
      return sendJson(
        reply,
        concatItems(`{"rootEntityRef":${JSON.stringify(root.ref)},"items":[`, items, ']}'),
      );
    },
  );
}

async function sendEntity(reply: FastifyReply, reader: EntityReader, ref: string): Promise<FastifyReply> {
  const [entity] = await reader.read([ref]);
  if (!entity) {
    throw noEntity(`ref ${ref}`);
  }
  return sendJson(reply, entity);
}

function registerByUid(app: FastifyInstance, deps: BackstageDeps, reader: EntityReader): void {
  const find = async (uid: string) => {
    const { rows } = UUID.test(uid)
      ? await sql<{ ref: string }>`select ref from entity where uid = ${uid}`.execute(deps.db)
      : { rows: [] };
    return rows[0]?.ref;
  };
  app.get<{ Params: { uid: string } }>(
    '/entities/by-uid/:uid',
    {
      config,
      schema: {
        tags,
        summary: 'An entity by its uid',
        params: uidParamsSchema,
        response: { 200: entitySchema },
      },
    },
    async (request, reply) => {
      const ref = await find(request.params.uid);
      if (ref === undefined) {
        throw noEntity(`uid ${request.params.uid}`);
      }
      return sendEntity(reply, reader, ref);
    },
  );
  app.delete<{ Params: { uid: string } }>(
    '/entities/by-uid/:uid',
    {
      config: { permission: 'catalog.entity.delete' },
      schema: { tags, summary: 'Takes an entity out', params: uidParamsSchema },
    },
    async (request, reply) => {
      const ref = await find(request.params.uid);
      if (ref !== undefined) {
        await deps.removeEntity(ref);
      }
      return reply.code(204).send();
    },
  );
}

function registerByRefs(app: FastifyInstance, deps: BackstageDeps, reader: EntityReader): void {
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
      const refs = entityRefs.map(readRef);
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

function registerFacets(app: FastifyInstance, deps: BackstageDeps): void {
  const answer = async (facets: string[], question: EntityQuery) =>
    toJson({ facets: await countFacets(deps.db, whereOf(question), facets) });
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

function refOfParams({ kind, namespace, name }: NameParams): string {
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

function readRef(text: string): string {
  try {
    return canonicalRef(text);
  } catch (cause) {
    throw new AtriumError('INPUT_INVALID', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function noEntity(what: string): AtriumError {
  return new AtriumError('ENTITY_NOT_FOUND', `No entity with ${what}`);
}
