import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { ask, testApp } from '#tools/test-app.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import { localPrincipal, openGate } from '../kernel/gate.ts';
import type { Store } from '../kernel/store/store.ts';
import { reviewSchema, type rowsSchema } from './contract.ts';
import { registerPortalApi } from './portal-routes.ts';

const ada = { ...localPrincipal, id: 'ada', name: 'Ada' };

let store: Store<TestTables>;
let app: FastifyInstance;
let world: ReturnType<typeof testCatalog>;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = testCatalog(store);
  app = await testApp((server) => registerPortalApi(server, world), { ...openGate, authenticate: () => ada });
  await findAll();
  return () => app.close();
});
afterAll(() => store.close());

const found = (name: string, spec: object = {}) => entity(`Component:${name}`, { type: 'service', ...spec });

async function findAll(): Promise<void> {
  await world.read(
    'first',
    reading('pay.yaml', [entity('Component:payment-service', { type: 'service', owner: 'payers' })]),
  );
  const fields = { 'spec.owner': { confidence: 'guess' as const, note: 'Wrote 80 % of it' } };
  const guessed = found('payments-service', { owner: 'payers', dependsOn: ['resource:db'] });
  await world.read('second', reading('code/a/package.json', [guessed], { confidence: 'found', fields }));
  await world.read('second', reading('code/b', [found('tool')], { confidence: 'guess' }));
}

async function review(state = 'open') {
  return reviewSchema.parse(await ask(app, `/api/review?state=${state}`));
}
const decide = (body: object) => app.inject({ method: 'POST', url: '/api/review/decisions', payload: body });
const openRefs = async () => (await review()).items.map(({ row }) => row.ref);
const listed = async () =>
  (await ask<z.infer<typeof rowsSchema>>(app, '/api/catalog/rows')).items.map(({ ref }) => ref);

const payments = 'component:default/payments-service';
const payment = 'component:default/payment-service';
const tool = 'component:default/tool';

test('shows what was found with evidence, suggestion, likeness and proposal', async () => {
  const { items, total } = await review();
  expect(total).toBe(2);
  const [item] = items;
  expect(item?.row).toMatchObject({ ref: payments, owner: 'group:default/payers', ownerConfidence: 'guess' });
  expect(item?.suggestedOwner).toEqual({
    owner: 'group:default/payers',
    note: 'Wrote 80 % of it',
    location: 'file:/estate/code/a/package.json',
  });
  expect(item?.evidence).toContainEqual(
    expect.objectContaining({ field: 'spec.type', value: 'service', confidence: 'found' }),
  );
  expect(item?.mergeCandidates).toMatchObject([
    { ref: payment, reason: expect.stringContaining('Similar name') },
  ]);
  expect(item?.proposal).toContain('owner: payers # guess: Wrote 80 % of it');
  expect(item?.proposalFile).toBe('/estate/code/a/catalog-info.yaml');
});

test('an accepted guess becomes the owner, and stays so when it is read again', async () => {
  expect((await decide({ refs: [payments], decision: 'accept' })).json()).toEqual({ decided: 1 });
  await findAll();
  expect(await openRefs()).toEqual([tool]);
  const { items } = await ask<z.infer<typeof rowsSchema>>(
    app,
    '/api/catalog/rows?filter=owner=payers,review=accepted',
  );
  expect(items.map(({ ref }) => ref)).toEqual([payments]);
  expect((await review('decided')).decided).toMatchObject([
    { ref: payments, decision: 'accepted', by: 'ada' },
  ]);
});

test('what is ignored stays away until it is reopened', async () => {
  await decide({ refs: [tool], decision: 'ignore' });
  await world.read(
    'second',
    reading('code/b', [found('tool', { lifecycle: 'production' })], { confidence: 'guess' }),
  );
  expect(await listed()).toEqual([payment, payments]);
  await decide({ refs: [tool], decision: 'reopen' });
  expect(await openRefs()).toEqual([payments, tool]);
});

test('what is merged adds to the other, stays merged, and comes apart again', async () => {
  await decide({ refs: [payments], decision: 'merge', mergeInto: payment });
  await findAll();
  expect(await listed()).toEqual([payment, tool]);
  const record = await ask<object>(app, '/api/catalog/records/component/default/payment-service');
  expect(record).toMatchObject({
    entity: { metadata: { name: 'payment-service' }, spec: { dependsOn: ['resource:db'] } },
  });
  await decide({ refs: [payments], decision: 'reopen' });
  expect(await listed()).toEqual([payment, payments, tool]);
  const apart = await ask<{ entity: { spec: object } }>(
    app,
    '/api/catalog/records/component/default/payment-service',
  );
  expect(apart.entity.spec).not.toHaveProperty('dependsOn');
});

test('a merge into a guess keeps the name of that guess, and a chain of merges ends in the last', async () => {
  await decide({ refs: [payments], decision: 'merge', mergeInto: tool });
  expect(await listed()).toEqual([payment, tool]);
  await decide({ refs: [tool], decision: 'merge', mergeInto: payment });
  expect(await listed()).toEqual([payment]);
  const record = await ask<{ entity: object }>(app, '/api/catalog/records/component/default/payment-service');
  expect(record.entity).toMatchObject({ spec: { dependsOn: ['resource:db'] } });
});

test('a change of one merged finding leaves what others said', async () => {
  await decide({ refs: [payments, tool], decision: 'merge', mergeInto: payment });
  await world.read(
    'second',
    reading('code/b', [found('tool', { lifecycle: 'production' })], { confidence: 'guess' }),
  );
  const record = await ask<{ entity: object }>(app, '/api/catalog/records/component/default/payment-service');
  expect(record.entity).toMatchObject({ spec: { dependsOn: ['resource:db'], lifecycle: 'production' } });
});

test('refuses decisions that mean nothing', async () => {
  const codes = async (body: object) => (await decide(body)).json().error.code;
  expect(await codes({ refs: ['component:none'], decision: 'accept' })).toBe('ENTITY_NOT_FOUND');
  expect(await codes({ refs: [payment], decision: 'ignore' })).toBe('INPUT_INVALID');
  expect(await codes({ refs: [tool], decision: 'merge' })).toBe('INPUT_INVALID');
  expect(await codes({ refs: [tool], decision: 'merge', mergeInto: tool })).toBe('INPUT_INVALID');
  expect(await codes({ refs: [tool], decision: 'merge', mergeInto: 'component:none' })).toBe(
    'ENTITY_NOT_FOUND',
  );
  expect(await codes({ refs: [tool], decision: 'reopen' })).toBe('ENTITY_NOT_FOUND');
});
