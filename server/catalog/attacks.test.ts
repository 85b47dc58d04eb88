/** Requests and descriptors that are made to reach what they must not, or to keep the store busy for ever. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, testApp } from '#tools/test-app.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { registerPortalApi } from './routes.ts';
import { startServer, type TestServer } from './test-support.ts';

let store: Store<TestTables>;
let server: TestServer;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await clearStore(store);
  server = await startServer(store.db as never);
});
afterEach(() => server.app.close());

const get = (url: string) => server.app.inject(url);
const post = (url: string, payload: object) => server.app.inject({ method: 'POST', url, payload });
const list = '/api/catalog/entities';

const quotes = [
  "' or 1=1 --",
  "'; drop table entity; --",
  "') union select version() --",
  '"; select pg_sleep(100); --',
  '$1',
  '\\',
  '%',
  '_',
  '\u0000',
  "metadata.name') or pg_sleep(100)::text = ('",
];

describe('words of SQL', () => {
  const places: [string, (text: string) => string | InjectOptions][] = [
    ['a filter’s value', (text) => `${list}?filter=${encodeURIComponent(`kind=${text}`)}`],
    ['a filter’s key', (text) => `${list}?filter=${encodeURIComponent(`${text}=a`)}`],
    ['an order', (text) => `${list}?order=${encodeURIComponent(`asc:${text}`)}`],
    ['an order by query', (text) => `${list}/by-query?orderField=${encodeURIComponent(text)},desc`],
    ['fields', (text) => `${list}?fields=${encodeURIComponent(text)}`],
    [
      'a full text',
      (text) =>
        `${list}/by-query?fullTextFilterTerm=${encodeURIComponent(text)}&fullTextFilterFields=${encodeURIComponent(text)}`,
    ],
    ['a facet', (text) => `/api/catalog/entity-facets?facet=${encodeURIComponent(text)}`],
    ['a name', (text) => `${list}/by-name/component/default/${encodeURIComponent(text)}`],
    ['a uid', (text) => `${list}/by-uid/${encodeURIComponent(text)}`],
    ['a location', (text) => `/api/catalog/locations/${encodeURIComponent(text)}`],
    ['a search', (text) => `/api/search/query?term=${encodeURIComponent(text)}`],
    ['refs', (text) => ({ method: 'POST', url: `${list}/by-refs`, payload: { entityRefs: [text] } })],
    [
      'a predicate',
      (text) => ({ method: 'POST', url: `${list}/by-query`, payload: { query: { [text]: text } } }),
    ],
    [
      'a cursor',
      (text) =>
        `${list}/by-query?cursor=${encodeURIComponent(Buffer.from(JSON.stringify({ orderFields: [{ field: text, order: 'asc' }], position: { values: [text], ref: text } })).toString('base64url'))}`,
    ],
  ];

  it.each(places)('are words and nothing else as %s', async (_what, request) => {
    for (const text of quotes) {
      const { statusCode, body } = await server.app.inject(request(text));
      expect(statusCode, `${JSON.stringify(text)}: ${body}`).toBeLessThan(500);
      expect(body).not.toMatch(/syntax error|PostgreSQL|relation "/);
    }
    const { rows } = await sql`select count(*) from entity`.execute(store.db);
    expect(rows).toHaveLength(1);
  });
});

describe('a request that asks for too much', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => n);

  it.each<[string, string, object]>([
    ['conditions', `${list}/by-query`, { query: { $any: many(2000).map((n) => ({ kind: `k${n}` })) } }],
    ['values', `${list}/by-query`, { query: { kind: { $in: many(100_000).map(String) } } }],
    [
      'levels',
      `${list}/by-query`,
      { query: many(50).reduce<object>((inner) => ({ $not: inner }), { kind: 'a' }) },
    ],
    ['orders', `${list}/by-query`, { orderBy: many(1000).map((n) => ({ field: `metadata.a${n}` })) }],
    [
      'fields of a text',
      `${list}/by-query`,
      { fullTextFilter: { term: 'a', fields: many(5000).map((n) => `spec.a${n}`) } },
    ],
    ['letters', `${list}/by-query`, { fullTextFilter: { term: 'a'.repeat(100_000) } }],
    ['facets', '/api/catalog/entity-facets', { facets: many(1000).map((n) => `spec.a${n}`) }],
    ['refs', `${list}/by-refs`, { entityRefs: many(20_000).map((n) => `component:default/a${n}`) }],
  ])('is refused: too many %s', async (_what, url, payload) => {
    const answer = await post(url, payload);
    expect(answer.json().error).toMatchObject({ name: 'InputError' });
  });

  it('is answered for the words that count', async () => {
    const words = encodeURIComponent(
      many(1500)
        .map((n) => `word${n}`)
        .join(' '),
    );
    expect((await get(`/api/search/query?term=${words}`)).statusCode).toBe(200);
    expect((await get(`${list}?filter=${'a,'.repeat(2000)}`)).statusCode).toBe(200);
    expect(
      (
        await get(
          `${list}?filter=${many(1500)
            .map((n) => `a${n}`)
            .join(',')}`,
        )
      ).json().error,
    ).toMatchObject({
      code: 'FILTER_INVALID',
    });
  });

  it.each([
    'limit=1e99',
    'limit=-1',
    'offset=99999999999999999999',
    'limit=NaN',
    'limit=1&limit=2',
    'offset[a]=1',
  ])('is refused or answered: %s', async (query) => {
    expect((await get(`${list}?${query}`)).statusCode).toBeLessThan(500);
    expect((await get(`${list}/by-query?${query}`)).statusCode).toBeLessThan(500);
  });
});

describe('what descriptors say', () => {
  let app: FastifyInstance;
  let world: ReturnType<typeof testCatalog>;
  beforeEach(async () => {
    world = testCatalog(store);
    app = await testApp((each) => registerPortalApi(each, { ...world, db: store.db as never } as never));
  });
  afterEach(() => app.close());

  it('reaches into no prototype on its way to a record', async () => {
    const odd = JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "a": {"__proto__": "x"}}',
    );
    await world.read(
      'first',
      reading('a', [
        entity(
          'Component:a',
          { type: 'service', owner: 'x', ...odd },
          { labels: odd.a, annotations: JSON.parse('{"constructor": "x", "toString": "y"}') },
        ),
        entity('Component:constructor', { type: '__proto__', owner: 'constructor' }),
      ]),
    );
    await world.read(
      'second',
      reading('b', [
        entity('Component:a', { toString: 'x', ...odd }, { labels: JSON.parse('{"__proto__": "y"}') }),
      ]),
    );
    for (const url of [
      '/api/catalog/rows',
      '/api/catalog/row-facets',
      '/api/catalog/summary',
      '/api/catalog/records/component/default/a',
      '/api/catalog/records/component/default/constructor',
    ]) {
      expect((await app.inject(url)).statusCode, url).toBe(200);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('is no formula in a spreadsheet', async () => {
    const formulas = [
      '=cmd|" /C calc"!A0',
      '+1+1',
      '-2+3',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      '"=1',
      'a","=1',
    ];
    const entities = formulas.map((title, n) =>
      entity(`Component:a${n}`, { type: title, owner: 'x' }, { title, description: title, tags: [] }),
    );
    await world.read('first', reading('a', entities));
    const { body, headers } = await app.inject('/api/catalog/rows.csv');
    const cells = body.split(/,|\r\n/).filter((cell) => !cell.startsWith('"'));
    expect(cells.filter((cell) => /^[=+\-@\t\r\n＝]/.test(cell))).toEqual([]);
    expect(body).not.toMatch(/(^|,|\r\n)"[=+\-@\t\r\n＝]/);
    expect(body).toContain(`'=cmd`);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="catalog-[\d-]+\.csv"$/);
  });
});

it.each(['%0d%0aset-cookie:%20a=b', '%0aX-Injected:%201', '\u2028', '%00'])(
  'a line break in an address becomes no header: %s',
  async (text) => {
    for (const path of [
      `/api/nowhere/${text}`,
      `${list}/by-name/component/default/${text}`,
      `${list}?filter=${text}`,
      `/api/catalog/rows.csv?q=${text}`,
    ]) {
      const { headers } = await get(path);
      expect(Object.keys(headers)).not.toContain('x-injected');
      expect(headers['set-cookie']).toBeUndefined();
    }
    expect(await ask<unknown[]>(server.app, list)).toEqual([]);
  },
);
