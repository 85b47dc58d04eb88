/** Every page, light and dark, on a desk and a phone: no error, nothing that axe minds, and a picture to look at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, schemes, type View, visit } from './browser.ts';
import { type PageCase, pages } from './pages.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 300_000;
const VIEW_MS = 300_000;
const folder = join(import.meta.dirname, 'shots');
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What is wrong with a page, in words; empty when nothing is. */
async function faultsOf(page: Page, { name, path }: PageCase, view: View): Promise<string[]> {
  const errors: string[] = [];
  const note = (error: Error) => errors.push(`${name}: ${error.message}`);
  page.on('pageerror', note);
  await visit(page, server.url + path);
  await page.screenshot({ path: join(folder, `${name}-${view.size}-${view.scheme}.png`) });
  const { violations } = await new AxeBuilder({ page }).analyze();
  page.off('pageerror', note);
  const nodes = violations.flatMap(({ id, nodes: found }) =>
    found.map(({ html }) => `${name}: ${id}: ${html}`),
  );
  return [...errors, ...nodes];
}

const all: View[] = schemes.flatMap((scheme) =>
  (['desktop', 'phone'] as const).map((size) => ({ size, scheme })),
);
/** Two of the four show all that differs; `.ci/run` looks at the others too. */
const brief: View[] = [
  { size: 'desktop', scheme: 'light' },
  { size: 'phone', scheme: 'dark' },
];
const views = process.env.ATRIUM_TEST_SLOW ? all : brief;

it.each(views)(
  'no page has a fault ($size, $scheme)',
  async (view) => {
    const context = await openContext(browser, view);
    const page = await context.newPage();
    const faults: string[] = [];
    for (const each of pages) faults.push(...(await faultsOf(page, each, view)));
    await context.close();
    expect(faults).toEqual([]);
  },
  VIEW_MS,
);

it(
  'no page scrolls sideways at 320 px',
  async () => {
    const context = await openContext(browser, { size: 'narrow', scheme: 'light' });
    const page = await context.newPage();
    const wide: string[] = [];
    for (const { name, path } of pages) {
      await visit(page, server.url + path);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (excess > 0) wide.push(`${name}: ${excess} px`);
    }
    await context.close();
    expect(wide).toEqual([]);
  },
  VIEW_MS,
);
