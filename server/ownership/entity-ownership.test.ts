import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { type EntityOwnership, entityOwnershipSchema } from './contract.ts';
import { type OwnershipWorld, ownershipWorld, person } from './ownership-test-support.ts';

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

async function ownershipOf(path: string, by = person('zoe')): Promise<EntityOwnership> {
  return entityOwnershipSchema.parse(await world.get(`/api/ownership/entities/${path}`, by));
}
const refs = ({ holders }: EntityOwnership['owner']) => holders.map(({ ref }) => ref);
const told = (held: EntityOwnership['owner']) => [held.how, held.from, ...refs(held)];
const named = (annotations: Record<string, string>) => ({ annotations });

const group = (name: string, spec: object = {}, metadata: object = {}) =>
  entity(`Group:${name}`, { type: 'team', children: [], ...spec }, { title: `Team ${name}`, ...metadata });
const rotation = { timeZone: 'Europe/Berlin', start: '2026-01-05', people: ['ada', 'bob'] };

/** A service in a service, in a system, in a domain within a domain. */
const estate = [
  group('payers', { profile: { email: 'payers@example.com' } }),
  group('directors'),
  group(
    'pagers',
    { onCall: rotation },
    { links: [{ url: 'https://x.slack.com/archives/C1', title: '#pagers' }] },
  ),
  entity('User:ada', { memberOf: ['payers'], profile: { email: 'ada@example.com' } }, { title: 'Ada' }),
  entity('User:bob', { memberOf: ['payers'] }, { title: 'Bob' }),
  entity('Component:part', { type: 'library', owner: 'payers', subcomponentOf: 'whole' }),
  entity(
    'Component:whole',
    { type: 'service', owner: 'payers', system: 'pay' },
    named({ 'atrium.dev/approvers': 'payers, user:bob , ,component:x' }),
  ),
  entity('System:pay', { owner: 'directors', domain: 'cards' }, { title: 'Pay' }),
  entity('Domain:cards', { owner: 'directors', subdomainOf: 'money' }),
  entity('Domain:money', { owner: 'directors' }, named({ 'atrium.dev/debt-owner': 'user:ada' })),
  entity('Component:lone', { type: 'service', system: 'pay' }),
  entity('Component:nobodys', { type: 'service' }),
];

describe('who answers for an entity', () => {
  test('is stated on it, inherited from the nearest that states it, or the owner', async () => {
    await world.read(
      'first',
      reading('all.yaml', estate, {
        lines: { 'spec.owner': 9, 'metadata.annotations.atrium.dev/debt-owner': 7 },
      }),
    );
    const part = await ownershipOf('component/default/part');
    expect(told(part.owner)).toEqual(['stated', 'component:default/part', 'group:default/payers']);
    expect(told(part.approvers)).toEqual([
      'inherited',
      'component:default/whole',
      'group:default/payers',
      'user:default/bob',
    ]);
    expect(told(part.onCall)).toEqual(['owner', 'component:default/part', 'group:default/payers']);
    expect(told(part.debtOwner)).toEqual(['inherited', 'domain:default/money', 'user:default/ada']);
    expect(part.debtOwner).toMatchObject({
      field: 'metadata.annotations.atrium.dev/debt-owner',
      location: 'file:/estate/all.yaml',
      path: 'all.yaml',
      line: 7,
    });
    expect(part.owner).toMatchObject({ field: 'spec.owner', path: 'all.yaml', line: 9 });
    const whole = await ownershipOf('Component/default/WHOLE');
    expect(told(whole.approvers)[0]).toBe('stated');
    const lone = await ownershipOf('component/default/lone');
    expect(told(lone.owner)).toEqual(['inherited', 'system:default/pay', 'group:default/directors']);
    expect(told(lone.approvers)).toEqual(['owner', 'system:default/pay', 'group:default/directors']);
    const nobodys = await ownershipOf('component/default/nobodys');
    expect(told(nobodys.onCall)).toEqual(['nobody', null]);
  });

  test('is found where systems go round in circles, and not for what there is not', async () => {
    await world.read(
      'first',
      reading('all.yaml', [
        entity('Component:a', { type: 'x', subcomponentOf: 'b' }),
        entity(
          'Component:b',
          { type: 'x', subcomponentOf: 'a' },
          named({ 'atrium.dev/approvers': 'payers' }),
        ),
      ]),
    );
    const { approvers } = await ownershipOf('component/default/a');
    expect(told(approvers)).toEqual(['inherited', 'component:default/b', 'group:default/payers']);
    expect(approvers.holders[0]).toEqual({
      ref: 'group:default/payers',
      title: 'payers',
      exists: false,
      email: null,
    });
    const missing = await world.send(person('zoe'), 'GET', '/api/ownership/entities/component/default/none');
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 'ENTITY_NOT_FOUND' } } });
  });
});

