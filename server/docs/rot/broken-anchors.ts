/** Links to places within pages that are not there. */
import { type FoundProblem, type RotPage, shown } from './found.ts';

export interface AnchorLink {
  from: string;
  /** Address of the page to which it leads. */
  to: string;
  anchor: string;
  href: string;
  line: number | null;
}

/** Every page has them, and browsers know them. */
const ALWAYS = /^(top)?$|^:~:|^__tabbed_/;

/**
 * Links whose anchor is no heading of the page to which they lead. Other things have anchors too, and headings are all
 * that the index knows; so of other pages these are only to be looked at.
 * @param addressOf the page of the site to which a path leads from a page.
 */
export function doubtfulAnchors(
  pages: readonly RotPage[],
  addressOf: (from: RotPage, path: string) => string | undefined,
): AnchorLink[] {
  const headings = new Map(
    pages.map(({ page, outline }) => [page, new Set(outline.headings.map(({ id }) => id))]),
  );
  return pages.flatMap((page) =>
    page.outline.links.flatMap(({ kind, path, anchor, href, line, missing }) => {
      if (anchor === undefined || ALWAYS.test(anchor)) return [];
      const isHere = kind === 'anchor' || (kind === 'page' && path === page.path);
      const link = { from: page.page, anchor, href, line: line ?? null };
      // On its own page the renderer knows all that has an anchor.
      if (isHere) return missing ? [{ ...link, to: page.page }] : [];
      const to = kind === 'page' && path !== undefined && !missing ? addressOf(page, path) : undefined;
      return to === undefined || headings.get(to)?.has(anchor) !== false ? [] : [{ ...link, to }];
    }),
  );
}

/** @param anchorsOf all that has one, by the page's address; of pages that are not in it nothing is said. */
export function brokenAnchors(
  links: readonly AnchorLink[],
  pages: readonly RotPage[],
  anchorsOf: ReadonlyMap<string, ReadonlySet<string>>,
): FoundProblem[] {
  const byAddress = new Map(pages.map((page) => [page.page, page]));
  return links.flatMap(({ from, to, anchor, href, line }) => {
    if (from !== to && anchorsOf.get(to)?.has(anchor) !== false) return [];
    const target = byAddress.get(to);
    const where = from === to ? 'this page' : `“${target?.title ?? to}”`;
    const near = nearest(
      anchor,
      (target?.outline.headings ?? []).map(({ id }) => id),
    );
    return [
      {
        page: from,
        kind: 'broken-anchor' as const,
        message: `It links to ${shown(href)}, and no heading of ${where} is called so`,
        remedy: `${near === undefined ? '' : `#${near} may be meant. `}Name a heading that is there; the link beside each shows its name.`,
        line,
      },
    ];
  });
}

/** Written otherwise, or longer or shorter by some words; only where it is the only one. */
function nearest(anchor: string, ids: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const wanted = plain(anchor);
  if (wanted.length < 4) return undefined;
  const near = ids.filter((id) => {
    const other = plain(id);
    return other.length >= 4 && (other.includes(wanted) || wanted.includes(other));
  });
  return near.length === 1 ? near[0] : undefined;
}
