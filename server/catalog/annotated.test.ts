import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';

let store: Store<TestTables>;
let world: ReturnType<typeof testCatalog>;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = testCatalog(store);
});
afterAll(() => store.close());

const names = ['pager.example/Service-Id', 'pager.example/schedule'];
const annotatedWith = (annotations: Record<string, string>) => ({ annotations });

test('finds entities by what they name elsewhere, with that alone', async () => {
  await world.read(
    'first',
    reading('a.yaml', [
      entity('Component:b', {}, annotatedWith({ 'pager.example/Service-Id': 'P1', 'other.example/x': 'y' })),
      entity('Group:a', {}, annotatedWith({ 'pager.example/schedule': 'S1' })),
      entity('Component:none', {}, annotatedWith({ 'other.example/x': 'y' })),
    ]),
  );
  const all = [
    { ref: 'component:default/b', annotations: { 'pager.example/Service-Id': 'P1' } },
    { ref: 'group:default/a', annotations: { 'pager.example/schedule': 'S1' } },
  ];
  expect(await world.catalog.annotated(names, 10)).toEqual(all);
  expect(await world.catalog.annotated(names, 1)).toEqual(all.slice(0, 1));
});

test('passes over what only a registered location says', async () => {
  await world.read('first', reading('a.yaml', [entity('Component:ours', { type: 'service' })]));
  await world.read(
    'location:x',
    reading('b.yaml', [
      entity('Component:theirs', {}, annotatedWith({ 'pager.example/schedule': 'S1' })),
      entity('Component:ours', {}, annotatedWith({ 'pager.example/schedule': 'S1' })),
    ]),
  );
  expect(await world.catalog.annotated(names, 10)).toEqual([]);
});
