/** Puts new content into an article without touching what stays: drawn diagrams, chosen tabs, what is selected. */

/** What each block was made from. */
const sources = new WeakMap<Element, string>();

export interface Update {
  /** Blocks that are new or have changed. */
  fresh: Element[];
}

/**
 * @param html parsed without running anything; the caller answers for its being safe.
 * @param prepare makes a fresh block ready to be read, before it is shown.
 */
export function updateBlocks(root: HTMLElement, html: string, prepare: (block: Element) => Element): Update {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body;
  const kept = new Map<string, Element[]>();
  for (const child of root.children) {
    const source = sources.get(child) ?? '';
    kept.set(source, [...(kept.get(source) ?? []), child]);
  }
  const fresh: Element[] = [];
  const next = [...parsed.children].map((child) => {
    const source = child.outerHTML;
    const old = kept.get(source)?.shift();
    if (old) return old;
    const block = prepare(document.importNode(child, true));
    sources.set(block, source);
    fresh.push(block);
    return block;
  });
  const wanted = new Set(next);
  for (const child of [...root.children]) if (!wanted.has(child)) child.remove();
  next.forEach((block, index) => {
    const there = root.children[index];
    if (there !== block) root.insertBefore(block, there ?? null);
  });
  return { fresh };
}
