/** The published client of the Backstage catalog, every method of it, against this server. */
import { CATALOG_FILTER_EXISTS, CatalogClient } from '@backstage/catalog-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { annotations, type Entity } from '#model/entity.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { locationEntity } from './locations.ts';
import type { CatalogTables } from './tables.ts';
import {
  clear,
  component,
  fill,
  openEmbeddedStore,
  openPostgresStore,
  startServer,
  type TestServer,
} from './test-support.ts';

const target = 'https://example.com/org/repo/blob/main/catalog-info.yaml';
const location = { type: 'url', target };
const origin = { [annotations.managedBy]: `url:${target}`, [annotations.managedByOrigin]: `url:${target}` };

const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-a', namespace: 'default' },
  spec: { type: 'team', children: [] },
};
const services = Array.from({ length: 25 }, (_, index) =>
  component(`service-${String(index).padStart(2, '0')}`, {
    metadata: { tags: index % 2 === 0 ? ['java'] : ['go'], annotations: origin, title: `Service ${index}` },
    spec: { type: index % 5 === 0 ? 'website' : 'service' },
  }),
);
const names = (items: ({ metadata: { name: string } } | undefined)[]) =>
  items.map((item) => item?.metadata.name);

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) {
    all.push(page);
  }
  return all;
}

/** The client's own type of an entity differs in what may be undefined; what is sent is the same. */
function sent(entity: Entity): Parameters<CatalogClient['validateEntity']>[0] {
  return JSON.parse(JSON.stringify(entity));
}

