import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, schemes, type View, visit } from './browser.ts';
import { pages } from './pages.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 300_000;
const PAGE_MS = 60_000;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const cases = schemes.flatMap((scheme) =>
  (['desktop', 'phone'] as const).flatMap((size) => pages.map((page) => ({ scheme, size, ...page }))),
);

it.each(cases)(
  '$name has no violation ($size, $scheme)',
  async ({ path, size, scheme }) => {
    const context = await openContext(browser, { size, scheme });
    const page = await context.newPage();
    await visit(page, server.url + path);
    const { violations } = await new AxeBuilder({ page }).analyze();
    await context.close();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual(
      [],
    );
  },
  PAGE_MS,
);

const narrow: View = { size: 'narrow', scheme: 'light' };
it.each(pages)(
  '$name does not scroll sideways at 320 px',
  async ({ path }) => {
    const context = await openContext(browser, narrow);
    const page = await context.newPage();
    await visit(page, server.url + path);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await context.close();
    expect(excess).toBeLessThanOrEqual(0);
  },
  PAGE_MS,
);
