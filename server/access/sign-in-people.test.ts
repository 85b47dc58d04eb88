import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { readPerson } from './people.ts';
import { SignInPeople } from './sign-in-people.ts';
import type { Identity } from './sign-in-provider.ts';

const corp = { id: 'corp', kind: 'oidc', address: 'https://login.example' } as const;
const github = { id: 'github', kind: 'github', address: 'https://github.com' } as const;
const nobody: Identity = { subject: 's1', login: null, email: null, name: null, groups: [], idToken: null };

let store: Store<TestTables>;
let world: ReturnType<typeof testCatalog>;
let people: SignInPeople;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await clearStore(store);
  world = testCatalog(store);
  people = new SignInPeople(world);
});

const user = (
  name: string,
  email?: string,
  annotations: Record<string, string> = {},
  memberOf: string[] = [],
) => entity(`User:${name}`, { ...(email ? { profile: { email } } : {}), memberOf }, { annotations });
const describe = (...entities: Parameters<typeof reading>[1]) =>
  world.read('first', reading('org.yaml', entities));
const admit = (identity: Partial<Identity>, provider: typeof corp | typeof github = corp) =>
  people.admit(provider, { ...nobody, ...identity });
const groupsOf = async (ref: string) => (await readPerson(world.db, ref))?.groups;
async function recordOf(ref: string) {
  const row = await store.db
    .selectFrom('entity')
    .select(['problems', 'review'])
    .where('ref', '=', ref)
    .executeTakeFirst();
  return row ?? { problems: null, review: 'gone' };
}

it('knows a person by her e-mail address, however it is written', async () => {
  await describe(user('ada', 'Ada.Lovelace@Example.com'));
  expect(await admit({ email: 'ada.lovelace@EXAMPLE.com', login: 'someone' })).toBe('user:default/ada');
});

it('knows a person by an annotation first', async () => {
  const annotation = { 'atrium.dev/sign-in': 'corp:S-1' };
  await describe(user('ada', 'ada@example.com'), user('countess', undefined, annotation));
  expect(await admit({ subject: 'S-1', email: 'ada@example.com' })).toBe('user:default/countess');
  // Another account, whose id differs in its case only, and the same at another provider.
  expect(await admit({ subject: 's-1', email: 'ada@example.com' })).toBe('user:default/ada');
  expect(await admit({ subject: 'S-1', login: 'x' }, { ...corp, id: 'other' } as never)).toBe(
    'user:default/x',
  );
});

it('knows people of GitHub by their name there, but nobody who only calls herself so elsewhere', async () => {
  await describe(
    user('ada', undefined, { 'github.com/user-login': 'AdaL' }),
    user('bob', undefined, { 'atrium.dev/sign-in': 'github:bobby' }),
    user('cy', undefined, { 'atrium.dev/sign-in': 'corp:cy' }),
    user('dan', undefined, { 'atrium.dev/sign-in': 'github:4711' }),
  );
  expect(await admit({ subject: '1', login: 'adal' }, github)).toBe('user:default/ada');
  expect(await admit({ subject: '2', login: 'bobby' }, github)).toBe('user:default/bob');
  expect(await admit({ subject: '4711', login: 'd' }, github)).toBe('user:default/dan');
  // An account whose name is another one's id.
  expect(await admit({ subject: '5', login: '4711' }, github)).toBe('user:default/4711');
  expect(await admit({ subject: 'x', login: 'cy' })).not.toBe('user:default/cy');
});

it('makes a person of whoever is not known, and finds her again', async () => {
  const identity = {
    subject: 's1',
    login: 'Grace.Hopper@example.com',
    name: 'Grace Hopper',
    email: 'grace@example.com',
  };
  expect(await admit(identity)).toBe('user:default/grace.hopper');
  expect(await readPerson(world.db, 'user:default/grace.hopper')).toEqual({
    ref: 'user:default/grace.hopper',
    name: 'Grace Hopper',
    email: 'grace@example.com',
    groups: [],
  });
  expect(await recordOf('user:default/grace.hopper')).toEqual({ problems: null, review: 'declared' });
  expect(await admit({ ...identity, login: 'other', email: null })).toBe('user:default/grace.hopper');
});

