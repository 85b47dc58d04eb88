/** Registered locations: register, change, delete. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { LocationRef } from '#model/locations.ts';
import { addLocation, removeLocation, tryLocation } from './add-location.ts';
import * as contract from './backstage-contract.ts';
import type { BackstageDeps } from './backstage-deps.ts';
import { sendJson, toJson } from './json-reply.ts';
import { registerLocationLists } from './location-list-routes.ts';
import { checkLocation, createLocationStore, type LocationStore, locationEntity } from './locations.ts';

const tags = ['catalog'];
const create = { permission: 'catalog.location.create' } as const;

type Input = z.infer<typeof contract.locationInputSchema>;

export function registerLocations(app: FastifyInstance, deps: BackstageDeps): void {
  const store = createLocationStore(deps.db, deps.now);
  registerLocationLists(app, deps, store);
  app.post<{ Querystring: z.infer<typeof contract.addLocationQuerySchema>; Body: Input }>(
    '/locations',
    {
      config: create,
      schema: {
        tags,
        summary: 'Registers a location',
        querystring: contract.addLocationQuerySchema,
        body: contract.locationInputSchema,
        response: { 201: contract.addLocationSchema },
      },
    },
    async (request, reply) => {
      const location = checkLocation(request.body);
      const { dryRun, onConflict } = request.query;
      request.auditDetail = { target: nameOf(location) };
      if (isTrue(dryRun)) {
        const tried = await tryLocation(deps, store, location);
        request.auditDetail.after = { dryRun: true };
        return sendJson(reply.code(201), toJson(tried));
      }
      const added = await addLocation(deps, store, location, { onConflict });
      request.auditDetail.after = added;
      return sendJson(reply.code(201), toJson({ location: added, entities: [] }));
    },
  );
  registerChanges(app, deps, store);
}

/** As the audit names a location. */
function nameOf({ type, target }: LocationRef): string {
  return `location:${type}:${target}`;
}

function isTrue(text: string | undefined): boolean {
  return ['true', 't', 'yes', 'y', 'on', '1'].includes(text?.trim().toLowerCase() ?? '');
}

function registerChanges(app: FastifyInstance, deps: BackstageDeps, store: LocationStore): void {
  app.put<{ Params: { id: string }; Body: Input }>(
    '/locations/:id',
    {
      config: create,
      schema: {
        tags,
        summary: 'Points a location elsewhere',
        params: contract.idParamsSchema,
        body: contract.locationInputSchema,
        response: { 200: contract.locationSchema },
      },
    },
    async (request, reply) => {
      const before = await store.get(request.params.id);
      request.auditDetail = { target: nameOf(before), before };
      const after = await store.change(before.id, checkLocation(request.body));
      if (after.entityRef !== before.entityRef) {
        await deps.unregisterLocation(before);
        await deps.registerLocation(after, await locationEntity(after));
      }
      request.auditDetail.after = after;
      return sendJson(reply, toJson(after));
    },
  );
  app.delete<{ Params: { id: string } }>(
    '/locations/:id',
    {
      config: { permission: 'catalog.location.delete' },
      schema: {
        tags,
        summary: 'Deletes a location and what came in through it',
        params: contract.idParamsSchema,
      },
    },
    async (request, reply) => {
      const location = await store.get(request.params.id);
      request.auditDetail = { target: nameOf(location), before: location };
      await removeLocation(deps, store, location);
      return reply.code(204).send();
    },
  );
}
