/** The browser of the tests: the machine's own Chromium, or the one that comes as a package. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const SYSTEM = '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowser(): Promise<Browser> {
  if (existsSync(SYSTEM)) return chromium.launch({ executablePath: SYSTEM, args, headless: true });
  const { default: packaged } = await import('@sparticuz/chromium');
  // Without the arguments that it proposes: they put all into one process, which a closed context takes down, and switch
  // off what keeps origins apart.
  return chromium.launch({ executablePath: await packaged.executablePath(), args, headless: true });
}

export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 640 },
} as const;
export const schemes = ['light', 'dark'] as const;

export interface View {
  size: keyof typeof sizes;
  scheme: (typeof schemes)[number];
}

export function openContext(browser: Browser, { size, scheme }: View): Promise<BrowserContext> {
  return browser.newContext({ viewport: sizes[size], colorScheme: scheme, reducedMotion: 'reduce' });
}

/** Opens a page and waits until nothing on it is a placeholder any more. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null);
  await page.evaluate(() => document.fonts.ready);
}
