/** Notes what a page does that it must not: errors, what its policy stopped, requests to other hosts, dialogs. */
import type { BrowserContext, Page } from 'playwright-core';

/** The policy's stops, as the page itself is told; kept where they can be asked for. */
const listen = `window.stopped = []; document.addEventListener('securitypolicyviolation', (event) =>
  window.stopped.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample));`;
/** A library for whole numbers asks whether there is WebAssembly, and does without. */
const harmless = 'script-src wasm-eval';

export interface PageWatch {
  page: Page;
  /** What is wrong since it was asked last, in words. */
  faults(): Promise<string[]>;
}

export async function watchedPage(context: BrowserContext): Promise<PageWatch> {
  await context.addInitScript(listen);
  const page = await context.newPage();
  const noted: string[] = [];
  page.on('pageerror', (error) => noted.push(error.message));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== '127.0.0.1' && protocol !== 'data:') noted.push(`asks ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    noted.push(`opens a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const faults = async () => {
    const stopped = await page.evaluate<string[]>('window.stopped');
    return [...noted.splice(0), ...stopped.filter((each) => !each.startsWith(harmless))];
  };
  return { page, faults };
}
