/** The catalog with 50,000 rows: however one goes through them, few are in the document and those in view are full. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import type { Estate } from './estate.ts';
import { makeLargeEstate } from './large-estate.ts';
import { startServer, type TestServer } from './server.ts';

const ROWS = 50_000;
const MOST_IN_DOCUMENT = 80;
const PAGES = ROWS / 100;
const WHEEL_PX = 9_000;
const START_MS = 400_000;
const WAY_MS = 300_000;
const FILLED_MS = 20_000;
let estate: Estate;
let server: TestServer;
let browser: Browser;
let page: Page;
let asked: string[] = [];
let dropped: string[] = [];

beforeAll(async () => {
  estate = makeLargeEstate(ROWS);
  [server, browser] = await Promise.all([startServer([estate.path]), openBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  estate?.remove();
});

beforeEach(async () => {
  page = await (await openContext(browser, { size: 'desktop', scheme: 'light' })).newPage();
  asked = [];
  dropped = [];
  const isRows = (url: string) => url.includes('/api/catalog/rows?');
  page.on('request', (request) => isRows(request.url()) && asked.push(request.url()));
  page.on('requestfailed', (request) => isRows(request.url()) && dropped.push(request.url()));
  await visit(page, `${server.url}/catalog`);
  await page.getByRole('grid').waitFor();
  return () => page.context().close();
});

/** How many rows the document has, how many of those in view are empty, and the last one in view. */
function look() {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('tr[data-index]')];
    const seen = rows.filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > 0 && top < window.innerHeight;
    });
    const last = Number(seen.at(-1)?.dataset.index);
    return {
      drawn: rows.length,
      seen: seen.length,
      empty: seen.filter((row) => !row.querySelector('a')).length,
      last,
    };
  });
}

async function expectFilled(): Promise<void> {
  await expect
    .poll(
      async () => {
        const { seen, empty } = await look();
        return { some: seen > 0, empty };
      },
      { timeout: FILLED_MS },
    )
    .toEqual({ some: true, empty: 0 });
}

const atTheEnd = () =>
  page.evaluate(() => window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2);

it(
  'goes through all rows with the wheel, with few in the document and few questions to the server',
  async () => {
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(ROWS + 1));
    await page.mouse.move(900, 600);
    let most = 0;
    while (!(await atTheEnd())) {
      await page.mouse.wheel(0, WHEEL_PX);
      most = Math.max(most, (await look()).drawn);
    }
    expect(most).toBeLessThanOrEqual(MOST_IN_DOCUMENT);
    await expectFilled();
    expect((await look()).last).toBe(ROWS - 1);
    expect(asked.length).toBeLessThanOrEqual(PAGES);
    expect(dropped).toEqual([]);
  },
  WAY_MS,
);

it(
  'fills every row in view after a jump by key and by scroll bar',
  async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await expect.poll(async () => (await look()).last).toBe(ROWS - 1);
    await expectFilled();
    for (const part of [0.2, 0.77, 0.5]) {
      await page.evaluate((way) => window.scrollTo(0, document.documentElement.scrollHeight * way), part);
      await expectFilled();
      const { drawn, last } = await look();
      expect(drawn).toBeLessThanOrEqual(MOST_IN_DOCUMENT);
      expect(Math.abs(last / ROWS - part)).toBeLessThan(0.01);
    }
    expect(asked.length).toBeLessThan(20);
  },
  WAY_MS,
);
