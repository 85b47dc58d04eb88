/** Every method for entities of the published client, against this server. */
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { expect, it } from 'vitest';
import { againstAPortal, collect, type Get, names, target } from './client-test-support.ts';

againstAPortal((running) => {
  testGetEntities(running);
  testQueryEntities(running);
  testSingleEntities(running);
});

function testGetEntities(running: Get): void {
  it('getEntities: all, filtered, ordered, projected, in pages', async () => {
    const { client } = running();
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
    const { client } = running();
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
}

function testQueryEntities(running: Get): void {
  it('queryEntities: cursors forward and back, with a count', async () => {
    const { client } = running();
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
    const { client } = running();
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
    const { client } = running();
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
}

function testSingleEntities(running: Get): void {
  it('getEntityByRef, getEntityByName', async () => {
    const { client } = running();
    const found = await client.getEntityByRef('component:default/SERVICE-00');
    expect(found?.metadata.name).toBe('service-00');
    expect(found?.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(found?.relations).toEqual([{ type: 'ownedBy', targetRef: 'group:default/team-a' }]);
    expect(
      await client.getEntityByName({ kind: 'Component', namespace: 'default', name: 'none' }),
    ).toBeUndefined();
  });

  it('getEntityFacets: by filter and by predicate', async () => {
    const { client } = running();
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
    const { client, server } = running();
    const entity = await client.getEntityByRef('component:default/service-01');
    await client.removeEntityByUid(entity?.metadata.uid ?? '');
    expect(await client.getEntityByRef('component:default/service-01')).toBeUndefined();
    await client.refreshEntity('component:default/service-02');
    expect(server.refreshed).toContain('component:default/service-02');
    await expect(client.refreshEntity('component:default/none')).rejects.toThrow('404');
  });
}
