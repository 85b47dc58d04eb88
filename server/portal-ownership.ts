/** Puts ownership together: its API, and what follows the catalog. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Catalog, ResponseCache } from './catalog/index.ts';
import type { FactStore } from './facts/index.ts';
import type { Log } from './kernel/log.ts';
import { GapTracker, type OwnershipDb, registerOwnershipApi } from './ownership/index.ts';
import { addSampleDebt } from './sample-debt.ts';
import type { SourceManager, SourceStore } from './sources/index.ts';

export interface PortalOwnershipDeps {
  db: Kysely<OwnershipDb>;
  catalog: Catalog;
  cache: ResponseCache;
  facts: FactStore;
  manager: SourceManager;
  sourceStore: SourceStore;
  isSample: boolean;
  log: Log;
  now: () => Date;
}

/** @returns how to stop it. */
export async function portalOwnership(app: FastifyInstance, deps: PortalOwnershipDeps) {
  const { db, catalog, cache, facts, manager, sourceStore, isSample, log, now } = deps;
  const gaps = new GapTracker({ db, catalog, log });
  const propose = manager.propose.bind(manager);
  registerOwnershipApi(app, { db, catalog, cache, facts, gaps, now, propose });
  if (isSample) await addSampleDebt({ db, known: await sourceStore.ids(), now });
  gaps.start();
  return gaps;
}
