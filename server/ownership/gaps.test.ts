import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { gapsSchema, ownershipChangesSchema } from './contract.ts';
import { type OwnershipWorld, ownershipWorld } from './ownership-test-support.ts';

let store: Store<TestTables>;
let world: OwnershipWorld;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = await ownershipWorld(store);
  return () => world.app.close();
});
afterAll(() => store.close());

const group = (name: string) => entity(`Group:${name}`, { type: 'team', children: [] });
const service = (name: string, owner?: string) =>
  entity(`Component:${name}`, { type: 'service', ...(owner && { owner }) }, { title: `The ${name}` });
const at = (day: string) => {
  world.clock.at = new Date(`${day}T12:00:00Z`);
};
const gaps = async (api = world) => gapsSchema.parse(await api.get('/api/ownership/gaps'));
const told = async (api = world) =>
  (await gaps(api)).items.map(({ entity: ref, gap, owner, since }) => [ref, gap, owner, since.slice(0, 10)]);
const changes = async (query = '') =>
  ownershipChangesSchema.parse(await world.get(`/api/ownership/changes${query}`)).items;

test('a gap opens on the day that a team is dissolved, and closes when it is mended', async () => {
  at('2026-03-01');
  await world.read(
    'first',
    reading('teams.yaml', [group('payers'), group('others')]),
    reading('pay.yaml', [service('pay', 'payers'), service('shop', 'others')]),
  );
  expect(await told()).toEqual([]);
  at('2026-03-10');
  await world.read('first', reading('teams.yaml', [group('others')]));
  const orphaned = ['component:default/pay', 'unknown-owner', 'group:default/payers', '2026-03-10'];
  expect(await told()).toEqual([orphaned]);
  at('2026-03-20');
  await world.read('first', reading('pay.yaml', [service('pay', 'payers'), service('shop')]));
  expect(await told()).toEqual([['component:default/shop', 'unowned', null, '2026-03-20'], orphaned]);
  at('2026-03-21');
  await world.read('first', reading('pay.yaml', [service('pay', 'others'), service('shop', 'others')]));
  expect(await told()).toEqual([]);
  await world.read('first', reading('pay.yaml', [service('pay')]));
  await world.read('first', reading('pay.yaml', [service('other')]));
  expect((await told()).map(([ref]) => ref)).toEqual(['component:default/other']);
});

test('what changed while nobody followed is found at the next start, with the day of the change', async () => {
  at('2026-03-01');
  await world.read(
    'first',
    reading('teams.yaml', [group('payers')]),
    reading('pay.yaml', [service('pay', 'payers')]),
  );
  await world.app.close();
  at('2026-03-05');
  await world.read('first', reading('teams.yaml', []));
  const restarted = await ownershipWorld(store);
  restarted.clock.at = new Date('2026-03-09T12:00:00Z');
  expect(await told(restarted)).toEqual([
    ['component:default/pay', 'unknown-owner', 'group:default/payers', '2026-03-05'],
  ]);
  await restarted.app.close();
});

test('a gap names what it is of, and an owner that is guessed at', async () => {
  await world.read(
    'first',
    reading('found', [service('pay', 'payers')], {
      confidence: 'found',
      fields: { 'spec.owner': { confidence: 'guess' } },
    }),
    reading('unownable.yaml', [group('payers'), entity('Location:x', { type: 'file', target: './y.yaml' })]),
  );
  expect(await gaps()).toEqual({
    items: [
      {
        entity: 'component:default/pay',
        entityTitle: 'The pay',
        kind: 'Component',
        gap: 'unowned',
        owner: null,
        since: '2026-03-01T12:00:00.000Z',
        suggestedOwner: 'group:default/payers',
      },
    ],
    total: 1,
  });
});

test('many gaps are counted and the newest listed', async () => {
  await world.read(
    'first',
    reading(
      'all.yaml',
      Array.from({ length: 12 }, (_, index) => service(`s${index}`)),
    ),
  );
  const answer = gapsSchema.parse(await world.get('/api/ownership/gaps?limit=5'));
  expect(answer.items).toHaveLength(5);
  expect(answer.total).toBe(12);
});

test('changes of owners come from the history, without those that only write one otherwise', async () => {
  at('2026-03-01');
  await world.read('first', reading('pay.yaml', [service('pay', 'payers'), service('shop')]));
  at('2026-03-02');
  await world.read('first', reading('pay.yaml', [service('pay', 'group:default/payers'), service('shop')]));
  at('2026-03-03');
  await world.read('first', reading('pay.yaml', [service('pay', 'user:ada'), service('shop', 'others')]));
  at('2026-03-04');
  await world.read('second', reading('pay.yaml', [service('pay')]));
  await world.read('first', reading('pay.yaml', [service('pay', 'user:ada'), service('shop')]));
  const brief = (await changes()).map(({ entity: ref, before, after, at: day }) => [
    ref,
    before,
    after,
    day.slice(0, 10),
  ]);
  expect(brief).toEqual([
    ['component:default/shop', 'group:default/others', null, '2026-03-04'],
    ['component:default/shop', null, 'group:default/others', '2026-03-03'],
    ['component:default/pay', 'group:default/payers', 'user:default/ada', '2026-03-03'],
  ]);
  expect((await changes('?limit=1'))[0]).toEqual({
    entity: 'component:default/shop',
    entityTitle: 'The shop',
    at: '2026-03-04T12:00:00.000Z',
    before: 'group:default/others',
    after: null,
    source: 'first',
  });
  const page = await world.get<{ changes: unknown[] }>('/api/ownership/entities/component/default/pay');
  expect(page.changes).toHaveLength(1);
});
