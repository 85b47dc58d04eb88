import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Session } from '#server/access/contract.ts';
import { type OidcServer, startOidcServer } from '#tools/oidc-server.ts';
import { freePort } from '#tools/postgres.ts';
import { openBrowser, openContext, visit } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 120_000;
const SECRET_ENV = 'ATRIUM_E2E_CLIENT_SECRET';
const client = { clientId: 'atrium', clientSecret: 'a-secret-for-the-browser-tests' };
const wanted = '/catalog?kind=component&q=basket';
let folder: string;
let oidc: OidcServer;
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const descriptors = `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: shop }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada.lovelace }
spec: { profile: { displayName: Ada Lovelace, email: ada@example.com }, memberOf: [shop] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: basket }
spec: { type: service, lifecycle: production, owner: shop }
`;

const configuration = (issuer: string, closedPort: number) => `access:
  anonymousRole: viewer
  grants:
    - { role: platform, groups: [shop-leads] }
  signIn:
    - id: corp
      kind: oidc
      title: Company
      issuer: ${issuer}
      clientId: ${client.clientId}
      clientSecret: { env: ${SECRET_ENV} }
    - { id: down, kind: oidc, title: Down, issuer: 'http://127.0.0.1:${closedPort}', clientId: x }
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-sign-in-'));
  const [port, closedPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  oidc = await startOidcServer({
    ...client,
    callbacks: [`${url}/api/sign-in/corp/callback`],
    leaveTo: [`${url}/sign-in`],
    accounts: { ada: { email: 'Ada@example.com', email_verified: true, groups: ['shop-leads'] } },
  });
  process.env[SECRET_ENV] = client.clientSecret;
  writeFileSync(join(folder, 'catalog-info.yaml'), descriptors);
  writeFileSync(join(folder, 'atrium.yaml'), configuration(oidc.issuer, closedPort));
  const args = [
    '--config',
    join(folder, 'atrium.yaml'),
    '--port',
    String(port),
    join(folder, 'catalog-info.yaml'),
  ];
  [server, browser] = await Promise.all([startServer(args), openBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await oidc?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await openContext(browser, { size: 'desktop', scheme: 'light' });
  page = await context.newPage();
});
afterEach(() => context?.close());

async function signIn(page: Page): Promise<void> {
  await page.goto(server.url + wanted);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Continue with Company' }).click();
  await page.getByLabel('Account').fill('ada');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.origin === server.url);
}

const session = async () =>
  (await (await context.request.get(`${server.url}/api/session`)).json()) as Session;

it('signs in through the company’s provider and lands where she wanted to go', async () => {
  await page.goto(server.url);
  expect(await session()).toMatchObject({
    mode: 'sign-in',
    signedIn: false,
    principal: { roles: ['viewer'] },
  });
  await signIn(page);
  expect(page.url()).toBe(server.url + wanted);
  expect(await session()).toMatchObject({
    signedIn: true,
    principal: {
      id: 'user:default/ada.lovelace',
      name: 'Ada Lovelace',
      groups: ['group:default/shop', 'group:default/shop-leads'],
      roles: ['contributor', 'platform'],
    },
  });
  const cookie = (await context.cookies(server.url)).find(({ name }) => name === 'atrium');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).not.toContain('atrium');
});

it('asks who looks before it asks for anything else, so that nobody is refused by opening a page', async () => {
  const asked: string[] = [];
  let isKnown = false;
  page.on('response', (answer) => {
    if (new URL(answer.url()).pathname === '/api/session') isKnown = true;
  });
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!isKnown && pathname.startsWith('/api/')) asked.push(pathname);
  });
  await visit(page, server.url);
  expect(asked).toEqual(['/api/session']);
});

it('signs out here and at the provider', async () => {
  await signIn(page);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(`${oidc.issuer}/session/end*`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${server.url}/sign-in*`);
  expect((await session()).signedIn).toBe(false);
  // The provider asks again who it is.
  await page.getByRole('link', { name: 'Continue with Company' }).click();
  await page.getByLabel('Account').waitFor();
});

it('signs in nobody by a link, whatever session she has at the provider', async () => {
  await signIn(page);
  await page.goto('about:blank');
  await context.request.post(`${server.url}/api/session/sign-out`, { headers: { origin: server.url } });
  await page.goto(`${server.url}/api/sign-in/corp?to=/graph`);
  expect(page.url()).toBe(`${server.url}/sign-in?to=%2Fgraph`);
  expect((await session()).signedIn).toBe(false);
  await page.getByRole('link', { name: 'Continue with Company' }).click();
  await page.waitForURL(`${server.url}/graph`);
  expect((await session()).signedIn).toBe(true);
  await page.goto(`${server.url}/sign-in?to=/teams`);
  await page.waitForURL(`${server.url}/teams`);
});

it('keeps a page of another origin from ending her sessions', async () => {
  await signIn(page);
  const target = `${server.url}/api/session/sign-out-everywhere`;
  // Another port is another origin and the same site: cookies are sent along.
  const elsewhere = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<form method="post" action="${target}" enctype="text/plain"><button>Win</button></form>`);
  });
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
  const { port } = elsewhere.address() as AddressInfo;
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${port}/`);
  const sent = other.waitForResponse(target);
  await other.getByRole('button', { name: 'Win' }).click();
  expect((await sent).status()).toBe(403);
  expect((await session()).signedIn).toBe(true);
  elsewhere.close();
});

it('shows her views in each browser, and leaves nothing of hers in one whose session has ended', async () => {
  await signIn(page);
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByLabel('Name of the view').fill('Baskets');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('link', { name: 'Baskets' }).waitFor();
  await visit(page, `${server.url}/catalog/default/component/basket`);
  await visit(page, `${server.url}/catalog`);
  const kept = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => /recent|view|person/.test(key)));
  expect(await kept()).toEqual(expect.arrayContaining(['atrium-recent', 'atrium-person']));
  const elsewhere = await openContext(browser, { size: 'desktop', scheme: 'light' });
  const other = await elsewhere.newPage();
  await signIn(other);
  await other.getByRole('link', { name: 'Baskets' }).waitFor();
  await other.evaluate(() => fetch('/api/session/sign-out-everywhere', { method: 'POST' }));
  // The open page hears of it, and is loaded anew as for anybody.
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  await page.waitForFunction(() => localStorage.getItem('atrium-recent') === null);
  expect(await kept()).toEqual([]);
  expect(await page.getByRole('link', { name: 'Baskets' }).count()).toBe(0);
  await elsewhere.close();
});

it('says so on a page of the portal when a provider does not answer', async () => {
  await page.goto(`${server.url}/sign-in?to=/graph`);
  await page.getByRole('link', { name: 'Continue with Down' }).click();
  await page.getByRole('alert').waitFor();
  expect(page.url()).toBe(`${server.url}/sign-in?error=SIGN_IN_UNAVAILABLE&to=%2Fgraph`);
});
