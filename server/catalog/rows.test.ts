import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { ask, testApp } from '#tools/test-app.ts';
import { entity, openTestStore, reading, testCatalog } from '#tools/test-store.ts';
import { facetsSchema, rowsSchema, summarySchema } from './contract.ts';
import { registerPortalApi } from './portal-routes.ts';

type Rows = z.infer<typeof rowsSchema>;

let app: FastifyInstance;
let close: () => Promise<void>;

beforeAll(async () => {
  const store = await openTestStore();
  const world = testCatalog(store);
  app = await testApp((server) => registerPortalApi(server, world));
  close = async () => {
    await app.close();
    await store.close();
  };
  const team = entity('Group:payers', { type: 'team', children: [] });
  const pay = entity(
    'Component:pay',
    { type: 'service', lifecycle: 'production', owner: 'payers' },
    { tags: ['java', 'core'] },
  );
  const web = entity(
    'Component:web',
    { type: 'website', lifecycle: 'experimental', owner: 'payers' },
    { title: 'Shop window', tags: ['core'] },
  );
  const lost = entity(
    'Component:lost',
    { type: 'Service', lifecycle: 'production' },
    { description: 'Nobody knows, "really"' },
  );
  await world.read('first', reading('a.yaml', [team, pay, web]));
  world.clock.at = new Date('2026-03-02T12:00:00Z');
  await world.read('second', reading('lost', [lost], { confidence: 'found' }));
  const guessed = entity('Component:guessed', { type: 'service', owner: 'payers' }, { title: '=1+1' });
  const fields = { 'spec.owner': { confidence: 'guess' as const, note: 'wrote most of it' } };
  await world.read('second', reading('guessed', [guessed], { confidence: 'found', fields }));
});

afterAll(() => close());

const names = (rows: Rows) => rows.items.map(({ name }) => name);
const rowsOf = (query: string) => ask<Rows>(app, `/api/catalog/rows?${query}`);

test('rows come by name, with what a list needs', async () => {
  const rows = rowsSchema.parse(await rowsOf('filter=kind=component'));
  expect(names(rows)).toEqual(['guessed', 'lost', 'pay', 'web']);
  expect(rows.total).toBe(4);
  expect(rows.items[2]).toMatchObject({
    ref: 'component:default/pay',
    kind: 'Component',
    owner: 'group:default/payers',
    ownerConfidence: 'declared',
    tags: ['java', 'core'],
    review: 'declared',
    freshness: 'fresh',
    changedAt: '2026-03-01T12:00:00.000Z',
  });
});

test('a guessed owner is shown as a guess, and still counts as unowned', async () => {
  const { items } = await rowsOf('filter=kind=component,owner=none');
  expect(items).toMatchObject([
    { name: 'guessed', owner: 'group:default/payers', ownerConfidence: 'guess' },
    { name: 'lost', owner: null, ownerConfidence: null },
  ]);
});

test('filters narrow, several are alternatives, words must all occur', async () => {
  expect(names(await rowsOf('filter=spec.type=service,kind=component'))).toEqual(['guessed', 'lost', 'pay']);
  expect(names(await rowsOf('filter=metadata.tags=java&filter=review=unreviewed'))).toEqual([
    'guessed',
    'lost',
    'pay',
  ]);
  expect(names(await rowsOf('q=window+shop'))).toEqual(['web']);
  expect(names(await rowsOf('q=shop+pay'))).toEqual([]);
});

test('sorts by column with what lacks it last, and pages', async () => {
  expect(names(await rowsOf('filter=kind=component&sort=name&direction=desc'))).toEqual([
    'web',
    'pay',
    'lost',
    'guessed',
  ]);
  expect(names(await rowsOf('filter=kind=component&sort=lifecycle'))).toEqual([
    'web',
    'lost',
    'pay',
    'guessed',
  ]);
  expect(names(await rowsOf('filter=kind=component&sort=lifecycle&direction=desc'))).toEqual([
    'lost',
    'pay',
    'web',
    'guessed',
  ]);
  expect(names(await rowsOf('filter=kind=component&sort=owner'))).toEqual(['pay', 'web', 'guessed', 'lost']);
  expect(names(await rowsOf('filter=kind=component&sort=changedAt&direction=desc'))).toEqual([
    'guessed',
    'lost',
    'pay',
    'web',
  ]);
  for (const sort of ['kind', 'type']) expect((await rowsOf(`sort=${sort}&direction=desc`)).total).toBe(5);
  const page = await rowsOf('filter=kind=component&offset=2&limit=1');
  expect([names(page), page.total]).toEqual([['pay'], 4]);
  expect(await rowsOf('limit=0')).toEqual({ items: [], total: 5 });
  expect(await rowsOf('offset=100')).toEqual({ items: [], total: 5 });
});

test('a filter that can’t be read is refused with its remedy', async () => {
  const answer = await app.inject('/api/catalog/rows?filter==x');
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ error: { code: 'FILTER_INVALID' } });
  expect((await app.inject('/api/catalog/rows.csv?filter==x')).statusCode).toBe(400);
});

test('each facet leaves out its own filter', async () => {
  const url = '/api/catalog/row-facets?filter=kind=component,spec.type=service';
  const { facets, total } = facetsSchema.parse(await ask(app, url));
  expect(total).toBe(3);
  expect(facets.type).toEqual([
    { value: expect.stringMatching(/service/i), count: 3 },
    { value: 'website', count: 1 },
  ]);
  expect(facets.kind).toEqual([{ value: 'Component', count: 3 }]);
  expect(facets.lifecycle).toEqual([
    { value: 'production', count: 2 },
    { value: null, count: 1 },
  ]);
  expect(facets.owner).toEqual([
    { value: null, count: 2 },
    { value: 'group:default/payers', count: 1 },
  ]);
  expect(facets.tags).toEqual([
    { value: 'core', count: 1 },
    { value: 'java', count: 1 },
  ]);
  expect(facets.review).toEqual([
    { value: 'unreviewed', count: 2 },
    { value: 'declared', count: 1 },
  ]);
});

test('the summary counts what needs care', async () => {
  const summary = summarySchema.parse(await ask(app, '/api/catalog/summary'));
  expect(summary).toMatchObject({ total: 5, unowned: 2, unreviewed: 2, stale: 0, orphaned: 0 });
  expect(summary.kinds).toContainEqual({
    kind: 'Component',
    type: expect.stringMatching(/service/i),
    count: 3,
  });
});

test('the CSV quotes what needs it and disarms formulas', async () => {
  const answer = await app.inject('/api/catalog/rows.csv?filter=kind=component');
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  const lines = answer.body.trimEnd().split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[1]).toContain(",guessed,'=1+1,");
  expect(lines[2]).toContain(',"Nobody knows, ""really""",');
  expect(lines[3]).toContain(',java core,');
});
