/** What the tests of the catalog API share: a store with entities in it, and a server before it. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import type { PartReading } from '#model/contribution.ts';
import { annotations, type Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { canonicalRef, refOf } from '#model/ref.ts';
import { deriveRelations } from '#model/relations.ts';
import { openGate } from '#server/kernel/gate.ts';
import { createHttp } from '#server/kernel/http.ts';
import type { BackstageDeps } from './backstage-deps.ts';
import { registerBackstageApi } from './backstage-routes.ts';
import { EntityColumns } from './entity-columns.ts';
import { goldenRow } from './golden-row.ts';
import { ResponseCache } from './response-cache.ts';
import type { CatalogTables } from './tables.ts';

export const kinds = createKindRegistry();
export const at = new Date('2026-01-02T03:04:05Z');

const BATCH = 2000;

/** Writes entities as the merge would, without contributions. */
export async function fill(db: Kysely<CatalogTables>, entities: readonly Entity[]): Promise<void> {
  for (let start = 0; start < entities.length; start += BATCH) {
    const batch = entities.slice(start, start + BATCH);
    const rows = batch.map((entity) => ({
      ...goldenRow({ entity, problems: [], declared: true, orphaned: false }, false, at),
      owner: ownerOf(entity),
    }));
    for (let from = 0; from < rows.length; from += BATCH / 4) {
      await db
        .insertInto('entity')
        .values(rows.slice(from, from + BATCH / 4))
        .execute();
    }
    const relations = batch.flatMap((entity) =>
      deriveRelations(entity, kinds).relations.map(({ type, targetRef, reverse }) => ({
        from_ref: refOf(entity),
        to_ref: targetRef,
        type,
        reverse: reverse ?? null,
      })),
    );
    for (let from = 0; from < relations.length; from += BATCH) {
      await db
        .insertInto('relation')
        .values(relations.slice(from, from + BATCH))
        .execute();
    }
  }
}

function ownerOf({ spec, metadata }: Entity): string | null {
  const { owner } = spec ?? {};
  return typeof owner === 'string'
    ? canonicalRef(owner, { kind: 'group', namespace: metadata.namespace })
    : null;
}

export async function clear(db: Kysely<CatalogTables>): Promise<void> {
  await db.deleteFrom('entity').execute();
  await db.deleteFrom('relation').execute();
  await db.deleteFrom('location').execute();
}

export function component(
  name: string,
  more: { metadata?: object; spec?: object; namespace?: string } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: more.namespace ?? 'default', ...more.metadata },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-a', ...more.spec },
  };
}

/** What a location holds, by `type:target`; another is unreadable. */
export type Readable = Map<string, Entity[]>;

export interface TestServer {
  app: FastifyInstance;
  cache: ResponseCache;
  readable: Readable;
  /** Refs that were asked to be refreshed. */
  refreshed: string[];
  url: string;
}

export async function startServer(db: Kysely<CatalogTables>): Promise<TestServer> {
  const app = await createHttp(pino({ level: 'silent' }), openGate);
  const cache = new ResponseCache({ maxBytes: 50 * 2 ** 20 });
  const readable: Readable = new Map();
  const refreshed: string[] = [];
  registerBackstageApi(app, testDeps(db, cache, readable, refreshed));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, cache, readable, refreshed, url };
}

function testDeps(
  db: Kysely<CatalogTables>,
  cache: ResponseCache,
  readable: Readable,
  refreshed: string[],
): BackstageDeps {
  const remove = async (refs: string[]) => {
    await db.deleteFrom('entity').where('ref', 'in', refs).execute();
    await db.deleteFrom('relation').where('from_ref', 'in', refs).execute();
    cache.invalidate('all');
  };
  const held = ({ type, target }: { type: string; target: string }) =>
    readable.get(`${type}:${target}`) ?? [];
  return {
    db,
    cache,
    // Never quiet for so long: entities come and go here without anybody telling.
    columns: new EntityColumns({ db, quietMs: Number.POSITIVE_INFINITY }),
    kinds,
    now: () => at,
    async registerLocation(location, entity) {
      await fill(db, [entity, ...held(location)]);
      cache.invalidate('all');
    },
    unregisterLocation: (location) => remove([location.entityRef, ...held(location).map(refOf)]),
    async refresh(ref) {
      refreshed.push(ref);
    },
    removeEntity: (ref) => remove([ref]),
    async readLocation(type, target) {
      const entities = readable.get(`${type}:${target}`);
      if (!entities) {
        throw new AtriumError('SOURCE_UNREADABLE', `${type}:${target} can't be read`);
      }
      return [readingOf(`${type}:${target}`, entities)];
    },
  };
}

function readingOf(location: string, entities: Entity[]): PartReading {
  const contributions = entities.map((entity) => ({
    ref: refOf(entity),
    entity,
    confidence: 'declared' as const,
    place: { location: entity.metadata.annotations?.[annotations.managedBy] ?? location },
  }));
  return { part: location, contributions };
}
