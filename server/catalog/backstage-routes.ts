/** The API that clients of the Backstage catalog and search speak. */
import type { FastifyInstance } from 'fastify';
import type { BackstageDeps } from './backstage-deps.ts';
import { registerAnalysis, registerValidation } from './check-routes.ts';
import { registerEntityLists } from './entity-list-routes.ts';
import { createEntityReader } from './entity-reader.ts';
import { registerEntities } from './entity-routes.ts';
import { registerByRefs, registerFacets } from './entity-set-routes.ts';
import { registerLocations } from './location-routes.ts';
import { registerSearch } from './search-routes.ts';

/** Expects the app to have the zod compilers and the error handler of the kernel. */
export function registerBackstageApi(app: FastifyInstance, deps: BackstageDeps): void {
  const reader = createEntityReader(deps.db, deps.cache);
  app.register(
    async (catalog) => {
      registerEntityLists(catalog, deps, reader);
      registerEntities(catalog, deps, reader);
      registerByRefs(catalog, deps, reader);
      registerFacets(catalog, deps);
      registerLocations(catalog, deps);
      registerAnalysis(catalog, deps);
      registerValidation(catalog, deps);
    },
    { prefix: '/api/catalog' },
  );
  registerSearch(app, deps);
}
