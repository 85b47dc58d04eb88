import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import { localPrincipal } from '../kernel/gate.ts';
import type { Store } from '../kernel/store/store.ts';
import { mineSchema, teamPageSchema } from './contract.ts';
import { type OwnershipWorld, ownershipWorld, person } from './ownership-test-support.ts';

let store: Store<TestTables>;
let world: OwnershipWorld;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = await ownershipWorld(store);
  await world.read(
    'first',
    reading('all.yaml', [
      entity(
        'Group:payers',
        {
          type: 'team',
          parent: 'money',
          children: ['cards'],
          members: ['bob'],
          profile: { email: 'payers@example.com' },
          onCall: { timeZone: 'UTC', start: '2026-02-23', people: ['ada', 'bob'] },
        },
        {
          title: 'Payers',
          description: 'All who pay',
          links: [{ url: 'https://wiki.example.com', title: 'Wiki' }],
        },
      ),
      entity('Group:money', { type: 'department', children: [] }),
      entity('Group:cards', { type: 'team', children: [] }, { title: 'Cards' }),
      entity('User:ada', { memberOf: ['payers'] }, { title: 'Ada' }),
      entity('User:bob', { memberOf: [] }, { title: 'Bob' }),
      entity('Component:pay', { type: 'service', owner: 'payers' }, { title: 'Pay' }),
      entity('API:pay', { type: 'openapi', definition: '{}', owner: 'payers' }),
      entity('Component:own', { type: 'tool', owner: 'user:ada' }),
      entity('Component:other', { type: 'service', owner: 'leavers' }),
    ]),
  );
  return () => world.app.close();
});
afterAll(() => store.close());

const ada = person('ada', ['payers', 'money']);
const olga = person('olga', ['others']);
const debt = (target: string, title: string) =>
  world.send(ada, 'POST', '/api/debt', { entity: target, title, costDays: 1 });
const claim = (by = olga) =>
  world.send(by, 'POST', '/api/ownership/requests', {
    entity: 'component:other',
    to: 'payers',
    reason: 'They know it',
  });
const mine = async (by = ada) => mineSchema.parse(await world.get('/api/ownership/mine', by));

describe('what concerns whoever asks', () => {
  test('is what they own by themselves or by their groups, their debts, and what waits for them', async () => {
    await debt('component:pay', 'Theirs');
    await debt('component:other', 'Not theirs');
    await claim();
    const answer = await mine();
    expect(answer.groups.map(({ title }) => title)).toEqual(['Payers', 'money']);
    expect(answer.onCall).toEqual([
      {
        group: { ref: 'group:default/payers', title: 'Payers', exists: true, email: 'payers@example.com' },
        until: '2026-03-02T09:00:00.000Z',
      },
    ]);
    expect(answer.owns.map(({ ref }) => ref)).toEqual([
      'component:default/own',
      'component:default/pay',
      'api:default/pay',
    ]);
    expect(answer.ownsTotal).toBe(3);
    expect(answer.debts.map(({ title }) => title)).toEqual(['Theirs']);
    expect(answer.toDecide).toMatchObject([{ entity: 'component:default/other', mayDecide: true }]);
    expect(answer.asked).toEqual([]);
  });

  test('is what they asked for, and what became of it', async () => {
    await claim(ada);
    expect((await mine()).asked).toMatchObject([{ state: 'open', mayDecide: false }]);
    expect((await mine()).toDecide).toEqual([]);
    const [{ id } = { id: '' }] = (await mine()).asked;
    await world.send(person('bob', ['payers']), 'POST', `/api/ownership/requests/${id}/decision`, {
      decision: 'decline',
    });
    expect((await mine()).asked).toMatchObject([{ state: 'declined' }]);
  });

  test('is another’s turn a week later, and nothing for whoever is nobody’s', async () => {
    world.clock.at = new Date('2026-03-02T09:00:00Z');
    expect((await mine()).onCall).toEqual([]);
    expect((await mine(person('bob', ['payers']))).onCall).toHaveLength(1);
    expect(await mine(localPrincipal)).toEqual({
      groups: [],
      onCall: [],
      owns: [],
      ownsTotal: 0,
      debts: [],
      toDecide: [],
      asked: [],
    });
  });
});

describe('a team', () => {
  const team = async (name: string) =>
    teamPageSchema.parse(await world.get(`/api/teams/group/default/${name}`, ada));

  test('is told with its people, its place, what it owns and owes, and what is asked of it', async () => {
    await debt('component:pay', 'Theirs');
    await claim();
    const page = await team('payers');
    expect(page).toMatchObject({
      team: {
        ref: 'group:default/payers',
        name: 'payers',
        title: 'Payers',
        type: 'team',
        parent: 'group:default/money',
        members: 2,
        owns: 2,
        byKind: { API: 1, Component: 1 },
        exists: true,
      },
      description: 'All who pay',
      email: 'payers@example.com',
      links: [{ url: 'https://wiki.example.com', title: 'Wiki' }],
      onCall: { source: 'rotation', now: { person: { title: 'Ada' } } },
      debt: { total: { items: 1, costDays: 1 } },
      requests: [{ entity: 'component:default/other', to: { title: 'Payers' }, mayDecide: true }],
    });
    expect(page.people.map(({ title }) => title)).toEqual(['Ada', 'Bob']);
    expect(page.children.map(({ title }) => title)).toEqual(['Cards']);
    expect((await team('money')).children.map(({ title }) => title)).toEqual(['Payers']);
  });

  test('that is gone and still owns something is told as that', async () => {
    const page = await team('leavers');
    expect(page.team).toMatchObject({ name: 'leavers', owns: 1, exists: false });
    expect(page.onCall).toMatchObject({ source: 'none', group: { exists: false } });
    for (const path of ['group/default/none', 'component/default/pay', 'user/default/ada']) {
      expect((await world.send(ada, 'GET', `/api/teams/${path}`)).status, path).toBe(404);
    }
  });
});