describe.each([
  ['embedded', openEmbeddedStore],
  ['postgres', openPostgresStore],
])('CatalogClient against the %s store', (_kind, open) => {
  let store: Store<CatalogTables>;
  let server: TestServer;
  let client: CatalogClient;

  beforeAll(async () => {
    store = await open();
    server = await startServer(store.db);
    client = new CatalogClient({ discoveryApi: { getBaseUrl: async () => `${server.url}/api/catalog` } });
  }, 60_000);
  beforeEach(async () => {
    await clear(store.db);
    await fill(store.db, [group, ...services]);
    server.cache.invalidate('all');
    server.readable.clear();
    server.readable.set(`url:${target}`, [component('brought', { metadata: { annotations: origin } })]);
  });
  afterAll(async () => {
    await server?.app.close();
    await store?.close();
  });

  it('getEntities: all, filtered, ordered, projected, in pages', async () => {
    expect((await client.getEntities()).items).toHaveLength(26);
    const { items } = await client.getEntities({
      filter: [{ kind: 'Component', 'spec.type': ['website', 'library'] }, { kind: 'group' }],
      order: [
        { field: 'kind', order: 'desc' },
        { field: 'metadata.name', order: 'desc' },
      ],
      fields: ['kind', 'metadata.name'],
    });
    expect(items[0]).toEqual({ kind: 'Group', metadata: { name: 'team-a' } });
    expect(names(items.slice(1))).toEqual([
      'service-20',
      'service-15',
      'service-10',
      'service-05',
      'service-00',
    ]);
    const second = await client.getEntities({ filter: { kind: 'component' }, offset: 2, limit: 2 });
    expect(names(second.items)).toEqual(['service-02', 'service-03']);
    const tagged = await client.getEntities({ filter: { 'metadata.tags.java': CATALOG_FILTER_EXISTS } });
    expect(tagged.items).toHaveLength(13);
  });

  it('getEntitiesByRefs: in order, with gaps, filtered by filter and query', async () => {
    const entityRefs = ['component:default/service-03', 'component:default/none', 'group:default/team-a'];
    const all = await client.getEntitiesByRefs({ entityRefs });
    expect(names(all.items)).toEqual(['service-03', undefined, 'team-a']);
    const filtered = await client.getEntitiesByRefs({
      entityRefs,
      filter: { kind: 'Group' },
      fields: ['metadata.name'],
    });
    expect(filtered.items).toEqual([undefined, undefined, { metadata: { name: 'team-a' } }]);
    const queried = await client.getEntitiesByRefs({
      entityRefs,
      query: { 'spec.type': { $in: ['service'] } },
    });
    expect(names(queried.items)).toEqual(['service-03', undefined, undefined]);
  });

  it('queryEntities: cursors forward and back, with a count', async () => {
    const first = await client.queryEntities({
      filter: { kind: 'component' },
      limit: 10,
      orderFields: { field: 'metadata.name', order: 'desc' },
    });
    expect(first.totalItems).toBe(25);
    expect(first.pageInfo.prevCursor).toBeUndefined();
    const second = await client.queryEntities({ cursor: first.pageInfo.nextCursor ?? '', limit: 10 });
    const third = await client.queryEntities({ cursor: second.pageInfo.nextCursor ?? '', limit: 10 });
    expect(names(third.items)).toEqual([
      'service-04',
      'service-03',
      'service-02',
      'service-01',
      'service-00',
    ]);
    expect(third.pageInfo.nextCursor).toBeUndefined();
    const back = await client.queryEntities({ cursor: third.pageInfo.prevCursor ?? '', limit: 10 });
    expect(back).toEqual({ ...second, pageInfo: expect.anything() });
    expect(back.totalItems).toBe(25);
  });

  it('queryEntities: full text, predicate, without a count', async () => {
    const found = await client.queryEntities({
      fullTextFilter: { term: 'SERVICE-1', fields: ['metadata.name', 'spec.profile.displayName'] },
      totalItems: 'exclude',
    });
    expect(found.items).toHaveLength(10);
    expect(found.totalItems).toBe(0);
    const request = {
      query: { $all: [{ kind: 'component' }, { $not: { 'metadata.tags': { $contains: 'go' } } }] },
      limit: 8,
    };
    const first = await client.queryEntities(request);
    const second = await client.queryEntities({ cursor: first.pageInfo.nextCursor ?? '', limit: 8 });
    expect([first.totalItems, first.items.length, second.items.length]).toEqual([13, 8, 5]);
  });

  it('streamEntities: everything once, by filter and by predicate', async () => {
    const requests = [
      { filter: { kind: 'component' }, pageSize: 7 },
      { query: { kind: 'component' }, pageSize: 7 },
    ];
    for (const request of requests) {
      const pages = await collect(client.streamEntities(request));
      expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 4]);
      expect(new Set(names(pages.flat())).size).toBe(25);
    }
  });

  it('getEntityByRef, getEntityByName', async () => {
    const found = await client.getEntityByRef('component:default/SERVICE-00');
    expect(found?.metadata.name).toBe('service-00');
    expect(found?.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(found?.relations).toEqual([{ type: 'ownedBy', targetRef: 'group:default/team-a' }]);
    expect(
      await client.getEntityByName({ kind: 'Component', namespace: 'default', name: 'none' }),
    ).toBeUndefined();
  });

  it('getEntityAncestors: up to the registered location', async () => {
    await fill(store.db, [await locationEntity(location)]);
    const { rootEntityRef, items } = await client.getEntityAncestors({
      entityRef: 'component:default/service-00',
    });
    expect(rootEntityRef).toMatch(/^location:default\/generated-[0-9a-f]{40}$/);
    expect(items.map((item) => item.parentEntityRefs)).toEqual([[rootEntityRef], []]);
    expect(items[0]?.entity.metadata.name).toBe('service-00');
    const alone = await client.getEntityAncestors({ entityRef: 'group:default/team-a' });
    expect(alone.rootEntityRef).toBe('group:default/team-a');
  });

  it('getEntityFacets: by filter and by predicate', async () => {
    const facets = [
      'kind',
      'spec.type',
      'metadata.tags',
      'relations.ownedBy',
      'metadata.annotations.backstage.io/managed-by-location',
    ];
    const expected = {
      kind: [{ value: 'Component', count: 25 }],
      'spec.type': [
        { value: 'service', count: 20 },
        { value: 'website', count: 5 },
      ],
      'metadata.tags': [
        { value: 'java', count: 13 },
        { value: 'go', count: 12 },
      ],
      'relations.ownedBy': [{ value: 'group:default/team-a', count: 25 }],
      'metadata.annotations.backstage.io/managed-by-location': [{ value: `url:${target}`, count: 25 }],
    };
    expect((await client.getEntityFacets({ facets, filter: { kind: 'component' } })).facets).toEqual(
      expected,
    );
    expect((await client.getEntityFacets({ facets, query: { kind: 'component' } })).facets).toEqual(expected);
  });

  it('removeEntityByUid, refreshEntity', async () => {
    const entity = await client.getEntityByRef('component:default/service-01');
    await client.removeEntityByUid(entity?.metadata.uid ?? '');
    expect(await client.getEntityByRef('component:default/service-01')).toBeUndefined();
    await client.refreshEntity('component:default/service-02');
    expect(server.refreshed).toContain('component:default/service-02');
    await expect(client.refreshEntity('component:default/none')).rejects.toThrow('404');
  });

  it('addLocation: dry run stores nothing; then registers, once', async () => {
    const tried = await client.addLocation({ target, dryRun: true });
    expect(tried).toMatchObject({ exists: false, location: { id: `url:${target}`, type: 'url', target } });
    expect(tried.entities.map(({ kind }) => kind)).toEqual(['Location', 'Component']);
    expect((await client.getLocations()).items).toEqual([]);
    const { location: added, entities } = await client.addLocation({ target });
    expect(entities).toEqual([]);
    expect(added.entityRef).toMatch(/^location:default\/generated-/);
    expect(await client.getEntityByRef(added.entityRef)).toMatchObject({ spec: { type: 'url', target } });
    expect((await client.addLocation({ target, dryRun: true })).exists).toBe(true);
    await expect(client.addLocation({ target })).rejects.toMatchObject({
      statusCode: 409,
      cause: { name: 'ConflictError' },
    });
    expect((await client.addLocation({ target, onConflict: 'refresh' })).location).toEqual(added);
    expect(server.refreshed).toContain(added.entityRef);
    await expect(client.addLocation({ target: 'https://none/', dryRun: true })).rejects.toThrow('502');
  });

  it('getLocationById, ByRef, ByEntity, updateLocation, removeLocationById', async () => {
    const { location: added } = await client.addLocation({ target });
    expect(await client.getLocationById(added.id)).toEqual(added);
    expect(await client.getLocationById('none')).toBeUndefined();
    expect(await client.getLocationByRef(`url:${target}`)).toEqual(added);
    expect(await client.getLocationByEntity('component:default/service-00')).toEqual(added);
    expect(await client.getLocationByEntity('group:default/team-a')).toBeUndefined();
    const moved = await client.updateLocation(added.id, { target: `${target}?v=2` });
    expect(moved).toMatchObject({ id: added.id, target: `${target}?v=2` });
    await client.removeLocationById(added.id);
    await expect(client.removeLocationById(added.id)).rejects.toThrow('404');
  });

  it('queryLocations, streamLocations', async () => {
    for (const index of [1, 2, 3, 4, 5]) {
      await client.addLocation({ target: `https://host/${index}` });
    }
    const page = await client.queryLocations({ limit: 2, query: { target: { $hasPrefix: 'https://host' } } });
    expect([page.items.length, page.totalItems]).toEqual([2, 5]);
    const pages = await collect(client.streamLocations({ limit: 2 }));
    expect(new Set(pages.flat().map(({ target: found }) => found)).size).toBe(5);
  });

  it('validateEntity: good, bad, and another location than a url', async () => {
    expect(await client.validateEntity(sent(component('good')), `url:${target}`)).toEqual({ valid: true });
    const bad = await client.validateEntity(sent(component('bad name')), `url:${target}`);
    expect(bad).toMatchObject({
      valid: false,
      errors: [{ name: 'InputError', message: expect.stringContaining('name') }],
    });
    expect((await client.validateEntity(sent(component('good')), 'file:/x')).valid).toBe(false);
  });

  it('analyzeLocation: what is there, or a draft', async () => {
    const found = await client.analyzeLocation({ location });
    expect(found.generateEntities).toEqual([]);
    expect(found.existingEntityFiles).toMatchObject([
      { isRegistered: true, location, entity: { metadata: { name: 'brought' } } },
    ]);
    server.readable.set('url:https://example.com/org/new.app', []);
    const drafted = await client.analyzeLocation({
      location: { type: 'url', target: 'https://example.com/org/new.app' },
    });
    expect(drafted.existingEntityFiles).toEqual([]);
    expect(drafted.generateEntities[0]?.entity.metadata?.name).toBe('new.app');
    expect(drafted.generateEntities[0]?.fields).toContainEqual(
      expect.objectContaining({ field: 'spec.owner', state: 'needsUserInput' }),
    );
  });
});