it('never makes one person of two, whatever they call themselves', async () => {
  await describe(user('ada', 'ada@example.com'));
  const stranger = await admit({ subject: 'evil', login: 'ada', email: 'mallory@example.com' });
  expect(stranger).toMatch(/^user:default\/ada-[0-9a-f]{8}$/);
  const [first, second] = await Promise.all([
    admit({ subject: 'b1', login: 'bob' }),
    admit({ subject: 'b2', login: 'bob' }),
  ]);
  expect(first).not.toBe(second);
  // Another process, at the same time.
  const other = new SignInPeople(world);
  const [third, fourth] = await Promise.all([
    people.admit(corp, { ...nobody, subject: 'c1', login: 'cy' }),
    other.admit(corp, { ...nobody, subject: 'c2', login: 'cy' }),
  ]);
  expect(third).not.toBe(fourth);
});

it('gives up the name of a person when a descriptor takes it for somebody else', async () => {
  expect(await admit({ subject: 's1', login: 'sam', email: 'sam.smith@example.com' })).toBe(
    'user:default/sam',
  );
  await describe(user('sam', 'sam.jones@example.com'));
  expect(await admit({ subject: 's1', login: 'sam', email: 'sam.smith@example.com' })).toMatch(
    /sam-[0-9a-f]{8}$/,
  );
  expect((await readPerson(world.db, 'user:default/sam'))?.email).toBe('sam.jones@example.com');
});

it('goes over to the descriptor that a person gets later', async () => {
  expect(await admit({ login: 'grace', email: 'grace@example.com' })).toBe('user:default/grace');
  await describe(user('g.hopper', 'grace@example.com'));
  expect(await admit({ login: 'grace', email: 'grace@example.com' })).toBe('user:default/g.hopper');
  expect(await readPerson(world.db, 'user:default/grace')).toBeUndefined();
});

it('adds the groups of the claim to those of the descriptor, and takes away what the claim doesn’t say any more', async () => {
  await describe(
    user('ada', 'ada@example.com', {}, ['payers']),
    entity('Group:payers', { type: 'team', parent: 'money', children: [] }),
    entity('Group:money', { type: 'department', children: [] }),
    entity('Group:readers', { type: 'team', children: [] }),
  );
  const ref = await admit({ email: 'ada@example.com', groups: ['Readers', 'payers', '/writers'] });
  expect(await groupsOf(ref)).toEqual([
    'group:default/money',
    'group:default/payers',
    'group:default/readers',
    'group:default/writers',
  ]);
  expect((await recordOf('group:default/readers')).problems).toBeNull();
  expect((await recordOf('user:default/ada')).problems).toBeNull();
  await admit({ email: 'ada@example.com', groups: [] });
  expect(await groupsOf(ref)).toEqual(['group:default/money', 'group:default/payers']);
});

it('keeps a group that nobody describes for as long as somebody is in it', async () => {
  const exists = async () => (await recordOf('group:default/writers')).review !== 'gone';
  await admit({ subject: 's1', login: 'ada', groups: ['writers'] });
  await admit({ subject: 's2', login: 'bob', groups: ['writers'] });
  expect(await recordOf('group:default/writers')).toEqual({ problems: null, review: 'declared' });
  await admit({ subject: 's1', login: 'ada', groups: [] });
  expect(await exists()).toBe(true);
  await describe(entity('Group:writers', { type: 'team', children: [] }));
  await admit({ subject: 's2', login: 'bob', groups: ['writers'] });
  expect((await recordOf('group:default/writers')).problems).toBeNull();
  await world.catalog.removeParts('first', ['org.yaml']);
  expect(await exists()).toBe(false);
  await admit({ subject: 's2', login: 'bob', groups: ['writers'] });
  expect(await exists()).toBe(true);
  await admit({ subject: 's2', login: 'bob', groups: [] });
  expect(await exists()).toBe(false);
});
