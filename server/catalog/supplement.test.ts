/** What people decided of an owner, beside what sources say of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PartReading } from '#model/contribution.ts';
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
import type { GoldenRecord } from './contract.ts';
import { registerPortalApi } from './portal-routes.ts';

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

const ref = 'component:default/pay';
const pay = (owner?: string) => entity('Component:pay', { type: 'service', ...(owner && { owner }) });
const declare = (owner?: string) => world.read('first', reading('pay.yaml', [pay(owner)]));

/** As an approval writes it. */
function approved(owner: string, declaredOwner: string | null): PartReading {
  const place = { location: 'ownership-request:1' };
  const { kind, apiVersion, metadata } = pay();
  return {
    part: ref,
    contributions: [
      {
        ref,
        entity: { apiVersion, kind, metadata, spec: { owner } },
        confidence: 'declared',
        place,
        fields: { 'spec.owner': { confidence: 'declared', place, note: 'approved' } },
        supplements: { declaredOwner },
      },
    ],
  };
}
const approve = (owner: string, declaredOwner: string | null) =>
  world.catalog.ingest('ownership', [approved(owner, declaredOwner)]);

async function row() {
  return store.db
    .selectFrom('entity')
    .select(['owner', 'owner_confidence', 'review', 'problem_count', 'freshness'])
    .where('ref', '=', ref)
    .executeTakeFirst();
}
const owner = async () => (await row())?.owner;

describe('an approved owner', () => {
  test('counts before what the descriptor said when it was approved', async () => {
    await declare('payers');
    await approve('group:default/others', 'group:default/payers');
    expect(await row()).toEqual({
      owner: 'group:default/others',
      owner_confidence: 'declared',
      review: 'declared',
      problem_count: 0,
      freshness: 'fresh',
    });
    // Written otherwise, it says the same.
    await declare('group:payers');
    expect(await owner()).toBe('group:default/others');
  });

  test('gives way to a descriptor that says something else since: the same, or a third owner', async () => {
    await declare('payers');
    await approve('group:default/others', 'group:default/payers');
    await declare('others');
    expect(await owner()).toBe('group:default/others');
    await declare('third');
    expect(await owner()).toBe('group:default/third');
  });

  test('gives way to the first descriptor, but not to what is only found', async () => {
    const found = { confidence: 'found' as const };
    await world.read('first', reading('discovery', [pay('payers')], found));
    await approve('group:default/others', null);
    expect(await row()).toMatchObject({ owner: 'group:default/others', review: 'unreviewed' });
    await world.read('first', reading('discovery', [pay('third')], found));
    expect(await owner()).toBe('group:default/others');
    await declare('fourth');
    expect(await row()).toMatchObject({ owner: 'group:default/fourth', review: 'declared' });
  });

  test('is taken by another approval', async () => {
    await declare('payers');
    await approve('group:default/others', 'group:default/payers');
    await approve('group:default/third', 'group:default/payers');
    expect(await owner()).toBe('group:default/third');
    await approve('group:default/payers', 'group:default/payers');
    expect(await owner()).toBe('group:default/payers');
  });

  test('tells in the record who decided, with all that was said else', async () => {
    await declare('payers');
    await approve('group:default/others', 'group:default/payers');
    const app = await testApp((server) => registerPortalApi(server, world));
    const record = await ask<GoldenRecord>(app, '/api/catalog/records/component/default/pay');
    const field = record.fields.find((each) => each.field === 'spec.owner');
    expect(field?.chosen).toMatchObject({
      source: 'ownership',
      note: 'approved',
      value: 'group:default/others',
    });
    expect(field?.others).toMatchObject([{ source: 'first', value: 'payers' }]);
    await app.close();
  });
});

describe('an entity with an approved owner', () => {
  test('leaves with its descriptor, and has the owner again when it comes back', async () => {
    await declare('payers');
    await approve('group:default/others', 'group:default/payers');
    await world.read('first', reading('pay.yaml', []));
    expect(await row()).toBeUndefined();
    await declare('payers');
    expect(await owner()).toBe('group:default/others');
  });

  test('leaves when it is taken out, and an approval alone makes none', async () => {
    await approve('group:default/others', null);
    expect(await row()).toBeUndefined();
    await declare('payers');
    await world.catalog.removeEntity(ref);
    expect(await row()).toBeUndefined();
  });

  test('is stale when its source is, and of that source alone', async () => {
    await declare('payers');
    await approve('group:default/others', 'group:default/payers');
    await world.catalog.markStale(['first']);
    expect((await row())?.freshness).toBe('stale');
    expect(await world.catalog.sourcesOf(ref)).toEqual(['first']);
  });

  test('is an orphan when only a person keeps it', async () => {
    await declare('payers');
    await approve('group:default/others', 'group:default/payers');
    await world.read('first', reading('pay.yaml', []));
    await world.catalog.restore([ref]);
    expect(await row()).toMatchObject({ freshness: 'orphaned', owner: 'group:default/others' });
  });

  test('keeps its owner out of what it is merged into', async () => {
    const found = { confidence: 'found' as const };
    await world.read('first', reading('discovery', [pay()], found));
    await approve('group:default/others', null);
    await world.read('second', reading('shop.yaml', [entity('Component:shop', { type: 'service' })]));
    await world.catalog.decide([ref], 'merge', 'ada', 'component:default/shop');
    const shop = await store.db
      .selectFrom('entity')
      .select('owner')
      .where('ref', '=', 'component:default/shop');
    expect((await shop.executeTakeFirst())?.owner).toBeNull();
    expect(await row()).toBeUndefined();
  });
});

test('claims tell which descriptor counts, and who said each field', async () => {
  await declare('payers');
  await world.read('second', reading('other.yaml', [pay('rival')]));
  await approve('group:default/others', 'group:default/payers');
  const claims = (await world.catalog.claims([ref, 'component:default/none'])).get(ref);
  expect(claims?.declaration).toMatchObject({
    source: 'first',
    part: 'pay.yaml',
    entity: { spec: { owner: 'payers' } },
  });
  expect(claims?.fields.get('spec.owner')?.source).toBe('ownership');
  expect(claims?.fields.get('spec.type')?.source).toBe('first');
});
