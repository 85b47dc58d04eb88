import { parseSearch, type UrlSearch } from '#web/kit/url.ts';

export interface Target {
  to: string;
  search: UrlSearch;
  hash?: string;
}

/** A path of the portal in the parts that the router takes; words that led there are highlighted on the page. */
export function targetOf(href: string, words = ''): Target {
  const { pathname, search, hash } = new URL(href, 'http://portal');
  const q = words.trim();
  return {
    to: pathname,
    search: { ...parseSearch(search), ...(q && pathname.startsWith('/docs/') && { q }) },
    ...(hash.length > 1 && { hash: decodeURIComponent(hash.slice(1)) }),
  };
}
