/** Documentation as somebody meets it who looks for an answer, reads, and watches it being written. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { type DocsEstate, docsEstate } from './docs-estate.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 120_000;
const SEEN_MS = 30_000;
const site = '/docs/component/default/basket';
const lever = 'Pull the zanzibar lever, then count to nine.';
let estate: DocsEstate;
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  estate = docsEstate();
  [server, browser] = await Promise.all([startServer([estate.repository]), openBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  estate?.remove();
});

beforeEach(async () => {
  context = await openContext(browser, { size: 'desktop', scheme: 'light' });
  page = await context.newPage();
  page.setDefaultTimeout(SEEN_MS);
});

afterEach(() => context.close());

const article = () => page.locator('article');
const topOf = (text: string) =>
  page.evaluate((words) => {
    const all = [...document.querySelectorAll('article h2, article p')];
    const found = all.find((element) => element.textContent?.includes(words));
    return Math.round(found?.getBoundingClientRect().top ?? Number.NaN);
  }, text);
/** Marks the window, so that a page load shows: it would take the mark away. */
const markWindow = () => page.evaluate('window.unloaded = false');
const isSameWindow = () => page.evaluate<boolean>('window.unloaded === false');

it(
  'leads from the words of a question to the passage, which is highlighted where it stands',
  async () => {
    await visit(page, `${server.url}/docs`);
    const field = page.getByRole('combobox', { name: 'Search everything that is written' });
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
    await expect
      .poll(
        async () => {
          await field.fill('');
          await field.pressSequentially('zanzibar');
          return page
            .getByRole('option', { name: /Runbook/ })
            .first()
            .isVisible();
        },
        { timeout: SEEN_MS, interval: 1_000 },
      )
      .toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${site}/runbook?q=zanzibar#the-till-is-stuck`);
    await page.getByText('1 of 1 for “zanzibar”').waitFor();
    const shown = await page.evaluate(() => CSS.highlights.get('docs-match')?.size);
    expect(shown).toBe(1);
    await page.getByRole('button', { name: 'Stop highlighting' }).click();
    await page.waitForURL(`**${site}/runbook#the-till-is-stuck`);
    expect(await page.evaluate(() => CSS.highlights.has('docs-match'))).toBe(false);
  },
  START_MS,
);

