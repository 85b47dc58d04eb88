/** The life of a claim, as two people see it who sign in through their company’s identity provider. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OidcServer, startOidcServer } from '../tools/oidc-server.ts';
import { type Portal, startPortal } from '../tools/portal.ts';
import { freePort } from '../tools/postgres.ts';
import { openBrowser, openContext, visit } from './browser.ts';
import { type Estate, makeEstate } from './estate.ts';

const START_MS = 120_000;
const SEEN_MS = 30_000;
const secret = 'known-to-both-sides';
let folder: string;
let estate: Estate;
let provider: OidcServer;
let portal: Portal;
let browser: Browser;

/** A service whose team is gone, beside the shop of the estate. */
const orphan = `---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: attic
  description: Nobody remembers # but it runs
spec:
  type: service
  lifecycle: production
  owner: leavers
`;

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: join(estate.path, 'shop'), encoding: 'utf8' });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-claim-'));
  estate = makeEstate();
  appendFileSync(join(estate.path, 'shop/catalog-info.yaml'), orphan);
  git('commit', '-qam', 'An attic');
  const url = `http://127.0.0.1:${await freePort()}`;
  const person = (name: string) => ({
    name,
    email: `${name}@example.com`,
    email_verified: true,
    groups: ['shop'],
  });
  provider = await startOidcServer({
    clientId: 'atrium',
    clientSecret: secret,
    callbacks: [`${url}/api/sign-in/company/callback`],
    leaveTo: [`${url}/`],
    accounts: { ada: person('ada'), bob: person('bob') },
  });
  const signIn = {
    id: 'company',
    kind: 'oidc',
    title: 'Company',
    issuer: provider.issuer,
    clientId: 'atrium',
    clientSecret: { env: 'ATRIUM_TEST_OIDC_SECRET' },
  };
  const config = join(folder, 'atrium.yaml');
  const access = { url, signIn: [signIn], grants: [{ role: 'admin', people: ['user:default/bob'] }] };
  writeFileSync(config, JSON.stringify({ sources: [{ target: estate.path }], access }));
  const args = ['--config', config, '--data', join(folder, 'data'), '--port', new URL(url).port];
  [portal, browser] = await Promise.all([
    startPortal(args, { ...process.env, ATRIUM_TEST_OIDC_SECRET: secret }),
    openBrowser(),
  ]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await portal?.stop();
  await provider?.stop();
  estate?.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function signedIn(login: string, path: string): Promise<Page> {
  const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
  const page = await context.newPage();
  page.setDefaultTimeout(SEEN_MS);
  await page.goto(portal.url + path);
  await page.getByRole('link', { name: 'Continue with Company' }).click();
  await page.getByLabel('Account').fill(login);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: `Account: ${login}` }).waitFor();
  return page;
}

it(
  'is asked for by one, approved by another, and stands in the audit',
  async () => {
    const ada = await signedIn('ada', '/');
    await ada.getByRole('heading', { name: /What your teams own/ }).waitFor();
    await ada.getByRole('link', { name: 'basket' }).first().waitFor();

    await visit(ada, `${portal.url}/catalog/default/component/attic`);
    await ada.getByRole('button', { name: 'Claim' }).click();
    await ada.getByLabel('Why').fill('We keep finding it broken');
    await ada.getByRole('button', { name: 'Ask for it' }).click();
    await ada.getByText('“We keep finding it broken”').waitFor();
    expect(await ada.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    const bob = await signedIn('bob', '/approvals');
    await bob.getByLabel('Reason').fill('It is ours in all but name');
    await bob.getByRole('button', { name: 'Approve' }).click();
    await bob.getByText('Nothing waits for a decision').waitFor();
    await ada.locator('dl').getByRole('link', { name: 'shop' }).first().waitFor();

    await visit(bob, `${portal.url}/settings?tab=audit`);
    const entry = (action: string) => bob.getByRole('listitem').filter({ hasText: action });
    await entry('ownership.request').filter({ hasText: 'ada' }).first().waitFor();
    await entry('ownership.decide').filter({ hasText: 'bob' }).first().waitFor();

    const branches = git('branch', '--list', '--format=%(refname:short)').trim().split('\n');
    const branch = branches.find((name) => name.includes('attic'));
    const difference = git('diff', '--unified=0', 'HEAD', branch ?? 'no-branch', '--', 'catalog-info.yaml');
    const changed = difference.split('\n').filter((line) => /^[+-] /.test(line));
    expect(changed).toEqual(['-  owner: leavers', '+  owner: shop']);
    expect(git('status', '--porcelain')).toBe('');
  },
  START_MS,
);
