import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ask, testApp } from '#tools/test-app.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import { createLog } from '../kernel/log.ts';
import type { Store } from '../kernel/store/store.ts';
import {
  problemsSchema,
  removedSchema,
  type SourceView,
  sourceDetailSchema,
  sourcesSchema,
} from './contract.ts';
import { type ConfiguredSource, registerSourceApi, SourceManager } from './index.ts';
import { readPay, testSource as source } from './test-support.ts';

let store: Store<TestTables>;
let world: ReturnType<typeof testCatalog>;
let manager: SourceManager;
let app: FastifyInstance;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = testCatalog(store);
});
afterAll(() => store.close());

async function run(...configured: ConfiguredSource[]): Promise<void> {
  const { catalog, sources, facts, kinds, now } = world;
  const common = { catalog, store: sources, facts, kinds, log: createLog('silent'), now };
  manager = new SourceManager({ configured, ...common });
  app = await testApp((server) => registerSourceApi(server, { manager, catalog, store: sources, now }));
  await manager.start();
}

async function stop(): Promise<void> {
  await manager.stop();
  await app.close();
}

const ready = () =>
  vi.waitFor(() => expect(manager.current().ready).toBe(true), { timeout: 10_000, interval: 20 });
test('shows how its sources are, and reads one anew when asked', async () => {
  const read = vi.fn(readPay);
  await run(source('one', read));
  await ready();
  const answer = sourcesSchema.parse(await ask(app, '/api/sources'));
  expect(answer).toMatchObject({ ready: true, sample: false });
  expect(answer.sources).toMatchObject([
    {
      id: 'one',
      state: 'watching',
      entities: 1,
      parts: 1,
      problems: 0,
      stale: false,
      confirmedAt: '2026-03-01T12:00:00.000Z',
    },
  ]);
  await ask<SourceView>(app, { method: 'POST', url: '/api/sources/one/sync' });
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  expect((await app.inject({ method: 'POST', url: '/api/sources/none/sync' })).json().error.code).toBe(
    'SOURCE_NOT_FOUND',
  );
  expect((await app.inject('/api/sources/none')).statusCode).toBe(404);
  await stop();
});

test('reads two at once and the third after one of them', async () => {
  const open: (() => void)[] = [];
  const held = (id: string) =>
    source(id, async () => {
      await new Promise<void>((done) => open.push(done));
      return [];
    });
  await run(held('a'), held('b'), held('c'));
  await vi.waitFor(() => expect(open).toHaveLength(2));
  expect(manager.current().sources.map(({ state }) => state)).toEqual(['reading', 'reading', 'waiting']);
  open[0]?.();
  await vi.waitFor(() => expect(open).toHaveLength(3));
  for (const release of open) release();
  await ready();
  await stop();
});

test('tells of changes a few times a second only', async () => {
  const heard = vi.fn();
  const one = source('one', async ({ progress }) => {
    for (let done = 0; done < 500; done++) progress({ done, total: 500 });
    return [];
  });
  await run(one);
  const off = manager.onChange(heard);
  await ready();
  await vi.waitFor(() => expect(heard).toHaveBeenCalled());
  expect(heard.mock.calls.length).toBeLessThan(5);
  off();
  await stop();
});

test('what was not confirmed in time is stale, and fresh again once it is', async () => {
  await run(source('one', readPay));
  await ready();
  const freshness = async () =>
    (await store.db.selectFrom('entity').select('freshness').execute()).map((row) => row.freshness);
  world.clock.at = new Date('2026-03-01T12:02:00Z');
  await manager.check();
  expect(await freshness()).toEqual(['stale']);
  expect(manager.current().sources[0]?.stale).toBe(true);
  await world.sources.confirm('one', world.clock.at);
  await manager.check();
  expect(await freshness()).toEqual(['fresh']);
  await stop();
});

test('what left can be brought back until the undo window ends', async () => {
  await run(source('one', readPay));
  await ready();
  await world.catalog.removeParts('one', ['pay.yaml']);
  const removed = async () => removedSchema.parse(await ask(app, '/api/sources/removed')).items;
  const [left] = await removed();
  expect(left).toMatchObject({
    ref: 'component:default/pay',
    kind: 'Component',
    source: 'one',
    path: 'pay.yaml',
  });
  expect([left?.at, left?.until]).toEqual(['2026-03-01T12:00:00.000Z', '2026-03-08T12:00:00.000Z']);
  const restore = {
    method: 'POST' as const,
    url: '/api/sources/restore',
    payload: { refs: ['Component:pay'] },
  };
  expect(await ask(app, restore)).toEqual({ restored: 1 });
  expect(await removed()).toEqual([]);
  expect(await store.db.selectFrom('entity').select('freshness').execute()).toEqual([
    { freshness: 'orphaned' },
  ]);
  await stop();
});

test('the undo window ends', async () => {
  await run(source('one', readPay));
  await ready();
  await world.catalog.removeParts('one', ['pay.yaml']);
  world.clock.at = new Date('2026-03-08T12:00:01Z');
  await manager.check();
  expect(await store.db.selectFrom('contribution').select('ref').execute()).toEqual([]);
  await stop();
});

test('a source that can’t be read says why, and a bad part is listed with its place', async () => {
  const bad = source('bad', () => Promise.reject(new Error('No such folder')));
  const problem = {
    level: 'error' as const,
    message: 'Not YAML',
    remedy: 'Close it.',
    ref: 'a:b/c',
    line: 3,
    column: 2,
  };
  const half = source('half', async ({ apply }) => {
    await apply([{ part: 'x.yaml', contributions: [], problems: [problem] }]);
    return ['x.yaml'];
  });
  await run(bad, half);
  await ready();
  const { sources } = sourcesSchema.parse(await ask(app, '/api/sources'));
  expect(sources[0]).toMatchObject({
    state: 'failed',
    stale: true,
    error: { code: 'SOURCE_UNREADABLE', message: 'No such folder' },
  });
  const listed = { ...problem, source: 'half', part: 'x.yaml' };
  expect(problemsSchema.parse(await ask(app, '/api/sources/problems')).items).toEqual([listed]);
  const detail = sourceDetailSchema.parse(await ask(app, '/api/sources/half'));
  expect(detail).toMatchObject({
    source: { problems: 1 },
    problems: [listed],
    parts: [{ part: 'x.yaml', failed: false }],
  });
  await stop();
});

test('what a source said leaves when it is no longer configured, or taken away', async () => {
  await world.sources.declare(['gone']);
  await world.read('gone', reading('old.yaml', [entity('Component:old', { type: 'service' })]));
  await run(source('one', readPay));
  await ready();
  const refs = async () =>
    (await store.db.selectFrom('entity').select('ref').execute()).map(({ ref }) => ref);
  expect(await refs()).toEqual(['component:default/pay']);
  const more = entity('Component:more', { type: 'service' });
  await manager.add(
    source('two', async ({ apply }) => {
      await apply([reading('more.yaml', [more])]);
      return ['more.yaml'];
    }),
  );
  await vi.waitFor(async () => expect(await refs()).toHaveLength(2));
  await manager.remove('two');
  expect(await refs()).toEqual(['component:default/pay']);
  expect(manager.syncNow('two')).toBe(false);
  await stop();
});
