import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import type { Principal } from '../kernel/gate.ts';
import type { Store } from '../kernel/store/store.ts';
import { type OwnershipRequest, requestSchema, requestsSchema } from './contract.ts';
import { machine, type OwnershipWorld, ownershipWorld, person } from './ownership-test-support.ts';

let store: Store<TestTables>;
let world: OwnershipWorld;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = await ownershipWorld(store);
  await world.read('first', reading('all.yaml', estate));
  return () => world.app.close();
});
afterAll(() => store.close());

const estate = [
  entity('Group:payers', { type: 'team', children: [] }, { title: 'Payers' }),
  entity('Group:owners', { type: 'team', children: [] }, { title: 'Owners' }),
  entity('User:ada', { memberOf: ['payers'] }, { title: 'Ada' }),
  entity('User:bob', { memberOf: ['payers'] }, { title: 'Bob' }),
  entity('Component:free', { type: 'service' }, { title: 'Free' }),
  entity('Component:orphan', { type: 'service', owner: 'leavers' }),
  entity('Component:owned', { type: 'service', owner: 'owners' }),
  entity('Component:adas', { type: 'service', owner: 'user:ada' }),
];
const ada = person('ada', ['payers']);
const bob = person('bob', ['payers']);
const olga = person('olga', ['owners']);
const oleg = person('oleg', ['owners']);
const zoe = person('zoe', ['others']);
const platform = person('pat', [], ['contributor', 'platform']);
const admin = person('amy', [], ['contributor', 'admin']);

