/** Where documentation is read: a site is named by its entity, a page by its address below the site. */
import { readRef } from '#web/kit/ref.ts';
import type { UrlSearch } from '#web/kit/url.ts';

const joined = (parts: readonly string[]) => parts.map(encodeURIComponent).join('/');

/** `component/default/checkout-api`: how routes of the server name an entity. */
export function entityAddress(ref: string): string {
  const { kind, namespace, name } = readRef(ref);
  return joined([kind, namespace, name]);
}

/** `component/default/checkout-api/guides/setup`; the first page ends in a slash. */
export function pageAddress(ref: string, page: string): string {
  return `${entityAddress(ref)}/${joined(page.split('/'))}`;
}

/** The page in the reader. */
export function docsPath(ref: string, page = ''): string {
  return page === '' ? `/docs/${entityAddress(ref)}` : `/docs/${pageAddress(ref, page)}`;
}

/** What stays in the address from page to page of a site: the version, and the site that leads to an API. */
export function keptSearch(version: string | undefined, from?: string): UrlSearch {
  return { ...(version && { version }), ...(from && { from }) };
}

export interface DocsParams {
  kind: string;
  namespace: string;
  name: string;
  page: string;
}

const kinds = new Set([
  'component',
  'api',
  'resource',
  'system',
  'domain',
  'group',
  'user',
  'template',
  'location',
  'scorecard',
  'campaign',
]);

/**
 * Links that were made for TechDocs name the namespace first: `/docs/default/component/checkout-api/runbook/`.
 * @returns where such an address leads here; undefined for one of ours.
 */
export function fromTechDocs({ kind, namespace, name, page }: DocsParams): string | undefined {
  const [first, second] = [kind.toLowerCase(), namespace.toLowerCase()];
  if (kinds.has(first) || !kinds.has(second)) return undefined;
  return docsPath(`${second}:${first}/${name}`, page.replace(/(?:\/|(?:^|\/)index\.html|\.html)$/, ''));
}
