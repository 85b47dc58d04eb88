import { afterAll, beforeAll, expect, test } from 'vitest';
import { entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { teamsSchema } from './contract.ts';
import { ownershipWorld } from './ownership-test-support.ts';

let store: Store<TestTables>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('teams with their members and what they own, those that are only named, and what nobody owns', async () => {
  const world = await ownershipWorld(store);
  await world.read(
    'first',
    reading('org.yaml', [
      entity('Group:money', { type: 'department', children: ['payers'] }),
      entity(
        'Group:payers',
        { type: 'team', parent: 'money', children: [], members: ['ada'] },
        { title: 'All who pay' },
      ),
      entity('User:ada', { memberOf: ['payers'] }),
      entity('User:bob', { memberOf: ['payers'] }),
      entity('Component:pay', { type: 'service', owner: 'payers' }),
      entity('API:pay', { type: 'openapi', definition: '{}', owner: 'payers' }),
      entity('Component:old', { type: 'service', owner: 'leavers' }),
      entity('Component:own', { type: 'service', owner: 'user:ada' }),
      entity('Component:lost', { type: 'service' }),
      entity('Location:here', { type: 'file', target: './x.yaml' }),
    ]),
  );
  const answer = teamsSchema.parse(await world.get('/api/teams'));
  const money = {
    ref: 'group:default/money',
    name: 'money',
    title: null,
    type: 'department',
    parent: null,
    members: 0,
  };
  expect(answer).toEqual({
    teams: [
      {
        ref: 'group:default/payers',
        name: 'payers',
        title: 'All who pay',
        type: 'team',
        parent: 'group:default/money',
        members: 2,
        owns: 2,
        byKind: { API: 1, Component: 1 },
        exists: true,
      },
      { ...money, owns: 0, byKind: {}, exists: true },
      {
        ...money,
        ref: 'group:default/leavers',
        name: 'leavers',
        type: null,
        owns: 1,
        byKind: { Component: 1 },
        exists: false,
      },
    ],
    unowned: 1,
    people: 2,
  });
  await world.app.close();
});
