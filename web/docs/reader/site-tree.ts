/** The navigation of a site as a tree: where one is in it, and what of it is open. */
import type { NavNode } from '../queries.ts';

/** From a section of the top level to the node that `isIt` names; empty when it is in no section. */
export function pathTo(nav: readonly NavNode[], isIt: (node: NavNode) => boolean): readonly NavNode[] {
  for (const node of nav) {
    if (isIt(node)) return [node];
    const below = pathTo(node.children ?? [], isIt);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

export function flat(nav: readonly NavNode[]): readonly NavNode[] {
  return nav.flatMap((node) => [node, ...flat(node.children ?? [])]);
}

/** So few entries that nobody needs to open anything. */
const FEW = 28;

/** Keys of the sections that are open unless somebody closes them: all of a small site, else the way to the page. */
export function openSections(
  nav: readonly NavNode[],
  here: readonly NavNode[],
): (node: NavNode, depth: number) => boolean {
  const small = flat(nav).length <= FEW;
  const way = new Set(here);
  return (node, depth) => small || way.has(node) || (depth === 0 && nav.length <= 3);
}

/** A decision, in the order of a timeline. */
export interface Decision {
  title: string;
  page: string;
  status: string | undefined;
  date: string | undefined;
}

/** Newest first; those without a date stand last, in the order of the navigation. */
export function decisionsOf(nav: readonly NavNode[]): Decision[] {
  const found = flat(nav).flatMap(({ title, page, mark, status, date }) =>
    mark === 'decision' && page !== undefined ? [{ title, page, status, date }] : [],
  );
  return found.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}
