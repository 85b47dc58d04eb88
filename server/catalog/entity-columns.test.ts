import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entity } from '#model/entity.ts';
import { fuzzRuns } from '#model/fuzz-runs.test-helper.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { entity, openTestStore, reading, type TestTables, testCatalog } from '#tools/test-store.ts';
import { EntityColumns } from './entity-columns.ts';
import { type EntityQuery, firstPage, soughtBy } from './entity-query.ts';
import { countFacets } from './facets.ts';
import { namedBy } from './index.ts';
import { rowFacets } from './row-facets.ts';

/** Some of everything, in mixed case, so that filters often hold and values often meet. */
const someEntity: fc.Arbitrary<Entity> = fc
  .record({
    kind: fc.constantFrom('Component', 'API', 'Group', 'Gadget'),
    name: fc.constantFrom('a', 'B', 'c-1', 'd', 'e', 'f', 'g', 'h'),
    type: fc.constantFrom('service', 'Service', 'website', undefined),
    lifecycle: fc.constantFrom('production', 'Production', 'experimental', undefined),
    owner: fc.constantFrom('team-a', 'Team-A', 'group:team-b', 'user:ada', undefined),
    system: fc.constantFrom('shop', 'pay', undefined),
    tags: fc.subarray(['java', 'go', 'web']),
    tier: fc.constantFrom('1', 'One', undefined),
    extra: fc.constantFrom<unknown>(['x', 'y', 'x', 3, null], { z: 1 }, 7, true, null, 'Text', undefined),
  })
  .map(({ kind, name, tags, tier, ...spec }) =>
    JSON.parse(
      JSON.stringify(
        entity(`${kind}:${name}`, spec, { tags, title: `T ${name}`, labels: { 'x.io/tier': tier } }),
      ),
    ),
  );

const someFilter = fc
  .array(
    fc.constantFrom(
      'kind=component',
      'kind=api',
      'spec.type=service',
      'spec.type',
      'spec.lifecycle=production',
      'metadata.name=b',
      'metadata.tags=java',
      'metadata.tags',
      'metadata.labels.x.io/tier=1',
      'metadata.namespace=default',
      'relations.ownedBy=group:default/team-a',
      'owner=team-a',
      'owner=none',
      'review=unreviewed',
      'freshness=fresh',
      'problems=false',
      'language=go',
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(','));

const someQuery: fc.Arbitrary<EntityQuery> = fc.record({
  filters: fc.array(someFilter, { maxLength: 2 }),
  query: fc.constantFrom<unknown>(
    undefined,
    { $not: { kind: 'Component' } },
    { 'spec.type': { $hasPrefix: 'SER' } },
    { $any: [{ 'spec.lifecycle': { $exists: false } }, { $not: { 'metadata.name': 'a' } }] },
  ),
  fullTextFilter: fc.constantFrom(
    undefined,
    undefined,
    { term: 'a' },
    { term: 'T', fields: ['metadata.title'] },
  ),
});

const facets = [
  'kind',
  'metadata.namespace',
  'metadata.tags',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
  'spec.extra',
  'spec.Extra',
  'metadata.labels.x.io/tier',
  'relations.ownedBy',
  'relations.ownerOf',
  'metadata.name',
  'problems',
  'owner',
];

describe('columns in memory', () => {
  let store: Store<TestTables>;
  let world: ReturnType<typeof testCatalog>;
  let kept: EntityColumns;
  /** Asks the store each time. */
  let unkept: EntityColumns;

  beforeAll(async () => {
    store = await openTestStore();
    world = testCatalog(store);
    kept = new EntityColumns({ db: world.db, quietMs: 0 });
    unkept = new EntityColumns({ db: world.db, quietMs: Number.POSITIVE_INFINITY });
    world.catalog.feed.onChange((notice) => kept.invalidate(namedBy(notice)));
    for (const facet of facets) {
      await countFacets({ db: world.db, columns: kept }, { condition: { op: 'all', of: [] } }, [facet]);
      await kept.settled();
      await countFacets({ db: world.db, columns: kept }, { condition: { op: 'all', of: [] } }, [facet]);
      await kept.settled();
    }
  }, 60_000);
  afterAll(() => store?.close());

  const counted = async (columns: EntityColumns, query: EntityQuery) => ({
    pages: [
      await firstPage({ db: world.db, columns }, query, { limit: 2 }),
      await firstPage({ db: world.db, columns }, query, { limit: 3, offset: 1 }),
    ],
    count: await columns.count(soughtBy(query)),
    facets: await countFacets({ db: world.db, columns }, soughtBy(query), facets),
  });

  it('count as the store does, also after changes', { timeout: 120_000 }, async () => {
    const step = fc.record({
      part: fc.constantFrom('a.yaml', 'b.yaml'),
      entities: fc.uniqueArray(someEntity, {
        maxLength: 6,
        selector: ({ kind, metadata }) => `${kind}:${metadata.name}`.toLowerCase(),
      }),
      queries: fc.array(someQuery, { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
        for (const { part, entities, queries } of steps) {
          await world.read('first', reading(part, entities));
          for (const query of queries) {
            const matched = await kept.match(soughtBy(query));
            await kept.settled();
            expect(matched?.page(0, 1, false)).toBeDefined();
            expect(await counted(kept, query)).toEqual(await counted(unkept, query));
          }
        }
      }),
      { numRuns: fuzzRuns(25) },
    );
  });

  it('count the rows of lists as the store does', { timeout: 120_000 }, async () => {
    const sample = fc.sample(someEntity, { numRuns: 40, seed: 7 });
    const once = new Map(sample.map((one) => [`${one.kind}:${one.metadata.name}`.toLowerCase(), one]));
    await world.read('first', reading('c.yaml', [...once.values()]));
    const query = fc.record({ filter: someFilter, q: fc.constantFrom(undefined, 'a', 'java t') });
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const fromMemory = await rowFacets({ db: world.db, columns: kept }, asked);
        expect(fromMemory).toEqual(await rowFacets({ db: world.db, columns: unkept }, asked));
      }),
      { numRuns: fuzzRuns(60) },
    );
  });
});

describe('columns that others share the store with', () => {
  it('forget what they are told to and read it again, at the earliest when it is quiet', async () => {
    const store = await openTestStore();
    const world = testCatalog(store);
    const columns = new EntityColumns({ db: world.db, quietMs: 0 });
    const everything = { condition: { op: 'all' as const, of: [] } };
    const names = (n: number) => Array.from({ length: n }, (_, i) => entity(`Component:c${i}`));
    try {
      await world.read('first', reading('a.yaml', names(3)));
      expect(await columns.match(everything)).toBeUndefined();
      expect(await columns.count(everything)).toBe(3);
      await columns.settled();
      expect((await columns.match(everything))?.count).toBe(3);
      await world.read('first', reading('a.yaml', names(5)));
      columns.invalidate('all');
      expect(await columns.count(everything)).toBe(5);
      await columns.settled();
      expect((await columns.match(everything))?.count).toBe(5);
      await world.read('first', reading('a.yaml', names(1)));
      columns.invalidate(names(5).map(({ metadata }) => `component:default/${metadata.name}`));
      expect((await columns.match(everything))?.count).toBe(1);
      expect(await new EntityColumns({ db: world.db }).match(everything)).toBeUndefined();
    } finally {
      await store.close();
    }
  });
});
