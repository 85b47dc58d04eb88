import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import type { Session } from './contract.ts';
import { Browser, oidcConfig, openPortal } from './sign-in-test-support.ts';

const HERE = 'http://localhost:7007';
let store: Store<TestTables>;
let app: FastifyInstance;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await clearStore(store);
  const world = testCatalog(store);
  const people = [
    entity('Group:payers', { type: 'team', children: [] }),
    entity('User:ada', { profile: { displayName: 'Ada', email: 'ada@example.com' }, memberOf: ['payers'] }),
    entity('Component:pay', { type: 'service', owner: 'payers' }),
  ];
  await world.read('first', reading('org.yaml', people));
  const grants = [{ role: 'platform', groups: ['payers'] }];
  app = await openPortal(world, { url: undefined, defaultRole: null, grants });
});
afterEach(() => app?.close());

const viewAs = (browser: Browser, ref: string | null) =>
  browser.ask('POST', '/api/session/view-as', { payload: { ref } });

it('takes whoever sits at the machine for somebody who may do everything', async () => {
  expect(await new Browser(app, HERE).session<Session>()).toMatchObject({
    mode: 'local',
    signedIn: true,
    viewingAs: null,
    principal: { id: 'local', kind: 'person', ref: null, name: 'Local', email: null, roles: ['admin'] },
    may: expect.arrayContaining(['audit.read', 'source.restore']),
    providers: [],
  });
});

it('shows the portal as a person of the catalog, and writes down who was behind', async () => {
  const browser = new Browser(app, HERE);
  expect((await viewAs(browser, 'ada')).statusCode).toBe(204);
  const session = await browser.session<Session>();
  expect(session).toMatchObject({
    viewingAs: 'user:default/ada',
    principal: { id: 'user:default/ada', name: 'Ada', groups: ['group:default/payers'], roles: ['platform'] },
  });
  expect(session.may).not.toContain('audit.read');
  expect((await browser.ask('GET', '/api/audit')).statusCode).toBe(403);
  expect((await browser.ask('POST', '/api/planted')).statusCode).toBe(200);
  expect((await viewAs(browser, null)).statusCode).toBe(204);
  expect(await browser.session<Session>()).toMatchObject({ viewingAs: null, principal: { id: 'local' } });
  const entries = await store.db
    .selectFrom('audit_entry')
    .select(['actor', 'behind', 'action', 'target', 'outcome'])
    .orderBy('seq')
    .execute();
  const ada = { actor: 'user:default/ada', behind: 'local' };
  expect(entries).toEqual([
    { actor: 'local', behind: null, action: 'access.view-as', target: 'user:default/ada', outcome: 'done' },
    { ...ada, action: 'audit.read', target: null, outcome: 'refused' },
    { ...ada, action: 'catalog.review.decide', target: null, outcome: 'done' },
    { ...ada, action: 'access.view-as', target: 'local', outcome: 'done' },
  ]);
});

it('shows it as nobody who is not there', async () => {
  const browser = new Browser(app, HERE);
  expect((await viewAs(browser, 'nobody')).json()).toMatchObject({ error: { code: 'ENTITY_NOT_FOUND' } });
  expect((await viewAs(browser, 'component:pay')).json()).toMatchObject({
    error: { code: 'ENTITY_NOT_FOUND' },
  });
  expect((await viewAs(browser, '')).json()).toMatchObject({ error: { code: 'INPUT_INVALID' } });
  browser.cookies.set('atrium-view-as', 'user:default/gone');
  expect((await browser.session<Session>()).principal.id).toBe('local');
});

it.each([
  'evil.example',
  'evil.example:7007',
  '127.0.0.1.evil.example',
  'localhost.evil.example:7007',
  '192.168.1.10:7007',
  '127.0.0.1@evil.example',
  '[2001:db8::1]:7007',
])('is not there under the name %j, which somebody may have made to lead here', async (host) => {
  for (const url of ['/api/session', '/api/openapi.json', '/api/planted']) {
    const answer = await app.inject({ url, headers: { host } });
    expect(answer.statusCode).toBe(421);
    expect(answer.json()).toMatchObject({ error: { code: 'HOST_REFUSED' } });
  }
});

it.each(['localhost:7007', '127.0.0.1:7007', '[::1]:7007', 'atrium.localhost', '127.1.2.3', 'LOCALHOST:1'])(
  'is there under the name %j, which is of this machine',
  async (host) => {
    expect((await app.inject({ url: '/api/session', headers: { host } })).statusCode).toBe(200);
  },
);

it.each<[number, Record<string, string>]>([
  [403, { origin: 'http://evil.example' }],
  [403, { origin: 'http://localhost:3000' }],
  [403, { origin: 'null' }],
  [403, { 'sec-fetch-site': 'cross-site' }],
  [403, { 'sec-fetch-site': 'same-site', origin: HERE }],
  [200, { origin: HERE }],
  [200, { 'sec-fetch-site': 'same-origin' }],
  [200, {}],
])('answers %i to a change that comes with %j', async (status, from) => {
  expect((await new Browser(app, HERE).ask('POST', '/api/planted', { from })).statusCode).toBe(status);
});

it('ends where people sign in: there nobody looks as somebody else', async () => {
  const portal = await openPortal(testCatalog(store), {
    signIn: [oidcConfig('corp', 'https://login.example')],
  });
  const browser = new Browser(portal);
  expect((await viewAs(browser, 'ada')).json()).toMatchObject({ error: { code: 'ACCESS_DENIED' } });
  browser.cookies.set('__Host-atrium-view-as', 'user:default/ada').set('atrium-view-as', 'user:default/ada');
  expect(await browser.session<Session>()).toMatchObject({ signedIn: false, principal: { id: 'anonymous' } });
  await portal.close();
});
