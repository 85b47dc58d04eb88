import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { testApp } from '#tools/test-app.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import { anonymous, localPrincipal, openGate, type Principal } from '../kernel/gate.ts';
import type { Store } from '../kernel/store/store.ts';
import type { SavedViews } from './contract.ts';
import { registerViewApi } from './routes.ts';
import { ViewStore } from './store.ts';

let store: Store<TestTables>;
let app: FastifyInstance;
let asking: Principal;
let at = 0;
const ada: Principal = { ...localPrincipal, id: 'user:default/ada' };
const bob: Principal = { ...localPrincipal, id: 'user:default/bob' };

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await clearStore(store);
  const views = new ViewStore({ db: store.db as never, now: () => new Date(++at) });
  app = await testApp((server) => registerViewApi(server, views), {
    ...openGate,
    authenticate: () => asking,
  });
});
afterEach(() => app.close());

async function ask(who: Principal, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
  asking = who;
  const answer = await app.inject({ method, url: path, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
}
const keep = (who: Principal, name: string, search: object = { kind: 'API' }) =>
  ask(who, 'POST', '/api/views', { name, search });
const namesOf = async (who: Principal) =>
  ((await ask(who, 'GET', '/api/views')).body as SavedViews).items.map(({ name }) => name);

it('are there for who keeps them, in every browser, and for nobody else', async () => {
  const search = { kind: ['API', 'Component'], q: 'pay ments', sort: 'name' };
  expect((await keep(ada, ' Payments ', search)).status).toBe(201);
  expect((await keep(ada, 'Other/ones? 100 %')).status).toBe(201);
  expect((await ask(ada, 'GET', '/api/views')).body).toEqual({
    items: [
      { name: 'Payments', search },
      { name: 'Other/ones? 100 %', search: { kind: 'API' } },
    ],
  });
  expect(await namesOf(bob)).toEqual([]);
  expect((await ask(bob, 'DELETE', '/api/views/Payments')).status).toBe(204);
  expect((await ask(ada, 'DELETE', `/api/views/${encodeURIComponent('Other/ones? 100 %')}`)).status).toBe(
    204,
  );
  expect(await namesOf(ada)).toEqual(['Payments']);
});

it('take the place of the one of the same name', async () => {
  await keep(ada, 'Mine', { kind: 'API' });
  await keep(ada, 'Mine', { kind: 'System' });
  await keep(bob, 'Mine', { kind: 'User' });
  expect((await ask(ada, 'GET', '/api/views')).body).toEqual({
    items: [{ name: 'Mine', search: { kind: 'System' } }],
  });
});

it('are kept for nobody whom the portal doesn’t know', async () => {
  for (const [method, path] of [['GET', '/api/views'] as const, ['DELETE', '/api/views/x'] as const]) {
    expect((await ask(anonymous, method, path)).body).toMatchObject({ error: { code: 'SIGN_IN_NEEDED' } });
  }
  expect((await keep(anonymous, 'x')).status).toBe(401);
});

it('are bounded in number and size', async () => {
  for (let count = 0; count < 50; count++) expect((await keep(ada, `view ${count}`)).status).toBe(201);
  expect((await keep(ada, 'one more')).body).toMatchObject({ error: { code: 'INPUT_INVALID' } });
  expect((await keep(ada, 'view 7', {})).status).toBe(201);
  expect((await keep(bob, 'one more')).status).toBe(201);
  for (const [name, search] of [
    ['', {}],
    ['x'.repeat(81), {}],
    ['x', { q: 'x'.repeat(1001) }],
    ['x', { q: 1 }],
    ['x', { kind: Array.from({ length: 101 }, () => 'API') }],
  ] as const) {
    expect((await keep(bob, name, search)).status).toBe(400);
  }
  const large = Object.fromEntries(Array.from({ length: 20 }, (_, key) => [`q${key}`, 'x'.repeat(1000)]));
  expect((await keep(bob, 'x', large)).status).toBe(413);
});
