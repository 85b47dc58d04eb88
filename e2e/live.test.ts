import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { type Estate, makeEstate } from './estate.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 120_000;
const SEEN_MS = 20_000;
let estate: Estate;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  estate = makeEstate();
  [server, browser] = await Promise.all([startServer([estate.path]), openBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  estate?.remove();
});

it(
  'shows an edit of a descriptor on the open page, by itself',
  async () => {
    const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
    const page = await context.newPage();
    await visit(page, `${server.url}/catalog/default/component/basket`);
    await page.getByText('Holds what will be bought').first().waitFor();
    const file = join(estate.path, 'shop/catalog-info.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('Holds what will be bought', 'Remembers the choice'),
    );
    await page.getByText('Remembers the choice').first().waitFor({ timeout: SEEN_MS });
    await page.getByRole('tab', { name: 'Activity' }).click();
    await page.getByText('metadata.description').first().waitFor();
    expect(await page.locator('del').first().textContent()).toContain('Holds what will be bought');
    await context.close();
  },
  START_MS,
);