it(
  'finds within the site, by the key for it',
  async () => {
    await visit(page, `${server.url}${site}`);
    await page.keyboard.press('/');
    await page.keyboard.type('bank');
    await page.getByRole('option', { name: /drawer is empty/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${site}/runbook?q=bank#the-drawer-is-empty`);
  },
  START_MS,
);

it(
  'follows links and anchors without loading the page anew, and goes on by keys',
  async () => {
    await visit(page, `${server.url}${site}`);
    await markWindow();
    await article().getByRole('link', { name: 'what to do at night' }).click();
    await page.waitForURL(`**${site}/runbook#the-till-is-stuck`);
    await page.getByText(lever, { exact: true }).waitFor();
    await expect.poll(() => topOf('The till is stuck')).toBeGreaterThan(50);
    expect(await topOf('The till is stuck')).toBeLessThan(300);
    const contents = page.getByRole('complementary', { name: 'On this page' });
    await expect
      .poll(() => contents.locator('[aria-current="location"]').textContent())
      .toBe('The till is stuck');
    await contents.getByRole('link', { name: 'The drawer is empty' }).click();
    await page.waitForURL(`**${site}/runbook#the-drawer-is-empty`);
    await page.keyboard.press('p');
    await page.waitForURL(`**${site}/guide`);
    await expect.poll(() => page.evaluate('scrollY')).toBe(0);
    await page.keyboard.press('k');
    await page.getByText('The shop sells things.').waitFor();
    await page.keyboard.press('n');
    await page.getByText('Paragraph 0 is here').waitFor();
    expect(await isSameWindow()).toBe(true);
  },
  START_MS,
);

it(
  'chooses a language by keyboard, and for all tabs at once',
  async () => {
    await visit(page, `${server.url}${site}/guide`);
    const go = page.getByRole('tab', { name: 'Go' }).first();
    await go.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('till.open();').waitFor();
    await page.getByText('till.close()', { exact: true }).waitFor();
    expect(await page.getByText('till.Close()', { exact: true }).isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Java');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tabpanel');
    await page.reload();
    await page.getByText('till.close()', { exact: true }).waitFor();
  },
  START_MS,
);

it(
  'draws a diagram as a picture, with its source beneath',
  async () => {
    await visit(page, `${server.url}${site}/runbook`);
    const picture = article().getByRole('img', { name: /^Diagram: flowchart: .*stuck/ });
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(/^data:image\/svg\+xml/);
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    await page.getByText('Source of the diagram').click();
    await page.getByText('stuck --> lever --> open').waitFor();
  },
  START_MS,
);

it(
  'shows what is being written, by itself, and moves nothing of what is being read',
  async () => {
    await visit(page, `${server.url}${site}/guide#after`);
    await page.getByText('Paragraph 30 is here').waitFor();
    await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(500);
    await markWindow();
    const before = await topOf('Paragraph 31 ');
    const more = '## Before\n\nWritten this moment.\n\nAnd this.\n\nAnd that.\n';
    estate.edit('docs/guide.md', (text) => text.replace('## Before\n', more));
    await page.getByText('Written this moment.').waitFor({ state: 'attached' });
    expect(await topOf('Paragraph 31 ')).toBe(before);
    expect(await isSameWindow()).toBe(true);
    await page.keyboard.press('Home');
    await page.getByText('Written this moment.').waitFor();
  },
  START_MS,
);

it(
  'takes an answer to whether a page was useful, and takes it back',
  async () => {
    await visit(page, `${server.url}${site}`);
    const yes = page.getByRole('button', { name: 'Yes' });
    await yes.click();
    await page.getByText('1 found it useful, 0 did not').waitFor();
    expect(await yes.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByText('0 found it useful, 1 did not').waitFor();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByText(/did not/).waitFor({ state: 'detached' });
  },
  START_MS,
);

it(
  'reports what is wrong with the text that is selected, and shows it to the next reader',
  async () => {
    await visit(page, `${server.url}${site}/runbook`);
    await page.getByText(lever, { exact: true }).selectText();
    await page.getByRole('button', { name: 'Report a problem' }).click();
    const sheet = page.getByRole('dialog', { name: 'Report a problem' });
    await sheet.getByText(lever).waitFor();
    await sheet.getByLabel('What is wrong?').fill('The lever was taken out');
    await sheet.getByRole('button', { name: 'Report it' }).click();
    await sheet.getByText('Reported.').waitFor();
    await page.keyboard.press('Escape');
    const problems = page.getByRole('complementary', { name: 'On this page' });
    await problems
      .getByText(/The lever was taken out/)
      .first()
      .waitFor();
  },
  START_MS,
);

it(
  'reads an earlier version, and says so on every page of it',
  async () => {
    await visit(page, `${server.url}${site}/guide`);
    await page.getByLabel('Version').selectOption('v1');
    await page.waitForURL(`**${site}/guide?version=v1`);
    await page.getByText('The first edition.').waitFor();
    const pages = page.getByRole('navigation', { name: 'Pages of this site' });
    expect(await pages.getByRole('link', { name: 'Runbook' }).count()).toBe(0);
    await pages.getByRole('link', { name: 'Welcome' }).click();
    await page.waitForURL(`**${site}?version=v1`);
    await page.getByText('There is not much yet.').waitFor();
    await page.getByText('You are reading v1.').waitFor();
    await page.getByRole('link', { name: 'Read what is there now' }).click();
    await page.getByText('The shop sells things.').waitFor();
  },
  START_MS,
);

it(
  'takes the addresses of TechDocs',
  async () => {
    await visit(page, `${server.url}/docs/default/component/basket/runbook/#the-till-is-stuck`);
    await page.waitForURL(`**${site}/runbook#the-till-is-stuck`);
    await page.getByText(lever, { exact: true }).waitFor();
  },
  START_MS,
);

it(
  'keeps a search without an answer, with whoever is to write it down',
  async () => {
    await visit(page, `${server.url}/docs`);
    await page.keyboard.type('lighthouse keeper');
    await page.getByText('Nothing is written about “lighthouse keeper”').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/^Noted as missing/).waitFor();
    await page.getByRole('link', { name: 'What is missing' }).last().click();
    await page.waitForURL('**/docs/gaps');
    const gap = page.getByRole('listitem').filter({ hasText: 'lighthouse keeper' });
    await gap.getByRole('button', { name: 'Close' }).click();
    await gap.getByLabel('Why is nothing missing any more?').fill('We have no lighthouse');
    await gap.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('Every search had an answer').waitFor();
    await page.getByRole('tab', { name: 'Closed' }).click();
    await page.getByText('“We have no lighthouse”').waitFor();
  },
  START_MS,
);

it(
  'is found from everywhere, and stands among what was visited',
  async () => {
    await visit(page, server.url);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('zanzibar');
    await page
      .getByRole('option', { name: /Runbook/ })
      .first()
      .click();
    await page.waitForURL(`**${site}/runbook?q=zanzibar#the-till-is-stuck`);
    await page.getByText(lever, { exact: true }).waitFor();
    await visit(page, server.url);
    await page.getByRole('link', { name: 'Runbook, basket' }).click();
    await page.waitForURL(`**${site}/runbook`);
    await visit(page, `${server.url}/catalog/default/component/basket`);
    await page.getByRole('tab', { name: 'Docs' }).click();
    await page.getByText('The shop sells things.').waitFor();
    await page.getByRole('link', { name: 'Read the docs' }).click();
    await page.waitForURL(`**${site}`);
  },
  START_MS,
);

it(
  'opens pages and contents over the page on a phone',
  async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, `${server.url}${site}`);
    await page.getByRole('button', { name: 'Pages' }).click();
    await page.getByRole('dialog', { name: 'Pages' }).getByRole('link', { name: 'Runbook' }).click();
    await page.waitForURL(`**${site}/runbook`);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'On this page' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'The till is stuck' }).click();
    await page.waitForURL(`**${site}/runbook#the-till-is-stuck`);
    await expect.poll(() => topOf('The till is stuck')).toBeLessThan(300);
  },
  START_MS,
);