async function asks(by: Principal, name: string, to = 'payers'): Promise<OwnershipRequest> {
  const body = { entity: `component:${name}`, to, reason: 'We build it' };
  const answer = await world.send<OwnershipRequest>(by, 'POST', '/api/ownership/requests', body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return requestSchema.parse(answer.body);
}
function decides(by: Principal, { id }: OwnershipRequest, decision = 'approve', reason = '') {
  const url = `/api/ownership/requests/${id}/decision`;
  return world.send<OwnershipRequest & { error: { code: string; message: string } }>(by, 'POST', url, {
    decision,
    reason,
  });
}
async function ownerOf(name: string) {
  const found = store.db.selectFrom('entity').select('owner').where('ref', '=', `component:default/${name}`);
  return (await found.executeTakeFirst())?.owner;
}
const list = async (by: Principal, query = '') =>
  requestsSchema.parse(await world.get(`/api/ownership/requests${query}`, by)).items;

test('a claim says who asks for what, and who may decide', async () => {
  expect(await asks(ada, 'free')).toMatchObject({
    kind: 'claim',
    entity: 'component:default/free',
    entityTitle: 'Free',
    from: null,
    to: { ref: 'group:default/payers', title: 'Payers', exists: true },
    reason: 'We build it',
    state: 'open',
    requestedBy: { ref: 'user:default/ada', title: 'Ada' },
    requestedAt: '2026-03-01T12:00:00.000Z',
    decidedBy: null,
    decidedByWhom: 'a member of Payers, or the platform team',
    mayDecide: false,
    change: null,
  });
  expect((await asks(ada, 'orphan')).kind).toBe('claim');
});

test('a claim is approved by another member of the team, and moves the ownership at once', async () => {
  const request = await asks(ada, 'free');
  const { status, body } = await decides(bob, request, 'approve', 'Yes');
  expect(status).toBe(200);
  expect(requestSchema.parse(body)).toMatchObject({
    state: 'approved',
    decidedBy: { title: 'Bob' },
    decisionReason: 'Yes',
    mayDecide: false,
    change: { state: 'failed', branch: null },
  });
  expect(await ownerOf('free')).toBe('group:default/payers');
  const { changes } = await world.get<{ changes: object[] }>(
    '/api/ownership/entities/component/default/free',
  );
  expect(changes).toMatchObject([{ before: null, after: 'group:default/payers', source: 'ownership' }]);
});

test.each([
  ['platform', platform],
  ['admin', admin],
])('is approved by somebody with the role %s', async (_role, by) => {
  const request = await asks(ada, 'orphan');
  expect((await decides(by, request)).status).toBe(200);
  expect(await ownerOf('orphan')).toBe('group:default/payers');
});

test('a claim is not approved by whoever made it, in whatever role, nor by a stranger', async () => {
  const request = await asks(ada, 'free');
  const own = await decides(ada, request);
  expect(own.status).toBe(403);
  expect(own.body.error).toMatchObject({
    code: 'DECISION_REFUSED',
    message: expect.stringContaining("Ada asked for this and can't decide on it"),
  });
  const stranger = await decides(zoe, request);
  expect(stranger.body.error).toMatchObject({
    code: 'DECISION_REFUSED',
    message: "Zoe can't decide on this: a member of Payers, or the platform team can",
  });
  const byAdmin = await asks(admin, 'orphan');
  expect((await decides(admin, byAdmin)).status).toBe(403);
  expect(await ownerOf('free')).toBeNull();
  expect(await ownerOf('orphan')).toBe('group:default/leavers');
});

test('a claim of a machine is not approved by whoever owns the machine', async () => {
  const request = await asks(machine('ci', 'user:default/bob'), 'free');
  expect(request.requestedBy).toMatchObject({ ref: 'token:ci', title: 'ci', exists: false });
  expect((await decides(bob, request)).status).toBe(403);
  const other = await asks(bob, 'orphan');
  expect((await decides(machine('ci', 'user:default/bob'), other)).status).toBe(403);
  expect((await decides(ada, request)).status).toBe(200);
});

test('a claim for a person is approved by that person', async () => {
  const request = await asks(bob, 'free', 'user:ada');
  expect(request.decidedByWhom).toBe('Ada, or the platform team');
  expect((await decides(bob, request)).status).toBe(403);
  expect((await decides(ada, request)).status).toBe(200);
  expect(await ownerOf('free')).toBe('user:default/ada');
});

test('a transfer is approved by whoever has it, not by whoever is to get it', async () => {
  const request = await asks(ada, 'owned');
  expect(request).toMatchObject({
    kind: 'transfer',
    from: { ref: 'group:default/owners' },
    decidedByWhom: 'a member of Owners, or the platform team',
  });
  expect((await decides(bob, request)).status).toBe(403);
  expect((await decides(olga, request)).status).toBe(200);
  expect(await ownerOf('owned')).toBe('group:default/payers');
});

test('a transfer by the owners themselves needs another of them', async () => {
  const request = await asks(olga, 'owned');
  expect((await decides(olga, request)).status).toBe(403);
  expect((await decides(oleg, request)).status).toBe(200);
});

test('a transfer is undone by another', async () => {
  await decides(olga, await asks(ada, 'owned'));
  await decides(bob, await asks(olga, 'owned', 'owners'));
  expect(await ownerOf('owned')).toBe('group:default/owners');
});

test('a transfer of what a person has is approved by that person', async () => {
  const request = await asks(bob, 'adas');
  expect((await decides(olga, request)).status).toBe(403);
  expect((await decides(ada, request)).status).toBe(200);
});

test('a request is declined with a reason, and nothing moves', async () => {
  const request = await asks(ada, 'owned');
  const { body } = await decides(olga, request, 'decline', 'It is ours');
  expect(body).toMatchObject({ state: 'declined', decisionReason: 'It is ours', change: null });
  expect(await ownerOf('owned')).toBe('group:default/owners');
});

test('a request is decided once', async () => {
  const request = await asks(ada, 'owned');
  await decides(olga, request);
  const again = await decides(oleg, request, 'decline');
  expect(again).toMatchObject({ status: 409, body: { error: { code: 'REQUEST_CONFLICT' } } });
});

test('a request is decided once, by whoever is first of two at the same time', async () => {
  const request = await asks(ada, 'owned');
  const url = `/api/ownership/requests/${request.id}/decision`;
  const decide = (decision: string) => world.send(platform, 'POST', url, { decision });
  const statuses = (await Promise.all([decide('approve'), decide('decline'), decide('approve')])).map(
    ({ status }) => status,
  );
  expect(statuses.toSorted()).toEqual([200, 409, 409]);
});

test('a request can no longer be approved when the owner has changed since', async () => {
  const request = await asks(ada, 'owned');
  await world.read(
    'first',
    reading('all.yaml', [
      ...estate.slice(0, -2),
      entity('Component:owned', { type: 'service', owner: 'payers' }),
    ]),
  );
  const { status, body } = await decides(olga, request);
  expect(status).toBe(409);
  expect(body.error.message).toBe('The owner of component:default/owned has changed since: it is payers now');
  expect((await list(ada))[0]?.state).toBe('open');
});

test('a request can no longer be approved for a team that is gone', async () => {
  const request = await asks(ada, 'owned');
  await world.read('first', reading('all.yaml', estate.slice(1)));
  expect((await decides(olga, request)).status).toBe(404);
  expect(await ownerOf('owned')).toBe('group:default/owners');
});

test('a request is withdrawn by whoever made it, or the platform team', async () => {
  const request = await asks(ada, 'free');
  const url = `/api/ownership/requests/${request.id}`;
  expect((await world.send(bob, 'DELETE', url)).status).toBe(403);
  expect((await world.send(ada, 'DELETE', url)).status).toBe(204);
  expect((await world.send(ada, 'DELETE', url)).status).toBe(409);
  expect((await decides(bob, request)).status).toBe(409);
  const other = await asks(ada, 'free');
  expect((await world.send(platform, 'DELETE', `/api/ownership/requests/${other.id}`)).status).toBe(204);
  expect((await list(ada, '?state=decided')).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
});

test('a request is made once at a time', async () => {
  await asks(ada, 'free');
  const again = { entity: 'component:free', to: 'payers', reason: 'Again' };
  expect((await world.send(bob, 'POST', '/api/ownership/requests', again)).status).toBe(409);
  await asks(zoe, 'free', 'owners');
});

test.each([
  ['component:none', 'payers', 404],
  ['component:free', 'group:none', 404],
  ['component:free', 'component:owned', 400],
  ['component:owned', 'owners', 400],
  ['group:payers', 'owners', 400],
  ['component:free\u0000', 'owners', 400],
  [':/', 'owners', 400],
])('of %s for %s is refused', async (target, to, status) => {
  const body = { entity: target, to, reason: 'Because' };
  expect((await world.send(ada, 'POST', '/api/ownership/requests', body)).status).toBe(status);
});

test('a request that is not there is told', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const url = `/api/ownership/requests/${id}`;
  expect((await world.send(ada, 'DELETE', url)).status).toBe(404);
  expect((await world.send(ada, 'POST', `${url}/decision`, { decision: 'approve' })).status).toBe(404);
});

test('requests are listed for everybody, for an entity, and for whom they concern', async () => {
  await asks(ada, 'free');
  await asks(zoe, 'orphan');
  await asks(bob, 'owned');
  const names = (items: OwnershipRequest[]) => items.map(({ entity: ref }) => ref.slice(18)).toSorted();
  expect(names(await list(zoe))).toEqual(['free', 'orphan', 'owned']);
  expect(names(await list(zoe, '?entity=component:free'))).toEqual(['free']);
  expect(names(await list(bob, '?mine=true'))).toEqual(['free', 'orphan', 'owned']);
  expect(names(await list(zoe, '?mine=true'))).toEqual(['orphan']);
  expect(names(await list(olga, '?mine=true'))).toEqual(['owned']);
  const mayDecide = (await list(bob)).filter((request) => request.mayDecide);
  expect(names(mayDecide)).toEqual(['free', 'orphan']);
  expect(await list(bob, '?state=decided')).toEqual([]);
});

test('the audit is told of each write and each refusal', async () => {
  const request = await asks(ada, 'free');
  await decides(ada, request);
  await decides(bob, request);
  const about = { target: 'component:default/free' };
  expect(world.told).toMatchObject([
    {
      ...about,
      by: 'user:default/ada',
      permission: 'ownership.request',
      status: 201,
      after: { to: 'group:default/payers', state: 'open', reason: 'We build it' },
    },
    { ...about, by: 'user:default/ada', permission: 'ownership.decide', status: 403 },
    {
      ...about,
      by: 'user:default/bob',
      permission: 'ownership.decide',
      status: 200,
      before: { owner: null },
      after: { owner: 'group:default/payers', state: 'approved' },
    },
  ]);
});
