/** The register of technical debt when it is long. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { type Estate, makeEstate } from './estate.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 120_000;
const TEST_MS = 60_000;
const ITEMS = 60;
let estate: Estate;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  estate = makeEstate();
  [server, browser] = await Promise.all([startServer([estate.path]), openBrowser()]);
  for (let costDays = 1; costDays <= ITEMS; costDays++) {
    const answer = await fetch(`${server.url}/api/debt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ entity: 'component:basket', title: `Costs ${costDays}`, costDays }),
    });
    expect(answer.status).toBe(201);
  }
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  estate?.remove();
});

it(
  'is shown page by page, and summed as a whole',
  async () => {
    const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
    const page = await context.newPage();
    await visit(page, `${server.url}/debt`);
    await page.getByText(`${ITEMS} items, 1,830 days to pay off`).waitFor();
    await page.getByText('1 to 50 of 60').waitFor();
    expect(await page.getByRole('button', { name: 'Page before' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('51 to 60 of 60').waitFor();
    await page.getByRole('button', { name: 'Costs 1', exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('offset')).toBe('50');
    await page.getByLabel('State').selectOption('paid');
    await page.getByText('No debt matches').waitFor();
    expect(new URL(page.url()).searchParams.get('offset')).toBeNull();
    await context.close();
  },
  TEST_MS,
);
