/** Every page: no error, nothing that axe minds or the page's own policy stops, and a picture to look at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, schemes, sizes, type View, visit } from './browser.ts';
import { watchedPage } from './page-watch.ts';
import { type PageCase, pages } from './pages.ts';
import { startServer, type TestServer } from './server.ts';

const VIEW_MS = 600_000;
const folder = join(import.meta.dirname, 'shots');
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
}, VIEW_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What sticks out of the narrowest screen that people have, or of a page that is zoomed to 400 %. */
async function widthFaults(page: Page, { size }: View): Promise<string[]> {
  await page.setViewportSize(sizes.narrow);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.setViewportSize(sizes[size]);
  return excess > 0 ? [`scrolls sideways by ${excess} px at 320 px`] : [];
}

const views: View[] = schemes.flatMap((scheme) =>
  (['desktop', 'phone'] as const).map((size) => ({ size, scheme })),
);
const [first, , , last] = views;

/** `.ci/run` looks at each page in each view; otherwise a few take turns in the two that differ most. */
function pagesIn(view: View): readonly PageCase[] {
  if (process.env.ATRIUM_TEST_SLOW) return pages;
  const parity = view === first ? 0 : view === last ? 1 : undefined;
  return pages.filter(({ brief }) => brief).filter((_, index) => index % 2 === parity);
}

it.each(views.filter((view) => pagesIn(view).length > 0))(
  'no page has a fault ($size, $scheme)',
  async (view) => {
    const context = await openContext(browser, view);
    const { page, faults } = await watchedPage(context);
    const found: string[] = [];
    for (const { name, path } of pagesIn(view)) {
      await visit(page, server.url + path);
      await page.screenshot({ path: join(folder, `${name}-${view.size}-${view.scheme}.png`) });
      const all = [...(await axeFaults(page)), ...(await widthFaults(page, view)), ...(await faults())];
      found.push(...all.map((fault) => `${name}: ${fault}`));
    }
    await context.close();
    expect(found).toEqual([]);
  },
  VIEW_MS,
);
