/** Attacks by what is written in documentation: each is a page of its own, opened as a reader opens it. */
import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { attackEstate, pageAddress } from './docs-attack-estate.ts';
import { type PageWatch, watchedPage } from './page-watch.ts';
import { startServer, type TestServer } from './server.ts';

const VISIT_MS = 900_000;
const estate = attackEstate();
let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer([estate.repository]), openBrowser()]);
}, VISIT_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(estate.folder, { recursive: true, force: true });
});

/** What a page must never hold, and places to which no link of it may lead. */
const forbidden =
  'script:not([src]), script[src*="example.com"], iframe, object, embed, base, form[action], meta[http-equiv], ' +
  'article svg, article style, article [style], article [src*="example.com"], a[href^="javascript" i], ' +
  'a[href^="data:" i], a[href^="vbscript" i], a[href^="blob:" i], a[href^="file:" i], [onerror], [onload], [onclick]';

function harm(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const found = [...document.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 200));
    const ran = '__attacked' in window || 'polluted' in {} ? ['it ran'] : [];
    return [...ran, ...found];
  }, forbidden);
}

/** Presses what can be pressed and touches what can be touched, for what waits for that. */
async function provoke(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('article *')) {
      for (const type of [
        'mouseover',
        'pointerenter',
        'focusin',
        'focus',
        'toggle',
        'animationstart',
        'error',
      ]) {
        element.dispatchEvent(new Event(type));
      }
      if (element.matches('summary, label, [role="tab"]')) element.click();
    }
  });
}

async function untilShown(page: Page, address: string): Promise<void> {
  await page.locator(`article[data-article="${address}"]`).waitFor();
  await page.waitForFunction(
    () => document.querySelector('.doc-diagram[data-state="drawing"], [aria-label="Loading"]') === null,
  );
}

async function faultsOf(watch: PageWatch): Promise<string[]> {
  await provoke(watch.page);
  return [...(await harm(watch.page)), ...(await watch.faults())];
}

it('knows enough attacks', () => {
  expect(estate.pages.length + estate.drawings.length + estate.diagrams.length).toBeGreaterThan(200);
});

it.each(['mkdocs', 'github'])(
  'none of them runs on a page (%s)',
  async (flavour) => {
    const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
    const watch = await watchedPage(context);
    const { page } = watch;
    page.setDefaultTimeout(60_000);
    const found: string[] = [];
    const site = `/docs/component/default/${flavour}`;
    await visit(page, `${server.url}${site}`);
    for (const [index, text] of [...estate.pages, ...estate.diagrams].entries()) {
      const address = pageAddress(index);
      // As a reader does: the page is exchanged, the window stays.
      await page.locator(`nav a[href="${site}/${address}"]`).first().click();
      await untilShown(page, address);
      found.push(...(await faultsOf(watch)).map((fault) => `${text}: ${fault}`));
    }
    await context.close();
    expect(found).toEqual([]);
  },
  VISIT_MS,
);

it(
  'none of them runs in a picture, nor when the picture is opened by itself',
  async () => {
    const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
    const watch = await watchedPage(context);
    const { page } = watch;
    const found: string[] = [];
    await visit(page, `${server.url}/docs/component/default/mkdocs/drawings`);
    found.push(...(await faultsOf(watch)));
    for (const [index, text] of estate.drawings.entries()) {
      await page.goto(`${server.url}/api/docs/files/component/default/mkdocs/drawing-${index}.svg`);
      const ran = await page.evaluate(() => '__attacked' in window);
      const faults = await watch.faults();
      found.push(...[...faults, ...(ran ? ['it ran'] : [])].map((fault) => `${text}: ${fault}`));
    }
    await context.close();
    expect(found).toEqual([]);
  },
  VISIT_MS,
);

it(
  'none of them runs among the answers of a search',
  async () => {
    const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
    const watch = await watchedPage(context);
    await visit(watch.page, `${server.url}/docs?q=attack`);
    await expect
      .poll(
        async () => {
          await watch.page.reload();
          return watch.page.getByRole('option').count();
        },
        { timeout: 120_000, interval: 3_000 },
      )
      .toBeGreaterThan(3);
    expect([...(await harm(watch.page)), ...(await watch.faults())]).toEqual([]);
    await context.close();
  },
  VISIT_MS,
);
