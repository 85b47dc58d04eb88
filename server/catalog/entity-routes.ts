/** Single entities: by name, by uid, ancestry, refresh. */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { readRef } from '../kernel/read-ref.ts';
import { ancestryOf } from './ancestry.ts';
import {
  ancestrySchema,
  entitySchema,
  nameParamsSchema,
  refreshBodySchema,
  uidParamsSchema,
} from './backstage-contract.ts';
import type { BackstageDeps } from './backstage-deps.ts';
import type { EntityReader } from './entity-reader.ts';
import { concatItems, sendJson } from './json-reply.ts';

type NameParams = z.infer<typeof nameParamsSchema>;

const config = { permission: 'catalog.entity.read' } as const;
const tags = ['catalog'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function registerEntities(app: FastifyInstance, deps: BackstageDeps, reader: EntityReader): void {
  registerByName(app, deps, reader);
  registerByUid(app, deps, reader);
  app.post<{ Body: z.infer<typeof refreshBodySchema> }>(
    '/refresh',
    {
      config: {
        permission: 'catalog.entity.refresh',
        target: ({ body }) => readRef((body as z.infer<typeof refreshBodySchema>).entityRef),
      },
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
      config: {
        permission: 'catalog.entity.delete',
        target: ({ params }) => find((params as { uid: string }).uid),
      },
      schema: { tags, summary: 'Takes an entity out', params: uidParamsSchema },
    },
    async (request, reply) => {
      const ref = await find(request.params.uid);
      if (ref !== undefined) {
        const [entity] = await reader.read([ref]);
        await deps.removeEntity(ref);
        request.auditDetail = { target: ref, ...(entity ? { before: JSON.parse(entity.toString()) } : {}) };
      }
      return reply.code(204).send();
    },
  );
}

function refOfParams({ kind, namespace, name }: NameParams): string {
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

function noEntity(what: string): AtriumError {
  return new AtriumError('ENTITY_NOT_FOUND', `No entity with ${what}`);
}
