/** The composition root: the only file that knows everyone. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { integrations } from '../integrations/registry.ts';
import { readArguments, type ServerArguments } from './arguments.ts';
import { Catalog, type CatalogTables, namedBy, ResponseCache } from './catalog/index.ts';
import { registerBackstageApi, registerEvents, registerPortalApi } from './catalog/routes.ts';
import { configuredSources } from './configured-sources.ts';
import { openGate } from './kernel/gate.ts';
import { createHttp } from './kernel/http.ts';
import { createLog } from './kernel/log.ts';
import { serveWeb } from './kernel/static.ts';
import { openStore } from './kernel/store/store.ts';
import { migrations } from './migrations.ts';
import { registerTeamApi } from './ownership/index.ts';
import { registeredLocations } from './registered-locations.ts';
import { sampleSource } from './sample-source.ts';
import { registerSourceApi, SourceManager, SourceStore, type SourceTables } from './sources/index.ts';
import { announce, showProgress } from './terminal.ts';

type Tables = CatalogTables & SourceTables;

/** Of entities and answers kept in memory. */
const CACHE_BYTES = 96 * 1024 * 1024;

async function main(args: ServerArguments): Promise<void> {
  const log = createLog(args.logLevel);
  const now = () => new Date();
  const dataDir = args.memory ? mkdtempSync(join(tmpdir(), 'atrium-')) : args.data;
  const kinds = createKindRegistry(args.kinds, args.relations);
  const isSample = args.sources.length === 0;
  const git = integrations[0];
  const configured =
    isSample && git ? [sampleSource(git, dataDir)] : configuredSources(args.sources, integrations, dataDir);
  const store = await openStore<Tables>({
    databaseUrl: args.database,
    dataDir: args.memory ? '' : args.data,
    migrations,
  });
  const { db } = store;
  const sourceStore = new SourceStore(db);
  const catalog = new Catalog({ db: db as never, kinds, now, sourceIds: configured.map(({ id }) => id) });
  await catalog.feed.connect(store as never);
  const cache = new ResponseCache({ maxBytes: CACHE_BYTES });
  catalog.feed.onChange((notice) => cache.invalidate(namedBy(notice)));
  const manager = new SourceManager({
    configured,
    catalog,
    store: sourceStore,
    kinds,
    log,
    now,
    isSample,
    undoHours: args.undoHours,
  });

  const app = await createHttp(log, openGate);
  const locations = registeredLocations({
    db: db as never,
    catalog,
    manager,
    integrations,
    dataDir,
    kinds,
    log,
    now,
  });
  registerBackstageApi(app, { db: db as never, cache, kinds, now, ...locations });
  registerPortalApi(app, {
    db: db as never,
    catalog,
    cache,
    kinds,
    now,
    confirmedAt: (parts) => sourceStore.confirmedAt(parts),
  });
  registerEvents(app, { feed: catalog.feed, progress: manager });
  registerSourceApi(app, { manager, catalog, store: sourceStore, now });
  registerTeamApi(app, { db: db as never, cache });
  await serveWeb(app, join(import.meta.dirname, '../web/dist'));
  // Before anyone can ask: whoever was told that a location is registered finds it after a restart.
  await locations.resume();
  await app.listen({ port: args.port, host: args.host });
  announce(app, args);
  if (!args.quiet) showProgress(manager);
  await manager.start();
  stopOnSignal(async () => {
    await app.close();
    await manager.stop();
    await store.close();
    if (args.memory) await rm(dataDir, { recursive: true, force: true });
  });
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
}

try {
  await main(readArguments(process.argv.slice(2), process.env));
} catch (error) {
  const known = error instanceof AtriumError;
  console.error(known ? `${error.message}\n${error.remedy}` : error);
  process.exit(known ? 2 : 1);
}
