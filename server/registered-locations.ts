import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { PartReading } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import type { Integration, SourceContext, SourceGuard } from '#model/integration.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { refOf } from '#model/ref.ts';
import type { Catalog, CatalogTables } from './catalog/index.ts';
import { type Location, locationEntity } from './catalog/locations.ts';
import { configuredSource } from './configured-sources.ts';
import type { Log } from './kernel/log.ts';
import { checkTarget } from './location-guard.ts';
import { sourceWithoutPeople, withoutPeople } from './location-people.ts';
import type { ConfiguredSource, SourceManager } from './sources/index.ts';

/** The source under which the Location entities of registered locations stand. */
const LOCATIONS = 'locations';
const READ_TIMEOUT_MS = 60_000;

export interface RegisteredLocationsDeps {
  db: Kysely<CatalogTables>;
  catalog: Catalog;
  manager: SourceManager;
  integrations: readonly Integration[];
  dataDir: string;
  kinds: KindRegistry;
  log: Log;
  now: () => Date;
  guard: SourceGuard;
}

/** Locations that were registered through the API: each is a source of its own, and outlives a restart. */
export function registeredLocations(deps: RegisteredLocationsDeps) {
  const { db, catalog, manager } = deps;
  return {
    async registerLocation(location: Location, entity: Entity): Promise<void> {
      await checkTarget(deps.guard, gitTarget(location).target);
      const source = sourceOf(deps, location);
      await catalog.ingest(LOCATIONS, [locationReading(location, entity)]);
      await manager.add(source);
    },
    async unregisterLocation(location: Location): Promise<void> {
      await manager.remove(sourceId(location));
      await catalog.removeParts(LOCATIONS, [location.id]);
    },
    /** Has everything read anew that says the entity; of a registered location, what it leads to. */
    async refresh(ref: string): Promise<void> {
      const led = await db.selectFrom('location').select('id').where('entity_ref', '=', ref).execute();
      const own = led.map(sourceId);
      for (const source of [...own, ...(await catalog.sourcesOf(ref))]) manager.syncNow(source);
    },
    removeEntity: (ref: string) => catalog.removeEntity(ref),
    readLocation: (type: string, target: string, fileName?: string) => readOnce(deps, type, target, fileName),
    /** Starts all locations that are registered, those whose registration was cut short among them. */
    async resume(): Promise<void> {
      const rows = await db.selectFrom('location').selectAll().execute();
      for (const { id, type, target, entity_ref } of rows) {
        const location = { id, type, target, entityRef: entity_ref };
        await catalog.ingest(LOCATIONS, [locationReading(location, await locationEntity(location))]);
        await manager.add(sourceOf(deps, location));
      }
    },
  };
}

function sourceId({ id }: Pick<Location, 'id'>): string {
  return `location:${id}`;
}

function sourceOf(deps: RegisteredLocationsDeps, location: Location): ConfiguredSource {
  const config = { id: sourceId(location), integration: 'git', promiseSeconds: 300, ...gitTarget(location) };
  const configured = configuredSource(config, deps.integrations, deps.dataDir);
  const source = sourceWithoutPeople(configured.source);
  return { ...configured, source, title: location.target, guard: deps.guard };
}

/** The page of a file on a code host names a repository, a branch and a path in it. */
const FILE_PAGE = /^(https?:\/\/[^/]+\/.+?)\/(?:-\/)?(?:blob|tree|raw|src)\/[^/]+\/(.*)$/;

/**
 * What the git integration reads for a location ref.
 * @throws {AtriumError} INPUT_INVALID for types that no integration reads.
 */
function gitTarget({ type, target }: { type: string; target: string }, fileName?: string) {
  if (type === 'file') return { target };
  if (type !== 'url')
    throw new AtriumError('INPUT_INVALID', `Locations of type "${type}" can't be read; use url: or file:`);
  const [, repository, path] = FILE_PAGE.exec(target) ?? [];
  if (repository && path) return { target: `${repository}.git`, descriptors: [path], discovery: false };
  if (target.startsWith('file://') && /\.ya?ml$/.test(target))
    return { target: new URL(target).pathname, discovery: false };
  return {
    target,
    discovery: false,
    ...(fileName ? { descriptors: [`**/${fileName.replace(/^\//, '')}`] } : {}),
  };
}

function locationReading(location: Location, entity: Entity): PartReading {
  const place = { location: `${location.type}:${location.target}` };
  return {
    part: location.id,
    contributions: [{ ref: refOf(entity), entity, confidence: 'declared', place }],
  };
}

/** Reads a location and stores nothing. @throws {AtriumError} SOURCE_UNREADABLE, INPUT_INVALID */
async function readOnce(
  deps: RegisteredLocationsDeps,
  type: string,
  target: string,
  fileName?: string,
): Promise<PartReading[]> {
  const id = `dry-run-${randomUUID()}`;
  const config = {
    id,
    integration: 'git',
    promiseSeconds: 300,
    ...gitTarget({ type, target }, fileName),
  };
  const { source, workDir } = configuredSource(config, deps.integrations, deps.dataDir);
  const readings: PartReading[] = [];
  const context: SourceContext = {
    sourceId: id,
    kinds: deps.kinds,
    workDir,
    now: deps.now,
    guard: deps.guard,
    signal: AbortSignal.timeout(READ_TIMEOUT_MS),
    log: deps.log,
    apply: async (read) => void readings.push(...withoutPeople(read)),
    remove: async () => undefined,
    progress: () => undefined,
  };
  try {
    await source.read(context);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return readings;
}
