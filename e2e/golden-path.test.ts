/** From a click to a service that answers: the action that the portal is judged by, and what a day later is done with it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 300_000;
const SEEN_MS = 60_000;
let server: TestServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
  page = await context.newPage();
  page.setDefaultTimeout(SEEN_MS);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function pick(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

it(
  'makes a service that answers, is in the catalog and is owned',
  async () => {
    await visit(page, `${server.url}/actions`);
    await page.getByRole('link', { name: 'New TypeScript service' }).click();
    await page.getByLabel('Name').fill('greeter');
    await page.getByLabel('What does it do?').fill('Greets whoever comes in');
    await pick('Who owns it?', 'Checkout');
    await pick('Which system is it part of?', 'Platform');
    await page.locator('form').getByRole('button', { name: 'Review' }).click();
    await page.getByText('openapi.yaml').first().waitFor();
    await page.getByText(/Push \d+ files to the branch main/).waitFor();
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.waitForURL('**/runs/*');
    const service = page.getByRole('link', { name: 'Open the service' });
    await service.waitFor();
    // What the steps said came in on the open page.
    await page.getByRole('region', { name: 'Log' }).getByText('answers at').first().waitFor();
    const url = (await service.getAttribute('href')) ?? '';
    expect(await (await fetch(url)).json()).toEqual({ message: 'Hello from greeter' });
    await page.getByRole('link', { name: 'See it in the catalog' }).click();
    await page.waitForURL('**/catalog/default/component/greeter');
    await page.getByText('Greets whoever comes in').first().waitFor();
    await page.getByRole('link', { name: 'Checkout' }).first().waitFor();
  },
  START_MS,
);

it(
  'offers on its page what can be done with it, and says what that would do',
  async () => {
    await visit(page, `${server.url}/catalog/default/component/greeter`);
    await page.getByRole('link', { name: 'Preview environment' }).click();
    await pick('For which team?', 'Checkout');
    await page.locator('form').getByRole('button', { name: 'Review' }).click();
    await page.getByText('Start greeter (main) on this machine').waitFor();
  },
  START_MS,
);

it(
  'mends what a standard finds missing, and shows it on a page that stays open',
  async () => {
    const watching = await page.context().newPage();
    watching.setDefaultTimeout(START_MS);
    await visit(watching, `${server.url}/catalog/default/component/greeter?tab=scorecards`);
    const rule = watching.getByRole('listitem').filter({ hasText: 'Decisions are written down' });
    await rule.getByText('Fails').first().waitFor();
    await visit(page, `${server.url}/catalog/default/component/greeter?tab=scorecards`);
    await page.getByRole('link', { name: 'Fix it Decisions are written down' }).first().click();
    await page.getByLabel('What was decided?').fill('Greet in one language');
    await page.getByLabel('Why?').fill('Nobody has asked for another one');
    // Straight from the field whose message goes when it is left.
    await page.locator('form').getByRole('button', { name: 'Review' }).click();
    await page.getByText(/Commit docs\/decisions\/greet-in-one-language\.md to the branch main/).waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.waitForURL('**/runs/*');
    await page.getByText('Succeeded', { exact: true }).first().waitFor();
    await rule.getByText('Passes').first().waitFor();
    await watching.close();
  },
  START_MS,
);
