import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, schemes, visit } from './browser.ts';
import { pages } from './pages.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 300_000;
const VIEW_MS = 180_000;
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

const views = schemes.flatMap((scheme) => (['desktop', 'phone'] as const).map((size) => ({ size, scheme })));

it.each(views)(
  'every page is pictured without an error in the console ($size, $scheme)',
  async (view) => {
    const context = await openContext(browser, view);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    for (const { name, path } of pages) {
      await visit(page, server.url + path);
      await page.screenshot({ path: join(folder, `${name}-${view.size}-${view.scheme}.png`) });
    }
    await context.close();
    expect(errors).toEqual([]);
  },
  VIEW_MS,
);
