/** Actions and their runs by name, from wherever somebody is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 120_000;
const TEST_MS = 60_000;
const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: greet
  title: Greet somebody
  description: Writes a line into a log
spec:
  type: service
  parameters:
    - title: Whom
      properties:
        who: { type: string, title: Who is greeted? }
  steps:
    - { id: say, name: Say it, action: 'debug:log', input: { message: Hello } }
`;
let folder: string;
let server: TestServer;
let browser: Browser;
let page: Page;
let run: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-palette-'));
  writeFileSync(join(folder, 'catalog-info.yaml'), template);
  [server, browser] = await Promise.all([startServer([folder]), openBrowser()]);
  const answer = await fetch(`${server.url}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ template: 'template:default/greet', values: { who: 'Ada' } }),
  });
  run = ((await answer.json()) as { id: string }).id;
  page = await (await openContext(browser, { size: 'desktop', scheme: 'light' })).newPage();
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function search(words: string): Promise<void> {
  await visit(page, server.url);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type(words);
}

it(
  'opens the form of an action',
  async () => {
    await search('greet some');
    const option = page.getByRole('option', { name: 'Greet somebody Writes a line into a log' });
    await option.waitFor();
    expect(await option.count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/actions/default/greet');
    await page.getByLabel('Who is greeted?').waitFor();
  },
  TEST_MS,
);

it(
  'opens the page of a run of late',
  async () => {
    await search('somebody greet');
    await page.getByRole('option', { name: /Greet somebody Succeeded/ }).click();
    await page.waitForURL(`**/runs/${run}`);
  },
  TEST_MS,
);
