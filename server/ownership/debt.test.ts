import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { type Debt, debtSchema, debtsSchema } from './contract.ts';
import { machine, type OwnershipWorld, ownershipWorld, person } from './ownership-test-support.ts';

let store: Store<TestTables>;
let world: OwnershipWorld;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = await ownershipWorld(store);
  await world.read('first', reading('all.yaml', [...org, pay]));
  return () => world.app.close();
});
afterAll(() => store.close());

const ada = person('ada', ['payers']);
const org = [
  entity('Group:payers', { type: 'team', children: [] }, { title: 'Payers' }),
  entity('Group:owers', { type: 'team', children: [] }, { title: 'Owers' }),
  entity('User:ada', { memberOf: ['payers'] }, { title: 'Ada' }),
  entity('System:money', { owner: 'payers' }, { annotations: { 'atrium.dev/debt-owner': 'owers' } }),
  entity('Component:lone', { type: 'service', owner: 'payers' }),
];
const pay = entity('Component:pay', { type: 'service', owner: 'payers', system: 'money' }, { title: 'Pay' });
const item = { entity: 'component:pay', title: 'Old library', costDays: 4 };

const add = async (more: object = {}, by = ada) => {
  const { status, body } = await world.send<Debt>(by, 'POST', '/api/debt', { ...item, ...more });
  expect(status).toBe(201);
  return debtSchema.parse(body);
};
const list = async (query = '') => debtsSchema.parse(await world.get(`/api/debt${query}`));
const titles = async (query: string) => (await list(query)).items.map(({ title }) => title);

describe('an item of the register', () => {
  test('belongs to whoever owns the debt of the entity, unless it names somebody', async () => {
    expect(await add()).toMatchObject({
      entity: 'component:default/pay',
      entityTitle: 'Pay',
      owner: { ref: 'group:default/owers', title: 'Owers', exists: true },
      state: 'open',
      origin: 'person',
      createdBy: 'user:default/ada',
      detail: '',
      interestDays: 0,
      due: null,
      issue: null,
      overdue: false,
    });
    expect((await add({ owner: 'user:ada' })).owner?.ref).toBe('user:default/ada');
    expect((await add({ entity: 'component:lone' })).owner?.ref).toBe('group:default/payers');
    expect((await add({}, machine('ci', 'user:default/ada'))).origin).toBe('machine');
  });

  test('changes in what is named, and only there', async () => {
    const { id } = await add({ detail: 'long', interestDays: 2, owner: 'owers', due: '2026-03-20' });
    world.clock.at = new Date('2026-03-21T00:00:00Z');
    const url = `/api/debt/${id}`;
    const { body } = await world.send<Debt>(ada, 'PATCH', url, { costDays: 6 });
    expect(body).toMatchObject({
      title: 'Old library',
      detail: 'long',
      costDays: 6,
      interestDays: 2,
      owner: { ref: 'group:default/owers' },
      due: '2026-03-20',
      overdue: true,
      changedAt: '2026-03-21T00:00:00.000Z',
    });
    const paid = await world.send<Debt>(ada, 'PATCH', url, { state: 'paid', owner: null, due: null });
    expect(paid.body).toMatchObject({ state: 'paid', owner: { ref: 'group:default/owers' }, due: null });
    expect((await world.send(ada, 'DELETE', url)).status).toBe(204);
    expect((await world.send(ada, 'PATCH', url, { costDays: 1 })).status).toBe(404);
    expect((await world.send(ada, 'DELETE', url)).status).toBe(404);
  });

  test('is told to the audit before and after', async () => {
    const { id } = await add();
    await world.send(ada, 'PATCH', `/api/debt/${id}`, { costDays: 6 });
    await world.send(ada, 'DELETE', `/api/debt/${id}`);
    const about = { target: 'component:default/pay', by: 'user:default/ada', permission: 'debt.write' };
    expect(world.told).toMatchObject([
      { ...about, status: 201, after: { costDays: 4 } },
      { ...about, status: 200, before: { costDays: 4 }, after: { costDays: 6 } },
      { ...about, status: 204, before: { costDays: 6 } },
    ]);
  });
});

describe('the register', () => {
  test('keeps items when the entity leaves', async () => {
    await add();
    await world.read('first', reading('all.yaml', org));
    const { items } = await list();
    expect(items).toMatchObject([{ entity: 'component:default/pay', entityTitle: 'Pay', owner: null }]);
    await world.read('first', reading('all.yaml', [...org, pay]));
    expect((await list()).items[0]?.owner?.ref).toBe('group:default/owers');
  });

  test.each([
    [{ entity: 'component:none' }, 404],
    [{ entity: 'none' }, 400],
    [{ entity: 'component:\u0000' }, 400],
    [{ owner: 'component:pay' }, 400],
    [{ owner: 'group:/' }, 400],
    [{ title: 'ab' }, 400],
    [{ costDays: -1 }, 400],
    [{ due: '2026-02-30' }, 400],
    [{ issue: 'javascript:alert(1)' }, 400],
  ])('refuses what is wrong: %j', async (more, status) => {
    expect((await world.send(ada, 'POST', '/api/debt', { ...item, ...more })).status).toBe(status);
    expect((await list()).items).toEqual([]);
  });
});

test('the register is filtered and summed', async () => {
  await add({ title: 'first', costDays: 0.1, due: '2026-02-01' });
  await add({ title: 'second', costDays: 0.2, interestDays: 3 });
  await add({ title: 'third', costDays: 5, interestDays: 1, entity: 'component:lone' });
  const { id } = await add({ title: 'fourth', owner: 'user:ada' });
  await world.send(ada, 'PATCH', `/api/debt/${id}`, { state: 'accepted' });
  const all = await list();
  expect(all.items.map(({ title }) => title)).toEqual(['first', 'second', 'third', 'fourth']);
  expect(all.items.map(({ overdue }) => overdue)).toEqual([true, false, false, false]);
  expect(all.total).toEqual({ items: 4, costDays: 9.3, interestDays: 4 });
  expect((await list('?entity=component:pay&state=open')).total).toEqual({
    items: 2,
    costDays: 0.3,
    interestDays: 3,
  });
  expect(await titles('?state=accepted')).toEqual(['fourth']);
  expect(await titles('?owner=owers')).toEqual(['first', 'second']);
  expect(await titles('?owner=group:default/payers')).toEqual(['third']);
  expect(await titles('?owner=user:ada')).toEqual(['fourth']);
  const page = await world.get<{ debt: object }>('/api/ownership/entities/component/default/pay');
  expect(page.debt).toMatchObject({ items: 2, interestDays: 3 });
});

test('the register is read page by page, and summed as a whole', async () => {
  const names = ['first', 'second', 'third', 'fourth', 'fifth'];
  for (const [index, title] of names.entries()) await add({ title, costDays: 5 - index });
  await add({ title: 'other', entity: 'component:lone', costDays: 9 });
  const page = async (query: string) => {
    const { items, total } = await list(query);
    return [items.map(({ title }) => title), total.items, total.costDays];
  };
  expect(await page('?limit=2')).toEqual([['other', 'first'], 6, 24]);
  expect(await page('?limit=2&offset=4')).toEqual([['fourth', 'fifth'], 6, 24]);
  expect(await page('?limit=2&offset=6')).toEqual([[], 6, 24]);
  expect(await page('?owner=owers&limit=2&offset=1')).toEqual([['second', 'third'], 5, 15]);
  for (const query of ['?limit=0', '?limit=501', '?offset=-1', '?limit=x'])
    expect((await world.send(ada, 'GET', `/api/debt${query}`)).status).toBe(400);
});
