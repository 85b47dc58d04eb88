/** Content above what is being read may grow or shrink; what is being read stays where it is. */

/** Below the bars that stay at the top of the window. */
const TOP = 64;
/** Who is at the start sees the start change. */
const AT_START = 40;

const headings = 'h1, h2, h3, h4, h5, h6';

/** The block at the top of the window, and the headings before it, nearest first, each with where it stands. */
function anchorsOf(root: HTMLElement): { element: Element; id: string; top: number }[] {
  const blocks = [...root.children];
  const at = blocks.findIndex((block) => block.getBoundingClientRect().bottom > TOP);
  const above = blocks.slice(0, at + 1).filter((block) => block.matches(headings));
  return [blocks[at], ...above.reverse()].flatMap((element) =>
    element ? [{ element, id: element.id, top: element.getBoundingClientRect().top }] : [],
  );
}

/** Changes the content of `root` by `change` and scrolls so that its reader sees no jump. */
export function keepingPlace<T>(root: HTMLElement, change: () => T): T {
  if (window.scrollY < AT_START) return change();
  const anchors = anchorsOf(root);
  const { style } = document.documentElement;
  // The browser would correct once more what is corrected here.
  style.overflowAnchor = 'none';
  const result = change();
  const found = anchors.flatMap(({ element, id, top }) => {
    const now = element.isConnected ? element : id ? root.querySelector(`#${CSS.escape(id)}`) : null;
    return now ? [now.getBoundingClientRect().top - top] : [];
  });
  if (found[0]) window.scrollBy({ top: found[0], behavior: 'instant' });
  requestAnimationFrame(() => {
    style.overflowAnchor = '';
  });
  return result;
}
