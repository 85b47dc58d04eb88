import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { OidcAccount } from '#tools/oidc-server.ts';
import { openTestStore } from '#tools/test-store.ts';
import type { Session } from './contract.ts';
import { oidcConfig, signInPortal } from './sign-in-test-support.ts';

const COOKIE = '__Host-atrium';
const ada: OidcAccount = {
  email: 'Ada@Example.com',
  email_verified: true,
  name: 'Ada Lovelace',
  preferred_username: 'ada',
  groups: ['payers', 'engineers'],
};
const bob: OidcAccount = { email: 'bob@example.com', email_verified: false, name: 'Bob' };
const portal = signInPortal(openTestStore, { 'sub-ada': ada, 'sub-bob': bob });

it('ends where she wanted to go, as the person of the catalog, with the groups of the claim', async () => {
  const browser = portal.browser();
  const answer = await browser.signIn('sub-ada', '/catalog?kind=api#first');
  expect(answer.statusCode).toBe(302);
  expect(answer.headers.location).toBe('/catalog?kind=api#first');
  expect(await browser.session<Session>()).toMatchObject({
    mode: 'sign-in',
    signedIn: true,
    viewingAs: null,
    principal: {
      id: 'user:default/ada.l',
      ref: 'user:default/ada.l',
      name: 'Ada',
      email: 'ada@example.com',
      groups: ['group:default/engineers', 'group:default/money', 'group:default/payers'],
      roles: ['contributor'],
    },
    providers: [{ id: 'corp', title: 'Company corp', kind: 'oidc' }, { id: 'other' }],
  });
  expect((await browser.ask('GET', '/api/planted')).json()).toMatchObject({ id: 'user:default/ada.l' });
  expect(await portal.audited('access.sign-in')).toMatchObject([
    { actor: 'user:default/ada.l', target: 'provider:corp', outcome: 'done', address: '127.0.0.1' },
  ]);
});

it('keeps the session in a cookie that scripts and other sites don’t get', async () => {
  const { cookies } = await portal.browser().signIn('sub-ada');
  expect(cookies.find(({ name }) => name === COOKIE)).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: 168 * 3600,
  });
  expect(cookies.find(({ name }) => name === COOKIE)).not.toHaveProperty('domain');
  // Neither the secret nor anything that gives it away is in the store.
  const { rows } = await sql<{
    whole: string;
  }>`select row_to_json(session)::text as whole from session`.execute(portal.db);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.whole).not.toContain(cookies.find(({ name }) => name === COOKIE)?.value);
});

it('makes a person of whoever the catalog doesn’t know', async () => {
  const browser = portal.browser();
  await browser.signIn('sub-bob');
  expect((await browser.session<Session>()).principal).toMatchObject({
    id: 'user:default/bob',
    name: 'Bob',
    email: null,
    groups: [],
  });
});

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/api/sign-in/corp',
  '/sign-in?error=x',
])('does not lead out of the portal by %j', async (to) => {
  const answer = await portal.browser().signIn('sub-ada', to);
  expect(answer.headers.location).toBe('/');
});

it.each<[string, Record<string, string>]>([
  ['a link on another site', { 'sec-fetch-site': 'cross-site' }],
  ['a page of a neighbouring host', { 'sec-fetch-site': 'same-site' }],
  ['a bookmark, or a link in a mail', { 'sec-fetch-site': 'none' }],
  ['a link on another site, in a browser that says no more', { referer: 'https://evil.example/' }],
  ['an address that begins as ours', { referer: 'https://portal.example.evil.example/' }],
  ['nobody knows what', {}],
])('is not begun by %s; who follows it is asked first', async (_what, from) => {
  const browser = portal.browser();
  const answer = await browser.ask('GET', '/api/sign-in/corp?to=/graph', { from });
  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/sign-in?to=%2Fgraph']);
  expect(browser.cookies.size).toBe(0);
  expect(await portal.db.selectFrom('sign_in_attempt').selectAll().execute()).toEqual([]);
});

it('is begun by the button of the sign-in page, also in a browser that says no more', async () => {
  const from = { referer: 'https://portal.example/sign-in?to=/graph' };
  const { headers } = await portal.browser().ask('GET', '/api/sign-in/corp?to=/graph', { from });
  expect(headers.location).toContain(portal.oidc.issuer);
});

it('lets nobody take a sign-in that was finished', async () => {
  const browser = portal.browser();
  const back = await browser.atProvider('/api/sign-in/corp', 'sub-ada');
  expect((await browser.ask('GET', back)).headers.location).toBe('/');
  const thief = portal.browser();
  for (const [name, value] of browser.cookies) if (name !== COOKIE) thief.cookies.set(name, value);
  expect((await thief.ask('GET', back)).headers.location).toBe('/sign-in?error=SIGN_IN_EXPIRED');
  expect(thief.cookies.has(COOKIE)).toBe(false);
  expect(await portal.audited('access.sign-in')).toMatchObject([
    { outcome: 'done' },
    { outcome: 'refused', status: 400 },
  ]);
});

it('lets nobody sign in another browser', async () => {
  const back = await portal.browser().atProvider('/api/sign-in/corp?to=/graph', 'sub-bob');
  const victim = portal.browser();
  await victim.ask('GET', '/api/sign-in/corp');
  expect((await victim.ask('GET', back)).headers.location).toBe('/sign-in?error=SIGN_IN_EXPIRED');
  expect((await victim.session<Session>()).signedIn).toBe(false);
});

