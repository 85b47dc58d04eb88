import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { type Estate, makeEstate } from './estate.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 120_000;
const TEST_MS = 60_000;
let estate: Estate;
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  estate = makeEstate();
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
});

afterEach(() => context.close());

it(
  'finds a service in the palette and goes there',
  async () => {
    await visit(page, server.url);
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox');
    await field.waitFor();
    await page.keyboard.type('basket');
    await page.getByRole('option', { name: /Holds what will be bought/ }).waitFor();
    await expect.poll(() => field.getAttribute('aria-activedescendant')).toBe('palette-option-0');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => field.getAttribute('aria-activedescendant')).toBe('palette-option-1');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/catalog/default/component/basket');
  },
  TEST_MS,
);

it(
  'opens the palette with a slash and closes it with Escape',
  async () => {
    await visit(page, server.url);
    await page.keyboard.press('/');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').waitFor({ state: 'detached' });
  },
  TEST_MS,
);

it(
  'moves through the rows of the catalog, looks beside and opens',
  async () => {
    await visit(page, `${server.url}/catalog?kind=Component`);
    const grid = page.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('j');
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe('row-1');
    await page.keyboard.press('k');
    await page.keyboard.press(' ');
    await page.waitForURL('**peek=component:default/basket');
    await page.getByRole('complementary', { name: /basket/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.waitForURL('**peek=component:default/window');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/catalog/default/component/window');
  },
  TEST_MS,
);

it(
  'moves the edge of a column, remembers it, and lets go of it',
  async () => {
    await visit(page, `${server.url}/catalog`);
    const edge = page.getByRole('separator', { name: 'Edge before State' });
    const width = async () => Number(await edge.getAttribute('aria-valuenow'));
    const given = await width();
    await edge.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(width).toBe(given + 32);
    await page.reload();
    await edge.waitFor();
    await expect.poll(width).toBe(given + 32);
    await edge.focus();
    await page.keyboard.press('Enter');
    await expect.poll(width).toBe(given);
  },
  TEST_MS,
);

it(
  'changes the tabs of an entity with the arrow keys and keeps them in the address',
  async () => {
    await visit(page, `${server.url}/catalog/default/component/basket`);
    await page.getByRole('tab', { name: 'Overview' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**tab=dependencies');
    await page.keyboard.press('End');
    await page.waitForURL('**tab=activity');
    expect(await page.getByRole('tab', { name: 'Activity' }).getAttribute('aria-selected')).toBe('true');
  },
  TEST_MS,
);

it(
  'offers to skip to the content first',
  async () => {
    await visit(page, server.url);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  },
  TEST_MS,
);
