import type { PageSource, RenderedPage, SiteContext } from './page.ts';
import { renderPage } from './render-page.ts';

/** A small site, whose pages tests write. */
export const site: SiteContext = {
  key: 'payments-api',
  flavour: 'mkdocs',
  files: [
    'index.md',
    'guide/setup.md',
    'guide/README.md',
    'guide/pictures/flow.png',
    'my file.md',
    'data.csv',
  ],
  pageBase: '/docs/component/default/payments-api',
  fileBase: '/api/docs/files/component/default/payments-api',
  query: '?version=v1',
  outside: 'https://git.example/acme/payments/tree/main/docs',
};

export const github: SiteContext = { ...site, flavour: 'github' };

export function page(
  text: string,
  context: SiteContext = site,
  source: Partial<PageSource> = {},
): RenderedPage {
  return renderPage(context, { path: 'guide/setup.md', text, snippets: {}, ...source }, { highlight: true });
}