it.each([
  ['another provider', (back: string) => back.replace('/corp/', '/other/'), 'SIGN_IN_EXPIRED'],
  ['another state', (back: string) => back.replace(/state=[^&]+/, 'state=x'), 'SIGN_IN_EXPIRED'],
  ['no state', (back: string) => back.replace(/state=[^&]+&?/, ''), 'SIGN_IN_EXPIRED'],
  ['two states', (back: string) => `${back}&state=x`, 'INPUT_INVALID'],
  ['another code', (back: string) => back.replace(/code=[^&]+/, 'code=x'), 'SIGN_IN_EXPIRED'],
  [
    'another issuer',
    (back: string) => back.replace(/iss=[^&]+/, 'iss=https://evil.example'),
    'SIGN_IN_FAILED',
  ],
  ['no issuer', (back: string) => back.replace(/&?iss=[^&]+/, ''), 'SIGN_IN_FAILED'],
  ['an unknown provider', () => '/api/sign-in/nobody/callback?code=x&state=y', 'ROUTE_NOT_FOUND'],
])('is refused with %s', async (_what, change, error) => {
  const browser = portal.browser();
  const back = await browser.atProvider('/api/sign-in/corp', 'sub-ada');
  const changed = change(back);
  expect(changed).not.toBe(back);
  const { statusCode, headers } = await browser.ask('GET', changed);
  expect([statusCode, headers.location]).toEqual([302, `/sign-in?error=${error}`]);
  expect(browser.cookies.has(COOKIE)).toBe(false);
});

it('is refused when it took too long', async () => {
  const browser = portal.browser();
  const back = await browser.atProvider('/api/sign-in/corp?to=/graph', 'sub-ada');
  portal.wait(10 * 60_000);
  expect((await browser.ask('GET', back)).headers.location).toBe('/sign-in?error=SIGN_IN_EXPIRED');
});

it('says so when the provider lets her not in, and where she wanted to go', async () => {
  const answer = await portal.browser().signIn('', '/graph');
  expect(answer.headers.location).toBe('/sign-in?error=SIGN_IN_DENIED&to=%2Fgraph');
  expect(await portal.audited('access.sign-in')).toMatchObject([
    { actor: 'anonymous', outcome: 'refused', after: expect.stringContaining('access_denied') },
  ]);
});

it('tabs of one browser may sign in at the same time', async () => {
  const browser = portal.browser();
  const first = await browser.atProvider('/api/sign-in/corp?to=/one', 'sub-ada');
  const second = await browser.atProvider('/api/sign-in/corp?to=/two', 'sub-ada');
  expect((await browser.ask('GET', first)).headers.location).toBe('/one');
  expect((await browser.ask('GET', second)).headers.location).toBe('/two');
});

it('lets in only verified addresses of the domains that the configuration names', async () => {
  const [corp] = portal.access().signIn;
  await portal.reopen({ signIn: [{ ...corp, emailDomains: ['Example.com'] }] });
  expect((await portal.browser().signIn('sub-ada')).headers.location).toBe('/');
  const denied = '/sign-in?error=SIGN_IN_DENIED';
  expect((await portal.browser().signIn('sub-bob')).headers.location).toBe(denied);
});

it('refuses an address that tries too often, and says when to come back', async () => {
  const browser = portal.browser();
  const back = '/api/sign-in/corp/callback?code=guessed&state=guessed';
  for (let tries = 0; tries < 20; tries++) expect((await browser.ask('GET', back)).statusCode).toBe(302);
  const refused = await browser.ask('GET', back);
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.body).toContain('/sign-in?error=TOO_MANY_REQUESTS');
  expect((await browser.ask('GET', back, { remoteAddress: '192.0.2.7' })).statusCode).toBe(302);
  expect((await browser.ask('GET', '/api/session')).statusCode).toBe(200);
});
it('says so when the provider doesn’t answer, and asks it again the next time', async () => {
  let isDown = true;
  const reach: typeof fetch = (...request) =>
    isDown ? Promise.reject(new TypeError('fetch failed')) : fetch(...request);
  await portal.reopen({}, { fetch: reach });
  const browser = portal.browser();
  const { statusCode, headers } = await browser.ask('GET', '/api/sign-in/corp?to=/graph');
  expect([statusCode, headers.location]).toEqual([302, '/sign-in?error=SIGN_IN_UNAVAILABLE&to=%2Fgraph']);
  isDown = false;
  expect((await browser.signIn('sub-ada')).headers.location).toBe('/');
  isDown = true;
  const back = await portal.browser().ask('POST', '/api/session/sign-out');
  expect(back.json()).toEqual({ redirect: null });
});

it('says so when the provider answers with a failure of its own', async () => {
  const reach: typeof fetch = async () => new Response('{}', { status: 503 });
  await portal.reopen({}, { fetch: reach });
  const { headers } = await portal.browser().ask('GET', '/api/sign-in/corp');
  expect(headers.location).toBe('/sign-in?error=SIGN_IN_UNAVAILABLE');
});

it('refuses a provider that is another one than it says', async () => {
  await portal.reopen({ signIn: [oidcConfig('corp', portal.oidc.issuer.replace('127.0.0.1', 'localhost'))] });
  const { headers } = await portal.browser().ask('GET', '/api/sign-in/corp');
  expect(headers.location).toBe('/sign-in?error=SIGN_IN_FAILED');
});
