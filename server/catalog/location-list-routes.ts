/** Reading the registered locations. */
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import { annotations } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import * as contract from './backstage-contract.ts';
import type { BackstageDeps } from './backstage-deps.ts';
import { everything } from './filter.ts';
import { sendJson, toJson } from './json-reply.ts';
import { decodeLocationCursor, type LocationStore, pageOfLocations } from './locations.ts';
import { parsePredicate } from './predicate.ts';

const DEFAULT_PAGE = 1000;
const config = { permission: 'catalog.location.read' } as const;
const tags = ['catalog'];

export function registerLocationLists(app: FastifyInstance, deps: BackstageDeps, store: LocationStore): void {
  app.get(
    '/locations',
    {
      config,
      schema: {
        tags,
        summary: 'The registered locations',
        response: { 200: contract.wrappedLocationsSchema },
      },
    },
    async (_request, reply) => sendJson(reply, toJson((await store.list()).map((data) => ({ data })))),
  );
  app.post<{ Body: z.infer<typeof contract.locationsBodySchema> }>(
    '/locations/by-query',
    {
      config,
      schema: {
        tags,
        summary: 'A page of locations',
        body: contract.locationsBodySchema,
        response: { 200: contract.locationPageSchema },
      },
    },
    async (request, reply) => {
      const { cursor: text, limit, query } = request.body;
      const cursor = text ? decodeLocationCursor(text) : { query, limit: limit ?? DEFAULT_PAGE, after: '' };
      const condition = cursor.query === undefined ? everything : parsePredicate(cursor.query);
      const window = { ...cursor, limit: limit ?? cursor.limit };
      return sendJson(reply, toJson(pageOfLocations(await store.list(), condition, window)));
    },
  );
  app.get<{ Params: { id: string } }>(
    '/locations/:id',
    {
      config,
      schema: {
        tags,
        summary: 'A location',
        params: contract.idParamsSchema,
        response: { 200: contract.locationSchema },
      },
    },
    async (request, reply) => sendJson(reply, toJson(await store.get(request.params.id))),
  );
  app.get<{ Params: z.infer<typeof contract.nameParamsSchema> }>(
    '/locations/by-entity/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'The location through which an entity came in',
        params: contract.nameParamsSchema,
        response: { 200: contract.locationSchema },
      },
    },
    async (request, reply) => {
      const { kind, namespace, name } = request.params;
      const ref = `${kind}:${namespace}/${name}`.toLowerCase();
      const origin = await originOf(deps, ref);
      const location = (await store.list()).find(({ type, target }) => `${type}:${target}` === origin);
      if (!location) {
        throw new AtriumError('LOCATION_NOT_FOUND', `Found no location of the entity ${ref}`);
      }
      return sendJson(reply, toJson(location));
    },
  );
}

/** @throws {AtriumError} ENTITY_NOT_FOUND */
async function originOf({ db }: BackstageDeps, ref: string): Promise<string | null> {
  const path = ['metadata', 'annotations', annotations.managedByOrigin];
  const { rows } = await sql<{ origin: string | null }>`
    select body #>> ${path}::text[] as origin from entity where ref = ${ref}`.execute(db);
  const [row] = rows;
  if (!row) {
    throw new AtriumError('ENTITY_NOT_FOUND', `No entity with ref ${ref}`);
  }
  return row.origin;
}
