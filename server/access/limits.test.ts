import { expect, it } from 'vitest';
import { openTestStore } from '#tools/test-store.ts';
import { type Browser, signInPortal } from './sign-in-test-support.ts';

const accounts = { 'sub-ada': { email: 'ada@example.com' }, 'sub-bob': { preferred_username: 'bob' } };
const portal = signInPortal(openTestStore, accounts);
const MOST = 10;

const status = async (browser: Browser, more: Parameters<Browser['ask']>[2] = {}, path = '/api/planted') =>
  (await browser.ask('GET', path, more)).statusCode;

it('lets a principal ask only so much in a minute, whatever browser she uses', async () => {
  await portal.reopen({ requestsPerMinute: MOST });
  const [here, there, other] = [portal.browser(), portal.browser(), portal.browser()];
  await here.signIn('sub-ada');
  await there.signIn('sub-ada');
  await other.signIn('sub-bob');
  portal.wait(60_000);
  for (let times = 0; times < MOST; times++) expect(await status(times % 2 ? here : there)).toBe(200);
  const refused = await here.ask('GET', '/api/planted');
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['retry-after']).toBe('60');
  expect(refused.json()).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS' } });
  portal.wait(45_000);
  expect((await there.ask('POST', '/api/planted')).headers['retry-after']).toBe('15');
  expect(await status(other)).toBe(200);
  portal.wait(15_000);
  expect(await status(here)).toBe(200);
  // Once, not for each of them.
  expect(await portal.audited('access.rate-limit')).toMatchObject([
    { actor: 'user:default/ada.l', status: 429 },
  ]);
  expect(await portal.audited('catalog.review.decide')).toEqual([]);
});

it('counts by address whoever is not signed in', async () => {
  await portal.reopen({ requestsPerMinute: MOST, anonymousRole: 'viewer' });
  const browser = portal.browser();
  for (let times = 0; times < MOST; times++) expect(await status(browser)).toBe(200);
  expect(await status(browser)).toBe(429);
  expect(await status(browser, { remoteAddress: '192.0.2.7' })).toBe(200);
  for (let times = 0; times < MOST; times++) {
    expect(await status(browser, { remoteAddress: `2001:db8::${times + 1}` })).toBe(200);
  }
  expect(await status(browser, { remoteAddress: '2001:db8::ffff' })).toBe(429);
  // Nobody has to believe what the caller says of where it is, unless a proxy is to be believed.
  expect(await status(browser, { headers: { 'x-forwarded-for': '192.0.2.8' } })).toBe(429);
  await portal.reopen({ requestsPerMinute: MOST, anonymousRole: 'viewer', trustProxy: true });
  const behind = (from: string) => status(portal.browser(), { headers: { 'x-forwarded-for': from } });
  for (let times = 0; times < MOST; times++) expect(await behind(`192.0.2.${times}, 198.51.100.1`)).toBe(200);
  expect(await behind('192.0.2.99, 198.51.100.1')).toBe(429);
  expect(await behind('198.51.100.2')).toBe(200);
});

it('refuses an address that tries too many tokens, but not one that has a wrong one', async () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer atr_${token.padEnd(43, 'x')}` } });
  const browser = portal.browser();
  for (let times = 0; times < 30; times++) expect(await status(browser, bearer('forgotten'))).toBe(401);
  for (let times = 0; times < 19; times++) expect(await status(browser, bearer(`guess${times}`))).toBe(401);
  const refused = await browser.ask('GET', '/api/planted', bearer('one-more'));
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '60']);
  expect(await status(browser, { ...bearer('other'), remoteAddress: '192.0.2.7' })).toBe(401);
  expect(await status(browser, {}, '/api/session')).toBe(200);
  portal.wait(60_000);
  expect(await status(browser, bearer('later'))).toBe(401);
});
