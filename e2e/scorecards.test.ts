/** A standard as a team meets it: what fails, the way to mend it, where everybody stands, and how it is written. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { type Estate, makeEstate } from './estate.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 120_000;
const SEEN_MS = 30_000;
let estate: Estate;
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const standard = `---
apiVersion: atrium.dev/v1alpha1
kind: Scorecard
metadata:
  name: shop-rules
  title: Shop rules
spec:
  owner: shop
  levels: [bronze, silver]
  rules:
    - id: owned
      title: Somebody owns it
      level: bronze
      check: owner != null
    - id: readme
      title: Has a README
      level: silver
      check: facts.readme.present
      remedy:
        text: Write one.
        template: write-readme
        values: { name: '{name}', why: 'Asked for by “Shop rules” & friends' }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: write-readme, title: Write a README }
spec:
  owner: shop
  type: document
  parameters:
    - title: What to write
      required: [name]
      properties:
        name: { title: Name, type: string }
        why: { title: Reason, type: string }
  steps:
    - { id: log, name: Log, action: 'debug:log', input: { message: '\${{ parameters.name }}' } }
`;

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...identity, ...args], { cwd: join(estate.path, 'shop'), stdio: 'ignore' });
}

beforeAll(async () => {
  estate = makeEstate();
  appendFileSync(join(estate.path, 'shop/catalog-info.yaml'), standard);
  git('commit', '-qam', 'Rules for the shop');
  [server, browser] = await Promise.all([startServer([estate.path]), openBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  estate?.remove();
});

beforeEach(async () => {
  context = await openContext(browser, { size: 'desktop', scheme: 'light' });
  page = await context.newPage();
  page.setDefaultTimeout(SEEN_MS);
});

afterEach(() => context.close());

/** A rule of the standard, on the page of a service. */
function rung(title: string): Locator {
  const ladder = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Shop rules' }) });
  return ladder.getByRole('listitem').filter({ hasText: title }).filter({ hasText: 'Details' });
}

it(
  'leads from a failing rule to a form that is filled in for the service',
  async () => {
    await visit(page, `${server.url}/catalog/default/component/basket`);
    await page.getByRole('tab', { name: 'Scorecards' }).click();
    await page.waitForURL('**tab=scorecards');
    await rung('Has a README').getByText('Fails').waitFor();
    // What is reached is folded.
    for (const level of await page.locator('summary').filter({ hasText: 'Bronze' }).all())
      await level.click();
    await rung('Somebody owns it').getByText('Passes').waitFor();
    await rung('Has a README').getByRole('link', { name: 'Fix it Has a README' }).click();
    await page.waitForURL('**/actions/default/write-readme?**');
    expect(await page.getByLabel('Name').inputValue()).toBe('basket');
    expect(await page.getByLabel('Reason').inputValue()).toBe('Asked for by “Shop rules” & friends');
  },
  START_MS,
);

it(
  'leads from a cell of the heat map to the things behind it, with mouse and keyboard',
  async () => {
    await visit(page, `${server.url}/scorecards/default/shop-rules`);
    const cell = page.getByRole('link', { name: /^shop, Has a README: 0%, 0 of 2 pass, 2 fail/ });
    await cell.click();
    await page.waitForURL('**tab=entities&owner=group:default/shop&rule=readme');
    const rows = page.getByRole('row').filter({ hasText: 'Fails' });
    await rows.nth(1).waitFor();
    expect(await rows.getByRole('link', { name: /^(basket|window)$/ }).allTextContents()).toEqual([
      'basket',
      'window',
    ]);
    expect(await page.getByLabel('Any rule').inputValue()).toBe('readme');

    await page.goBack();
    await page.getByRole('rowheader').getByRole('link', { name: 'shop' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL('**tab=entities&owner=group:default/shop&rule=readme');
  },
  START_MS,
);

it(
  'asks for an exemption, grants it, and shows it on the open page of the service',
  async () => {
    await visit(page, `${server.url}/catalog/default/component/window?tab=scorecards`);
    await rung('Has a README').getByRole('button', { name: 'Ask for an exemption' }).click();
    await page.getByLabel('Why').fill('It goes away before the end of the year');
    await page.getByRole('button', { name: 'Ask for it' }).click();
    await rung('Has a README').getByText('Exemption asked').waitFor();

    const other = await context.newPage();
    other.setDefaultTimeout(SEEN_MS);
    await visit(other, `${server.url}/scorecards/exemptions`);
    await other.getByText('“It goes away before the end of the year”').waitFor();
    await other.getByLabel('Reason').fill('Good enough');
    await other.getByRole('button', { name: 'Grant' }).click();
    await other.getByText('Nothing waits for a decision.').waitFor();
    await rung('Has a README')
      .getByText(/^Exempt until/)
      .waitFor();
  },
  START_MS,
);

it(
  'turns a rule green on the open page, by itself',
  async () => {
    await visit(page, `${server.url}/catalog/default/component/basket?tab=scorecards`);
    await rung('Has a README').getByText('Fails').waitFor();
    const words = 'It holds what will be bought until it is paid for. '.repeat(10);
    writeFileSync(join(estate.path, 'shop/README.md'), `# Shop\n\n${words}\n`);
    git('add', '.');
    git('commit', '-qm', 'Say what it is');
    await rung('Has a README').getByText('Passes').waitFor();
  },
  START_MS,
);

it(
  'tells in the editor where a check is wrong, completes it, and says what it answers',
  async () => {
    await visit(page, `${server.url}/scorecards/editor?on=component:default/basket`);
    const check = page.getByLabel('Check', { exact: true });
    await check.fill('owner != null && facts.readme.wods > 3');
    await page.getByRole('alert').getByText('At 1:31').waitFor();
    expect(await page.locator('mark').textContent()).toBe('wods');

    await check.fill('');
    await check.pressSequentially('facts.readme.pre');
    await page.getByRole('option', { name: /^facts\.readme\.present/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await check.inputValue()).toBe('facts.readme.present');
    await page
      .getByRole('list', { name: 'What it says' })
      .getByText(/Passes|Fails/)
      .waitFor();
  },
  START_MS,
);

it(
  'says in the editor which line of a descriptor is wrong, and who would change',
  async () => {
    await visit(page, `${server.url}/scorecards/editor?of=scorecard:default/shop-rules`);
    const descriptor = page.getByLabel('Descriptor of the scorecard');
    const text = await descriptor.inputValue();
    expect(text).toContain('check: facts.readme.present');
    await descriptor.fill(text.replace('level: silver', 'level: platinum'));
    const line = text.split('\n').findIndex((one) => one.includes('level: silver')) + 1;
    await page.getByText(`Line ${line},`).waitFor();

    await descriptor.fill(text.replace('check: owner != null', 'check: owner == null'));
    await page.getByRole('tab', { name: 'Who would change' }).click();
    await page.getByText('2 of 2 things would change level').waitFor();
  },
  START_MS,
);
