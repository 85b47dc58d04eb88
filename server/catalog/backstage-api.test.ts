/** The HTTP side of the API that the published client doesn't show: conformance list, items 9 to 12. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { openTestStore } from '#tools/test-store.ts';
import type { CatalogTables } from './tables.ts';
import { component, fill, startServer, type TestServer } from './test-support.ts';

const entities = Array.from({ length: 1100 }, (_, i) => component(`c-${String(i).padStart(4, '0')}`));
const special = [
  component('checkout', {
    namespace: 'pay',
    metadata: { tags: ['java', 'web'], annotations: { 'backstage.io/orphan': 'true' } },
    spec: { system: 'shop', owner: 'user:default/jo', type: 'website', dependsOn: ['resource:pay/db'] },
  }),
  { ...component('shop', { namespace: 'pay', spec: { owner: 'team-b' } }), kind: 'System' },
];

let store: Store<CatalogTables>;
let server: TestServer;
beforeAll(async () => {
  store = await openTestStore();
  await fill(store.db, [...entities, ...special]);
  server = await startServer(store.db);
}, 60_000);
afterAll(async () => {
  await server?.app.close();
  await store?.close();
});

async function get(path: string) {
  const response = await server.app.inject({ url: `/api/catalog${path}` });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

async function post(path: string, payload: object) {
  const response = await server.app.inject({ method: 'POST', url: `/api/catalog${path}`, payload });
  return {
    status: response.statusCode,
    text: response.body,
    body: response.body ? response.json() : undefined,
  };
}

async function namesOf(filters: string[]): Promise<string[]> {
  const query = filters.map((filter) => `filter=${encodeURIComponent(filter)}`).join('&');
  const { body } = await get(`/entities/by-query?${query}&limit=5&fields=metadata.name`);
  return body.items.map((item: { metadata: { name: string } }) => item.metadata.name);
}

describe('filters over HTTP', () => {
  it.each([
    [['kind=COMPONENT,metadata.namespace=PAY'], ['checkout']],
    [['metadata.tags.java'], ['checkout']],
    [['metadata.tags=JAVA'], ['checkout']],
    [['metadata.annotations.backstage.io/orphan=true'], ['checkout']],
    [['metadata.annotations.backstage.io/orphan'], ['checkout']],
    [['relations.partof=system:pay/shop'], ['checkout']],
    [['relations.hasPart=component:pay/checkout'], ['shop']],
    [['relations.dependsOn=resource:pay/db'], ['checkout']],
    [
      ['kind=system', 'spec.type=website'],
      ['checkout', 'shop'],
    ],
    [['kind=system,kind=component,metadata.namespace=pay'], ['checkout', 'shop']],
    [['kind=system,spec.type=website'], []],
    [['owner=user:default/jo'], ['checkout']],
    [['owner=none'], []],
  ])('%j', async (filters, expected) => {
    expect(await namesOf(filters)).toEqual(expected);
  });
});

describe('pages over HTTP', () => {
  it('by-query: 200 items unless told, a count, and none at limit 0', async () => {
    const { body } = await get('/entities/by-query?filter=kind=component');
    expect([body.items.length, body.totalItems]).toEqual([200, 1101]);
    const counted = await get('/entities/by-query?limit=0');
    expect(counted.body).toEqual({ items: [], totalItems: 1102, pageInfo: {} });
  });

  it('entities: a Link header leads through all', async () => {
    let path = '/entities?filter=kind=component&limit=500&fields=metadata.name';
    const sizes: number[] = [];
    while (path) {
      const { body, headers } = await get(path);
      sizes.push(body.length);
      path = /^<\/api\/catalog(.*)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1] ?? '';
    }
    expect(sizes).toEqual([500, 500, 101]);
  });

  it('entities: the whole list, in chunks', async () => {
    const { body } = await get('/entities?fields=kind,metadata.name');
    expect(new Set(body.map((entity: object) => JSON.stringify(entity))).size).toBe(1102);
  });
});

describe('errors over HTTP', () => {
  it('have the shape that clients know', async () => {
    const { status, body } = await get('/entities/by-name/component/default/none');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      error: { name: 'NotFoundError', message: expect.stringContaining('component:default/none') },
      request: { method: 'GET', url: '/api/catalog/entities/by-name/component/default/none' },
      response: { statusCode: 404 },
    });
  });

  it.each([
    '/entities/by-query?cursor=nonsense',
    '/entities/by-query?totalItems=maybe',
    '/entities/by-query?orderField=metadata.name,up',
    '/entities/by-query?limit=-1',
    '/entities?order=metadata.name',
    '/entities?fields=metadata.tags[0]',
    '/entities?filter==x',
    '/entity-facets',
    '/entities?after=x',
  ])('400 for %s', async (path) => {
    const { status, body } = await get(path);
    expect([status, body.error.name]).toEqual([400, 'InputError']);
  });

  it('400 for predicates and refs that cannot be read', async () => {
    expect((await post('/entities/by-query', { query: { $all: {} } })).status).toBe(400);
    expect((await post('/entities/by-query', { query: [] })).status).toBe(400);
    expect((await post('/entities/by-refs', { entityRefs: ['nokind'] })).status).toBe(400);
    expect((await get('/entities/by-uid/none')).status).toBe(404);
  });
});

describe('by-refs, validate-entity', () => {
  it('answers in order, with null for what is missing, also twice', async () => {
    const entityRefs = [
      'system:pay/shop',
      'component:default/none',
      'COMPONENT:pay/checkout',
      'system:pay/shop',
    ];
    for (const _ of [1, 2]) {
      const { body } = await post('/entities/by-refs', { entityRefs, fields: ['kind'] });
      expect(body.items).toEqual([{ kind: 'System' }, null, { kind: 'Component' }, { kind: 'System' }]);
    }
  });

  it('empty for a good entity, errors for a bad one', async () => {
    const location = 'url:https://host/catalog-info.yaml';
    expect(await post('/validate-entity', { entity: component('good'), location })).toMatchObject({
      status: 200,
      text: '',
    });
    const { status, body } = await post('/validate-entity', { entity: { kind: 'Component' }, location });
    expect([status, body.errors.length > 0]).toEqual([400, true]);
  });
});

describe('the cache', () => {
  it('serves what it kept until the entity is named', async () => {
    const path = '/entities/by-name/component/pay/checkout';
    await get(path);
    await store.db.deleteFrom('entity').where('ref', '=', 'component:pay/checkout').execute();
    expect((await get(path)).status).toBe(200);
    server.cache.invalidate(['component:pay/checkout']);
    expect((await get(path)).status).toBe(404);
  });
});

describe('search for bots', () => {
  it('answers with documents and pages through them', async () => {
    const query = (more: string) =>
      server.app.inject({ url: `/api/search/query?term=c-00&filters[kind]=Component${more}` });
    const first = (await query('&pageLimit=30&types[0]=software-catalog')).json();
    expect(first.numberOfResults).toBe(100);
    expect(first.results[0]).toEqual({
      type: 'software-catalog',
      rank: 1,
      document: expect.objectContaining({
        title: 'c-0000',
        location: '/catalog/default/component/c-0000',
        kind: 'Component',
      }),
    });
    const second = (await query(`&pageLimit=30&pageCursor=${first.nextPageCursor}`)).json();
    expect(second.results[0].document.title).toBe('c-0030');
    expect(second.previousPageCursor).toBeDefined();
    expect((await query('&types[0]=techdocs')).json()).toEqual({ results: [], numberOfResults: 0 });
    expect((await query('&filters[nothing]=x')).statusCode).toBe(400);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 with every route', () => {
    const document = server.app.swagger();
    expect('openapi' in document && document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths ?? {}).filter((path) => path.startsWith('/api/catalog'))).toHaveLength(
      14,
    );
  });
});
