/** Puts the catalog's API together, with the places that are registered while the portal runs. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { refOf } from '#model/ref.ts';
import type { Registry } from './actions/index.ts';
import {
  addLocation,
  type Catalog,
  type CatalogTables,
  createLocationStore,
  type EntityColumns,
  type ResponseCache,
  removeLocation,
  tryLocation,
} from './catalog/index.ts';
import { registerBackstageApi, registerEvents, registerPortalApi } from './catalog/routes.ts';
import type { DocFeed } from './docs/index.ts';
import { type RegisteredLocationsDeps, registeredLocations } from './registered-locations.ts';
import type { ScoreFeed } from './scorecards/index.ts';
import { registerSourceApi, type SourceStore } from './sources/index.ts';
import { registerViewApi, ViewStore } from './views/index.ts';

export interface PortalCatalogDeps extends RegisteredLocationsDeps {
  db: Kysely<CatalogTables>;
  catalog: Catalog;
  cache: ResponseCache;
  columns: EntityColumns;
  sourceStore: SourceStore;
  scoreFeed: ScoreFeed;
  docFeed: DocFeed;
}

/** @returns how to go on with what was registered, and how step actions register more. */
export function portalCatalog(app: FastifyInstance, deps: PortalCatalogDeps) {
  const { db, catalog, cache, columns, kinds, manager, sourceStore, now } = deps;
  const locations = registeredLocations(deps);
  const catalogApi = { db, cache, columns, kinds, now };
  registerBackstageApi(app, { ...catalogApi, ...locations });
  registerPortalApi(app, { ...catalogApi, catalog, confirmedAt: (parts) => sourceStore.confirmedAt(parts) });
  registerEvents(app, { feed: catalog.feed, progress: manager, scores: deps.scoreFeed, docs: deps.docFeed });
  registerSourceApi(app, { manager, catalog, store: sourceStore, now });
  registerViewApi(app, new ViewStore({ db: db as never, now }));
  return { resume: () => locations.resume(), registry: placeRegistry(db, locations, now) };
}

function placeRegistry(
  db: Kysely<CatalogTables>,
  locations: ReturnType<typeof registeredLocations>,
  now: () => Date,
): Registry {
  const store = createLocationStore(db, now);
  return {
    async register(target) {
      const location = { type: 'url', target };
      const { entities } = await tryLocation(locations, store, location);
      await addLocation(locations, store, location, 'refresh');
      return entities.map(refOf);
    },
    refresh: (ref) => locations.refresh(ref),
    async unregister(target) {
      const location = await store.find({ type: 'url', target });
      if (location) await removeLocation(locations, store, location);
    },
  };
}
