import { expect, it } from 'vitest';
import { entity, openTestStore, reading } from '#tools/test-store.ts';
import type { Session } from './contract.ts';
import { Browser, openPortal, PORTAL, signInPortal } from './sign-in-test-support.ts';

const COOKIE = '__Host-atrium';
const HOUR = 3_600_000;
const accounts = {
  'sub-ada': { email: 'ada@example.com', email_verified: true },
  'sub-bob': { email: 'bob@example.com', preferred_username: 'bob' },
};
const portal = signInPortal(openTestStore, accounts);

type Method = 'GET' | 'POST' | 'DELETE';
const isIn = async (browser: Browser) => (await browser.session<Session>()).signedIn;
async function signedIn(account = 'sub-ada'): Promise<Browser> {
  const browser = portal.browser();
  await browser.signIn(account);
  return browser;
}
/** Another browser with the same cookies: whoever got hold of them. */
function copyOf(browser: Browser, app = portal.app): Browser {
  const copy = new Browser(app);
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  return copy;
}

it('a planted session id is worth nothing after the sign-in, and neither is the one before it', async () => {
  const browser = portal.browser();
  browser.cookies.set(COOKIE, 'a'.repeat(43));
  await browser.signIn('sub-ada');
  const first = copyOf(browser);
  expect(first.cookies.get(COOKIE)).not.toBe('a'.repeat(43));
  await browser.signIn('sub-bob');
  expect(browser.cookies.get(COOKIE)).not.toBe(first.cookies.get(COOKIE));
  expect(await isIn(browser)).toBe(true);
  expect(await isIn(first)).toBe(false);
  const planted = portal.browser();
  planted.cookies.set(COOKIE, 'a'.repeat(43));
  expect(await isIn(planted)).toBe(false);
});

it('gets another id every hour; the old one is let in for a minute, for what was under way', async () => {
  const browser = await signedIn();
  const before = copyOf(browser);
  portal.wait(HOUR - 1);
  await browser.session();
  expect(browser.cookies.get(COOKIE)).toBe(before.cookies.get(COOKIE));
  portal.wait(1);
  await browser.session();
  expect(browser.cookies.get(COOKIE)).not.toBe(before.cookies.get(COOKIE));
  const late = copyOf(before);
  expect(await isIn(late)).toBe(true);
  expect(late.cookies.get(COOKIE)).toBe(before.cookies.get(COOKIE));
  portal.wait(60_000);
  expect(await isIn(copyOf(before))).toBe(false);
  expect(await isIn(browser)).toBe(true);
});

it('gives one new id when many requests come at once', async () => {
  const browser = await signedIn();
  portal.wait(HOUR);
  const answers = await Promise.all(Array.from({ length: 5 }, () => browser.ask('GET', '/api/planted')));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
  expect(answers.flatMap(({ cookies }) => cookies)).toHaveLength(1);
  expect(await isIn(browser)).toBe(true);
});

it('ends when it is not used for as long as the configuration says', async () => {
  await portal.reopen({ sessionIdleHours: 2, sessionHours: 100 });
  const browser = await signedIn();
  for (let times = 0; times < 4; times++) {
    portal.wait(2 * HOUR - 60_000);
    expect(await isIn(browser)).toBe(true);
  }
  portal.wait(2 * HOUR);
  expect(await isIn(browser)).toBe(false);
});

it('ends after as long as the configuration says, however much it is used', async () => {
  await portal.reopen({ sessionIdleHours: 2, sessionHours: 3 });
  const browser = await signedIn();
  for (let hours = 1; hours < 3; hours++) {
    portal.wait(HOUR);
    expect(await isIn(browser)).toBe(true);
  }
  portal.wait(HOUR - 1);
  expect(await isIn(browser)).toBe(true);
  portal.wait(1);
  expect(await isIn(browser)).toBe(false);
  await signedIn('sub-bob');
  expect(await portal.db.selectFrom('session').select('person').execute()).toEqual([
    { person: 'user:default/bob' },
  ]);
});

