/** The composition root: the only file that knows everyone. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { fileTools, integrations, repositoryTools } from '../integrations/registry.ts';
import { type AccessTables, checkExposure } from './access/index.ts';
import type { RunTables } from './actions/index.ts';
import { readArguments, type ServerArguments } from './arguments.ts';
import { Catalog, type CatalogTables, EntityColumns, namedBy, ResponseCache } from './catalog/index.ts';
import { configuredSources } from './configured-sources.ts';
import { DocFeed, type DocTables } from './docs/index.ts';
import { AddressGuard } from './kernel/address-guard.ts';
import { createFetch, type Fetch } from './kernel/fetch.ts';
import { createHttp } from './kernel/http.ts';
import { createLog, type Log } from './kernel/log.ts';
import { serveWeb } from './kernel/static.ts';
import { openStore } from './kernel/store/store.ts';
import { locationGuard } from './location-guard.ts';
import { migrations } from './migrations.ts';
import { Issues, Mailer, Notifier } from './notices/index.ts';
import type { OwnershipTables } from './ownership/index.ts';
import { portalAccess } from './portal-access.ts';
import { portalActions } from './portal-actions.ts';
import { portalCatalog } from './portal-catalog.ts';
import { portalDocs } from './portal-docs.ts';
import { openFacts } from './portal-facts.ts';
import { portalOwnership } from './portal-ownership.ts';
import { portalScorecards } from './portal-scorecards.ts';
import { repositoriesFolder } from './portal-step-actions.ts';
import { hasSample, sampleSource } from './sample-source.ts';
import { type ScorecardTables, ScoreFeed } from './scorecards/index.ts';
import { type ConfiguredSource, SourceManager, SourceStore, type SourceTables } from './sources/index.ts';
import { announce, showProgress } from './terminal.ts';

type Tables = CatalogTables &
  SourceTables &
  AccessTables &
  OwnershipTables &
  RunTables &
  ScorecardTables &
  DocTables;

/** Of entities and answers kept in memory. */
const CACHE_BYTES = 96 * 1024 * 1024;

async function main(args: ServerArguments): Promise<void> {
  const log = createLog(args.logLevel);
  const now = () => new Date();
  const dataDir = args.memory ? mkdtempSync(join(tmpdir(), 'atrium-')) : args.data;
  const isSample = args.sources.length === 0 && hasSample();
  const git = integrations[0];
  const configured =
    isSample && git ? [sampleSource(git, dataDir)] : configuredSources(args.sources, integrations, dataDir);
  const addresses = new AddressGuard({ allow: args.access.allowPrivateAddresses });
  const fetches = { fetch: createFetch({ guard: addresses }), signInFetch: globalThis.fetch };
  const { fetch } = fetches;
  const { store, ...parts } = await openCatalog({ args, configured, isSample, fetch, log, now });
  const { catalog, manager } = parts;
  const db = store.db as never;
  const access = portalAccess({ db, catalog, args, log, now, ...fetches });
  const app = await createHttp(log, access.gate, { ...args.access, tls: args.tls });
  await access.register(app);
  const own = { target: repositoriesFolder(dataDir) };
  const guard = locationGuard(addresses, args.access, [...configured, own]);
  const { url } = args.access;
  const notifier = new Notifier({ db, slack: args.actions.slack, fetch, url, log });
  const mailer = new Mailer(args.notices);
  const feeds = { scoreFeed: new ScoreFeed(), docFeed: new DocFeed() };
  const common = { ...parts, ...feeds, db, log, now, guard, dataDir, notifier, fileTools };
  const places = portalCatalog(app, { ...common, integrations });
  parts.register(app, now);
  const gaps = await portalOwnership(app, { ...common, isSample });
  const { policy } = access;
  const issues = new Issues({ db, hosts: args.actions.hosts, fetch });
  const standards = portalScorecards(app, { ...common, policy, issues, mailer, url, config: args.standards });
  const actions = await portalActions(app, {
    ...common,
    store: store as never,
    policy,
    levelOf: standards.levelOf,
    config: args.actions,
    isLocal: args.access.signIn.length === 0,
    ...{ fetch, mailer, url },
    registry: places.registry,
    repositoryTools,
  });
  const docs = portalDocs(app, { ...common, origin: access.origin, issues, fetch, config: args.docs });
  await serveWeb(app, join(import.meta.dirname, '../web/dist'));
  // Before anyone can ask: whoever was told that a location is registered finds it after a restart.
  await places.resume();
  await app.listen({ port: args.port, host: args.host });
  announce(app, args);
  access.start();
  if (!args.quiet) showProgress(manager);
  const pillars = [actions, standards, docs];
  await Promise.all([manager, ...pillars].map((part) => part.start()));
  stopOnSignal(async () => {
    await app.close();
    await Promise.all([access, gaps, ...pillars].map((part) => part.stop()));
    await manager.stop();
    await store.close();
    if (args.memory) await rm(dataDir, { recursive: true, force: true });
  });
}

interface CatalogOptions {
  args: ServerArguments;
  configured: ConfiguredSource[];
  isSample: boolean;
  fetch: Fetch;
  log: Log;
  now: () => Date;
}

/** The store, the catalog in it, and what reads and remembers for it. */
async function openCatalog({ args, configured, isSample, fetch, log, now }: CatalogOptions) {
  const store = await openStore<Tables>({
    databaseUrl: args.database,
    dataDir: args.memory ? '' : args.data,
    migrations,
  });
  const db = store.db as never;
  const kinds = createKindRegistry(args.kinds, args.relations);
  const sourceStore = new SourceStore(db);
  const catalog = new Catalog({ db, kinds, now, sourceIds: configured.map(({ id }) => id) });
  await catalog.feed.connect(store as never);
  const observing = await openFacts({ store: store as never, integrations });
  const inMemory = keepInMemory(catalog, new EntityColumns({ db }));
  const { undoHours } = args;
  const manager = new SourceManager({
    configured,
    catalog,
    store: sourceStore,
    facts: observing.facts,
    kinds,
    fetch,
    log,
    now,
    isSample,
    undoHours,
  });
  return { store, sourceStore, catalog, kinds, manager, ...observing, ...inMemory };
}

/** What answers from memory, and hears of every change. */
function keepInMemory(catalog: Catalog, columns: EntityColumns) {
  const cache = new ResponseCache({ maxBytes: CACHE_BYTES });
  catalog.feed.onChange((notice) => {
    cache.invalidate(namedBy(notice));
    columns.invalidate(namedBy(notice));
  });
  return { cache, columns };
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
}

try {
  const args = readArguments(process.argv.slice(2), process.env);
  checkExposure(args);
  await main(args);
} catch (error) {
  const known = error instanceof AtriumError;
  console.error(known ? `${error.message}\n${error.remedy}` : error);
  process.exit(known ? 2 : 1);
}
