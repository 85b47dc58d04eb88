/** Who is on call where an outside system says so, and where it no longer does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ON_CALL_FACT, type OnCallFact, type OnCallPerson } from '#model/on-call-fact.ts';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { entityOwnershipSchema, mineSchema, onCallSchema, teamPageSchema } from './contract.ts';
import { type OwnershipWorld, ownershipWorld, person } from './ownership-test-support.ts';

let store: Store<TestTables>;
let world: OwnershipWorld;

const weekly = { timeZone: 'UTC', start: '2026-02-23', people: ['bob'] };
const group = (name: string, spec: object = {}) =>
  entity(`Group:${name}`, { type: 'team', children: [], ...spec }, { title: `Team ${name}` });
const user = (name: string, email?: string) =>
  entity(`User:${name}`, { memberOf: [], ...(email && { profile: { email } }) }, { title: name });

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = await ownershipWorld(store);
  await world.read(
    'first',
    reading('all.yaml', [
      group('pagers', { onCall: weekly, profile: { email: 'pagers@example.com' } }),
      group('quiet'),
      user('ada', 'Ada@Example.com'),
      user('bob', 'bob@example.com'),
      user('eve', 'shared@example.com'),
      user('eva', 'shared@example.com'),
      entity('Component:pay', { type: 'service', owner: 'pagers' }, { title: 'Pay' }),
    ]),
  );
  return () => world.app.close();
});
afterAll(() => store.close());

const pagers = 'group:default/pagers';
const pay = 'component:default/pay';
const plan = { kind: 'schedule', name: 'Primary', link: 'https://acme.pagerduty.com/schedules#P1' } as const;
const ada: OnCallPerson = {
  ...{ name: 'Ada L.', email: 'ada@example.com', level: 1, plan },
  ...{ since: '2026-03-01T08:00:00.000Z', until: '2026-03-02T08:00:00.000Z' },
};
const cid: OnCallPerson = { name: 'Cid', email: 'cid@example.com', level: 2, plan };

async function observe(ref: string, ...people: OnCallPerson[]): Promise<void> {
  const value: OnCallFact = { system: 'PagerDuty', people };
  const facts = [{ ref, name: ON_CALL_FACT, value }];
  await world.catalog.ingest('pager', [], async (tx) => {
    await world.facts.put(tx, 'pager', [{ part: ref, facts }], world.now());
  });
}

const onCallOf = async (name: string) =>
  onCallSchema.parse(await world.get(`/api/on-call/group/default/${name}`));
const askOf = async () =>
  entityOwnershipSchema.parse(await world.get('/api/ownership/entities/component/default/pay')).ask;
const mineOf = async (name: string) =>
  mineSchema.parse(await world.get('/api/ownership/mine', person(name))).onCall;

describe('a group that an outside system speaks of', () => {
  test('has on call whom that names, in place of its rotation', async () => {
    await observe(pagers, ada, cid);
    const answer = await onCallOf('pagers');
    expect(answer).toMatchObject({
      ...{ source: 'integration', timeZone: null, next: [], calendar: null, problems: [] },
      now: {
        person: { ref: 'user:default/ada', title: 'ada', exists: true },
        from: '2026-03-01T08:00:00.000Z',
        until: '2026-03-02T08:00:00.000Z',
      },
    });
    expect(answer.observed).toMatchObject({
      system: 'PagerDuty',
      people: [
        { person: { ref: 'user:default/ada' }, level: 1, plan },
        {
          person: { ref: 'cid@example.com', title: 'Cid', exists: false, email: 'cid@example.com' },
          ...{ level: 2, from: null, until: null },
        },
      ],
    });
    const page = teamPageSchema.parse(await world.get('/api/teams/group/default/pagers'));
    expect(page.onCall).toEqual(answer);
  });

  test('needs no rotation', async () => {
    expect((await onCallOf('quiet')).source).toBe('none');
    await observe('group:default/quiet', ada);
    expect(await onCallOf('quiet')).toMatchObject({
      source: 'integration',
      now: { person: { title: 'ada' } },
    });
  });

  test('has people by name and address whom the catalog does not know, or not which of two', async () => {
    await observe(
      pagers,
      { ...ada, name: 'Eve', email: 'shared@example.com' },
      { name: 'Root', level: 1, plan },
    );
    expect((await onCallOf('pagers')).observed?.people.map((each) => each.person)).toEqual([
      { ref: 'shared@example.com', title: 'Eve', exists: false, email: 'shared@example.com' },
      { ref: 'Root', title: 'Root', exists: false, email: null },
    ]);
  });
});

describe('the rotation counts', () => {
  test.each([
    [
      'once the turn is over',
      async () => void Object.assign(world.clock, { at: new Date('2026-03-02T08:00:00Z') }),
    ],
    ['once the source breaks its promise', () => world.facts.markStale(['pager'])],
    [
      'once the source no longer says it',
      () =>
        world.catalog.ingest(
          'pager',
          [],
          async (tx) => void (await world.facts.dropParts(tx, 'pager', [pagers])),
        ),
    ],
  ])('%s', async (_, happens) => {
    const before = await onCallOf('pagers');
    await observe(pagers, ada);
    expect((await onCallOf('pagers')).source).toBe('integration');
    await happens();
    const after = await onCallOf('pagers');
    expect(after).toMatchObject({ source: 'rotation', now: { person: { ref: 'user:default/bob' } } });
    expect(after).not.toHaveProperty('observed');
    if (world.clock.at < new Date('2026-03-02T08:00:00Z')) expect(after).toEqual(before);
    expect((await askOf()).party?.ref).toBe('user:default/bob');
  });
});

describe('who is asked', () => {
  test('is whom the system names for the group, and it says so', async () => {
    expect((await askOf()).why).toBe('On call for Team pagers now');
    await observe(pagers, ada, cid);
    expect(await askOf()).toMatchObject({
      party: { ref: 'user:default/ada' },
      why: 'On call for Team pagers now, as PagerDuty says (schedule Primary)',
      until: '2026-03-02T08:00:00.000Z',
      contact: { url: 'mailto:Ada@Example.com' },
    });
  });

  test('is whom the system names for the entity itself before that', async () => {
    await observe(pagers, ada);
    await observe(pay, { ...cid, plan: { kind: 'escalation policy', name: 'Payments' } });
    expect(await askOf()).toEqual({
      party: { ref: 'cid@example.com', title: 'Cid', exists: false, email: 'cid@example.com' },
      why: 'On call for it now, as PagerDuty says (escalation policy Payments)',
      until: null,
      contact: { label: 'cid@example.com', url: 'mailto:cid@example.com' },
    });
  });

  test('is asked by way of the group, where the person has no address', async () => {
    await observe(pagers, { name: 'Root', level: 1, plan });
    expect((await askOf()).contact).toEqual({
      label: 'pagers@example.com',
      url: 'mailto:pagers@example.com',
    });
  });
});

test('what concerns me names where I am on call, in place of the rotation', async () => {
  expect((await mineOf('bob')).map(({ group: { ref } }) => ref)).toEqual([pagers]);
  await observe(pagers, ada, { ...cid, email: 'bob@example.com' });
  await observe(pay, ada);
  expect(await mineOf('ada')).toMatchObject([{ group: { ref: pagers }, until: '2026-03-02T08:00:00.000Z' }]);
  // He is asked second, so he is not the one.
  expect(await mineOf('bob')).toEqual([]);
});