describe('who is asked', () => {
  const service = (spec: Record<string, unknown>, metadata: Record<string, unknown> = {}) =>
    entity('Component:it', { type: 'service', ...spec }, metadata);
  const askAbout = async (it: ReturnType<typeof entity>, more: Parameters<typeof reading>[2] = {}) => {
    await world.read('first', reading('all.yaml', estate), reading('it.yaml', [it], more));
    return (await ownershipOf('component/default/it')).ask;
  };

  test('is the person on call now, until the next takes over', async () => {
    world.clock.at = new Date('2026-03-01T12:00:00Z');
    const ask = await askAbout(service({ owner: 'payers' }, named({ 'atrium.dev/on-call': 'pagers' })));
    expect(ask).toEqual({
      party: { ref: 'user:default/bob', title: 'Bob', exists: true, email: null },
      why: 'On call for Team pagers now',
      until: '2026-03-02T08:00:00.000Z',
      contact: { label: '#pagers', url: 'https://x.slack.com/archives/C1' },
    });
    world.clock.at = new Date('2026-03-02T08:00:00Z');
    expect((await ownershipOf('component/default/it')).ask).toMatchObject({
      party: { title: 'Ada' },
      contact: { label: 'ada@example.com', url: 'mailto:ada@example.com' },
    });
  });

  test('is the person on call for the owner, where nobody else is named', async () => {
    expect(await askAbout(service({ owner: 'pagers' }))).toMatchObject({
      party: { title: 'Bob' },
      why: 'On call for Team pagers now',
    });
  });

  test('is a group or a person who is on call without a rotation', async () => {
    expect(await askAbout(service({}, named({ 'atrium.dev/on-call': 'user:ada' })))).toMatchObject({
      party: { title: 'Ada' },
      why: 'On call for it',
      until: null,
    });
  });

  test('is the owner, by chat or mail, or the owner of what it is part of when its own is gone', async () => {
    expect(await askAbout(service({ owner: 'payers' }))).toEqual({
      party: {
        ref: 'group:default/payers',
        title: 'Team payers',
        exists: true,
        email: 'payers@example.com',
      },
      why: 'Owns it',
      until: null,
      contact: { label: 'payers@example.com', url: 'mailto:payers@example.com' },
    });
    expect(await askAbout(service({ owner: 'leavers', system: 'pay' }))).toMatchObject({
      party: { title: 'Team directors' },
      why: 'Owns Pay, of which it is part',
    });
  });

  test('is an approver, then a guess, then nobody', async () => {
    expect(await askAbout(service({}, named({ 'atrium.dev/approvers': 'payers' })))).toMatchObject({
      party: { title: 'Team payers' },
      why: 'Approves changes of it',
    });
    const guessed = { fields: { 'spec.owner': { confidence: 'guess' as const } } };
    expect(await askAbout(service({ owner: 'directors' }), guessed)).toMatchObject({
      party: { title: 'Team directors' },
      why: 'A guess by what was found; nobody has confirmed it',
    });
    expect(await askAbout(service({ owner: 'leavers' }))).toEqual({
      party: null,
      why: expect.stringContaining('claim it for your team'),
      until: null,
      contact: null,
    });
  });
});

test('groups of whoever asks may claim it, unless they own it', async () => {
  await world.read('first', reading('all.yaml', estate));
  const ada = person('ada', ['payers', 'directors', 'gone']);
  const claimable = async (name: string) =>
    (await ownershipOf(`component/default/${name}`, ada)).claimableFor.map(({ title }) => title);
  expect(await claimable('nobodys')).toEqual(['Team payers', 'Team directors']);
  expect(await claimable('part')).toEqual(['Team directors']);
});
