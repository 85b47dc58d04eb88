/** Attacks on the pages by what is written in descriptors and definitions. */
import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { definitions, hostileEstate, text } from './hostile-estate.ts';
import { watchedPage } from './page-watch.ts';
import { startServer, type TestServer } from './server.ts';

const VISIT_MS = 300_000;
let folder: string;
let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  folder = hostileEstate();
  [server, browser] = await Promise.all([startServer([folder]), openBrowser()]);
}, VISIT_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const tabs = ['', '?tab=dependencies', '?tab=api', '?tab=sources', '?tab=activity'];
const places = [
  '/catalog',
  '/catalog?peek=component:default/service',
  '/sources?tab=problems',
  '/review',
  '/teams',
  '/graph?root=component:default/service&depth=2',
  ...tabs.map((tab) => `/catalog/default/component/service${tab}`),
  ...Object.keys(definitions).map((type) => `/catalog/default/api/api-${type}?tab=api`),
  '/catalog/default/api/api-openapi',
  '/catalog/default/group/team',
  '/catalog/default/user/ada',
  `/catalog?q=${encodeURIComponent(text)}&owner=${encodeURIComponent(text)}`,
  `/catalog/default/component/${encodeURIComponent('<script>window.owned=13</script>')}`,
  '/no/<script>window.owned=14</script>',
];

/** What somebody's text must never become. */
const forbidden =
  'iframe, object, embed, base, script:not([src]), [src*="evil"], a[href^="javascript" i], a[href^="data:" i], a[href^="vbscript" i], a[href^="mailto:"][href*="?"], [onerror], [onload]';

/** Elements that it became, links to the attacker among them, and scripts that ran. */
function harm(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const leadsAway = ({ href }: HTMLAnchorElement) => URL.parse(href)?.hostname.includes('evil');
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].filter(leadsAway);
    const found = [...document.querySelectorAll(selector), ...links];
    const { owned } = window as unknown as { owned?: number };
    const ran = owned === undefined ? [] : [`script ${owned} ran`];
    return [...ran, ...found.map((element) => element.outerHTML.slice(0, 200))];
  }, forbidden);
}

it(
  'what is written in descriptors and definitions stays text on every page',
  async () => {
    const context = await openContext(browser, { size: 'desktop', scheme: 'light' });
    const { page, faults } = await watchedPage(context);
    const found: string[] = [];
    let shown = 0;
    for (const place of places) {
      await visit(page, server.url + place);
      found.push(...[...(await harm(page)), ...(await faults())].map((fault) => `${place}: ${fault}`));
      if ((await page.locator('body').innerText()).includes('<script>window.owned = 1</script>')) shown++;
    }
    await context.close();
    expect(found).toEqual([]);
    expect(shown).toBeGreaterThan(8);
  },
  VISIT_MS,
);