it('ends where it is signed out, and leads to where the provider’s session ends too', async () => {
  const browser = await signedIn();
  const copy = copyOf(browser);
  const { redirect } = (await browser.ask('POST', '/api/session/sign-out')).json<{ redirect: string }>();
  const url = new URL(redirect);
  expect(url.origin + url.pathname).toBe(`${portal.oidc.issuer}/session/end`);
  expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${PORTAL}/sign-in`);
  expect((await fetch(url)).status).toBe(200);
  expect(browser.cookies.has(COOKIE)).toBe(false);
  expect(await isIn(copy)).toBe(false);
  expect(await portal.audited('access.sign-out')).toMatchObject([
    { actor: 'user:default/ada.l', outcome: 'done', target: expect.stringMatching(/^session:/) },
  ]);
  expect((await browser.ask('POST', '/api/session/sign-out')).json()).toEqual({ redirect: null });
});

it('everywhere: ends in all browsers of the person, in another process at the latest ten seconds later', async () => {
  const [here, there, other] = [await signedIn(), await signedIn(), await signedIn('sub-bob')];
  const process = await openPortal(portal.world, portal.access());
  const elsewhere = copyOf(there, process);
  expect(await isIn(elsewhere)).toBe(true);
  expect((await here.ask('POST', '/api/session/sign-out-everywhere')).statusCode).toBe(200);
  expect([await isIn(here), await isIn(there), await isIn(other)]).toEqual([false, false, true]);
  portal.wait(10_000);
  expect(await isIn(elsewhere)).toBe(false);
  await process.close();
  expect(await portal.audited('access.self')).toMatchObject([
    { target: 'user:default/ada.l', outcome: 'done' },
  ]);
});

it('is listed for its person alone, who can end it', async () => {
  const [here, there, other] = [await signedIn(), await signedIn(), await signedIn('sub-bob')];
  portal.wait(120_000);
  const list = async (browser: Browser) =>
    (await browser.ask('GET', '/api/session/sessions', { headers: { 'user-agent': 'Test' } })).json<{
      sessions: { id: string; current: boolean; address: string }[];
    }>().sessions;
  expect(await list(other)).toHaveLength(1);
  const [mine, second] = await list(here);
  expect(mine).toMatchObject({ current: true, address: '127.0.0.1', agent: 'lightMyRequest' });
  expect(second).toMatchObject({ current: false });
  const end = (browser: Browser) => browser.ask('DELETE', `/api/session/sessions/${second?.id}`);
  expect((await end(other)).json()).toMatchObject({ error: { code: 'SESSION_NOT_FOUND' } });
  expect(await isIn(there)).toBe(true);
  expect((await end(here)).statusCode).toBe(204);
  expect(await isIn(there)).toBe(false);
  expect((await end(here)).statusCode).toBe(404);
  expect((await portal.browser().ask('GET', '/api/session/sessions')).statusCode).toBe(401);
});

it('knows at once when somebody joins a group, and when she leaves the catalog', async () => {
  const browser = await signedIn();
  expect((await browser.session<Session>()).principal.groups).toEqual([]);
  const { world } = portal;
  const group = entity('Group:new', { type: 'team', children: [], members: ['ada.l'] });
  await world.read('first', reading('new.yaml', [group]));
  expect((await browser.session<Session>()).principal.groups).toEqual(['group:default/new']);
  await world.catalog.removeEntity('user:default/ada.l');
  expect(await isIn(browser)).toBe(false);
});

it('does not come back with a person who had left the catalog', async () => {
  const browser = await signedIn();
  const { world } = portal;
  await world.catalog.removeEntity('user:default/ada.l');
  expect(await isIn(browser)).toBe(false);
  const ada = entity('User:ada.l', { profile: { email: 'ada@example.com' }, memberOf: [] });
  await world.read('second', reading('ada.yaml', [ada]));
  expect(await isIn(browser)).toBe(false);
  await browser.signIn('sub-ada');
  expect((await browser.session<Session>()).principal.id).toBe('user:default/ada.l');
});

it('is ended by administrators: one of them, all of a person, and everybody’s', async () => {
  await portal.reopen({ grants: [{ role: 'admin', people: ['bob'] }] });
  const [here, there, admin] = [await signedIn(), await signedIn(), await signedIn('sub-bob')];
  type List = { sessions: { id: string; person: string; provider: string; current: boolean }[] };
  const list = async (query = '') => (await admin.ask('GET', `/api/sessions${query}`)).json<List>().sessions;
  const [ada, bob] = ['user:default/ada.l', 'user:default/bob'];
  expect((await list()).map(({ person, current }) => [person, current]).sort()).toEqual([
    [ada, false],
    [ada, false],
    [bob, true],
  ]);
  const [first] = await list('?person=ada.l');
  expect(first).toMatchObject({ person: ada, provider: 'corp', address: '127.0.0.1' });
  for (const [method, path] of [
    ['GET', '/api/sessions'],
    ['DELETE', `/api/sessions/${first?.id}`],
    ['POST', '/api/sessions/end'],
  ] as const) {
    const payload = method === 'POST' ? { payload: { person: bob } } : {};
    expect((await here.ask(method, path, payload)).statusCode).toBe(403);
  }
  expect((await admin.ask('DELETE', `/api/sessions/${first?.id}`)).statusCode).toBe(204);
  expect([await isIn(here), await isIn(there)].sort()).toEqual([false, true]);
  expect((await admin.ask('DELETE', `/api/sessions/${first?.id}`)).json()).toMatchObject({
    error: { code: 'SESSION_NOT_FOUND' },
  });
  await signedIn();
  const end = async (person: string | null) =>
    (await admin.ask('POST', '/api/sessions/end', { payload: { person } })).json<{ ended: number }>();
  expect(await end('ada.l')).toEqual({ ended: 2 });
  expect([await isIn(here), await isIn(there), await isIn(admin)]).toEqual([false, false, true]);
  await signedIn();
  expect(await end(null)).toEqual({ ended: 2 });
  expect(await isIn(admin)).toBe(false);
  const told = await portal.audited('access.session.all');
  expect(told.filter(({ outcome }) => outcome === 'done')).toMatchObject([
    { actor: bob, target: `session:${first?.id}`, before: expect.stringContaining(ada) },
    { actor: bob, target: ada, after: expect.stringContaining('2') },
    { actor: bob, target: 'everybody', after: expect.stringContaining('2') },
  ]);
  expect(told.filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
});

const foreign: [string, Method, Record<string, string>][] = [
  ['a page of another site', 'POST', { 'sec-fetch-site': 'cross-site' }],
  ['a page of a neighbouring host', 'POST', { 'sec-fetch-site': 'same-site' }],
  ['another origin, in a browser that says no more', 'POST', { origin: 'https://evil.example' }],
  ['an origin that begins as ours', 'POST', { origin: `${PORTAL}.evil.example` }],
  ['a page without an origin', 'DELETE', { origin: 'null' }],
  ['nobody knows where', 'POST', {}],
];
it.each(foreign)('changes nothing when its cookie comes from %s', async (_where, method, from) => {
  const browser = await signedIn();
  const [path, action] =
    method === 'POST'
      ? ['/api/planted', 'catalog.review.decide']
      : ['/api/session/sessions/00000000-0000-4000-8000-000000000000', 'access.self'];
  const answer = await browser.ask(method, path, { from });
  expect(answer.statusCode).toBe(403);
  expect(answer.json()).toMatchObject({ error: { code: 'CROSS_SITE_REFUSED', remedy: expect.any(String) } });
  const after = expect.stringContaining('was sent');
  expect(await portal.audited(action)).toMatchObject([{ outcome: 'refused', after }]);
  // A link from there leads in.
  expect((await browser.ask('GET', '/api/planted', { from })).statusCode).toBe(200);
});

it.each<Record<string, string>>([
  { 'sec-fetch-site': 'same-origin' },
  { origin: PORTAL },
  { 'sec-fetch-site': 'none' },
])('changes something when its own page asks: %j', async (from) => {
  const browser = await signedIn();
  expect((await browser.ask('POST', '/api/planted', { from })).statusCode).toBe(200);
});

it('leaves programs alone that bring no cookie', async () => {
  const answer = await portal.browser().ask('POST', '/api/planted', { from: {} });
  expect(answer.json()).toMatchObject({ error: { code: 'SIGN_IN_NEEDED' } });
});
