import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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
import { changesSchema, type GoldenRecord, recordSchema } from './contract.ts';
import { registerPortalApi } from './portal-routes.ts';

let store: Store<TestTables>;
let app: FastifyInstance;
let world: ReturnType<typeof testCatalog>;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = testCatalog(store);
  app = await testApp((server) => registerPortalApi(server, world));
  return () => app.close();
});
afterAll(() => store.close());

const recordOf = async (path: string) =>
  recordSchema.parse(await ask<GoldenRecord>(app, `/api/catalog/records/${path}`));
const pay = (spec: object) => entity('Component:pay', { type: 'service', ...spec });

test('every field says who said so, where and when, and what else was claimed', async () => {
  await world.sources.declare(['first', 'second']);
  const lines = { 'spec.owner': 7 };
  await world.read(
    'first',
    reading('pay.yaml', [pay({ owner: 'payers', lifecycle: 'production' })], { lines }),
  );
  await world.read(
    'second',
    reading('code', [pay({ owner: 'others', dependsOn: ['resource:db'] })], { confidence: 'found' }),
  );
  await world.sources.confirm('second', new Date('2026-03-05T00:00:00Z'));

  const record = await recordOf('component/default/Pay');
  const owner = record.fields.find(({ field }) => field === 'spec.owner');
  expect(owner?.chosen).toEqual({
    value: 'payers',
    source: 'first',
    confidence: 'declared',
    location: 'file:/estate/pay.yaml',
    path: 'pay.yaml',
    line: 7,
    confirmedAt: '2026-03-01T12:00:00.000Z',
    note: null,
  });
  expect(owner?.others).toMatchObject([
    { value: 'others', source: 'second', confirmedAt: '2026-03-05T00:00:00.000Z' },
  ]);
  expect(record.sources).toHaveLength(2);
  expect(record.confirmedAt).toBe('2026-03-05T00:00:00.000Z');
  expect(record.entity).toMatchObject({ spec: { owner: 'payers', dependsOn: ['resource:db'] } });
  expect(record.related).toMatchObject([
    { relation: 'dependsOn', ref: 'resource:default/db', kind: 'Resource', name: 'db', exists: false },
    { relation: 'ownedBy', ref: 'group:default/payers', exists: false },
  ]);
});

test('a part that fails confirms nothing', async () => {
  await world.sources.declare(['first']);
  await world.read('first', reading('pay.yaml', [pay({})]));
  world.clock.at = new Date('2026-03-02T00:00:00Z');
  await world.read('first', { part: 'pay.yaml', contributions: [], failed: true });
  await world.sources.confirm('first', world.clock.at);
  expect((await recordOf('component/default/pay')).confirmedAt).toBe('2026-03-01T12:00:00.000Z');
});

test('definitions to read are listed with the component', async () => {
  const api = entity('API:pay-api', { type: 'openapi', definition: 'openapi: 3.1.0' }, { title: 'Payments' });
  await world.read('first', reading('x', [api, pay({ providesApis: ['pay-api'], consumesApis: ['gone'] })]));
  const provides = { ref: 'api:default/pay-api', title: 'Payments', type: 'openapi', relation: 'provides' };
  expect((await recordOf('component/default/pay')).apis).toEqual([provides]);
  expect((await recordOf('api/default/pay-api')).apis).toEqual([{ ...provides, relation: 'self' }]);
});

test('a bad edit keeps the last good record, marked with what is wrong', async () => {
  await world.read('first', reading('pay.yaml', [pay({ owner: 'payers' })]));
  const problem = {
    level: 'error' as const,
    message: 'Not YAML',
    remedy: 'Close the quote.',
    path: 'pay.yaml',
    line: 3,
  };
  await world.read('first', { part: 'pay.yaml', contributions: [], problems: [problem] });
  const marked = await recordOf('component/default/pay');
  expect(marked.problems).toEqual([problem]);
  expect(marked.row).toMatchObject({ problems: 1, owner: 'group:default/payers' });
  expect(marked.entity).toMatchObject({ status: { items: [{ level: 'error' }] } });

  await world.read('first', reading('pay.yaml', [pay({ owner: 'payers' })]));
  expect((await recordOf('component/default/pay')).problems).toEqual([]);
});

test('an entity that nobody knows is not found', async () => {
  const answer = await app.inject('/api/catalog/records/component/default/none');
  expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'ENTITY_NOT_FOUND']);
});

test('the history tells each change, newest first', async () => {
  await world.read('first', reading('pay.yaml', [pay({ owner: 'payers' })]));
  await world.read('first', reading('pay.yaml', [pay({ owner: 'others' })]));
  await world.read('first', { part: 'pay.yaml', contributions: [] });
  await world.catalog.restore(['component:default/pay']);
  const { items } = changesSchema.parse(await ask(app, '/api/catalog/changes?ref=Component:pay'));
  expect(items.map(({ change }) => change)).toEqual(['restored', 'removed', 'changed', 'added']);
  expect(items[2]).toMatchObject({ kind: 'Component', name: 'pay', source: 'first' });
  expect(items[2]?.fields).toEqual([{ field: 'spec.owner', before: 'payers', after: 'others' }]);
  const older = changesSchema.parse(await ask(app, `/api/catalog/changes?before=${items[2]?.seq}&limit=1`));
  expect(older.items.map(({ change }) => change)).toEqual(['added']);
});

test('what left comes back as an orphan, until a source says it again', async () => {
  await world.sources.declare(['first']);
  await world.read('first', reading('pay.yaml', [pay({})]));
  await world.read('first', { part: 'pay.yaml', contributions: [] });
  expect(await world.sources.removed(10)).toMatchObject([
    { ref: 'component:default/pay', name: 'pay', path: 'pay.yaml' },
  ]);
  expect(await world.catalog.restore(['component:default/pay'])).toBe(1);
  expect((await recordOf('component/default/pay')).row.freshness).toBe('orphaned');
  expect(await world.sources.removed(10)).toEqual([]);
  await world.read('first', { part: 'pay.yaml', contributions: [] });
  expect((await recordOf('component/default/pay')).row.freshness).toBe('orphaned');
  await world.read('first', reading('pay.yaml', [pay({})]));
  expect((await recordOf('component/default/pay')).row.freshness).toBe('fresh');
});
