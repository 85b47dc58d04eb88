/** Puts the catalog's API together, with the places that are registered while the portal runs. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Catalog, CatalogTables, EntityColumns, ResponseCache } from './catalog/index.ts';
import { registerBackstageApi, registerEvents, registerPortalApi } from './catalog/routes.ts';
import type { DocFeed } from './docs/index.ts';
import { placeRegistry } from './place-registry.ts';
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
  return { resume: () => locations.resume(), registry: placeRegistry({ db, locations, now }) };
}
