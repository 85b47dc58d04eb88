/** Marks in a text what was searched for. */

const NAME = 'docs-match';
const CURRENT = 'docs-match-current';
const MARK = 'docs-mark';
const LONGEST_QUERY = 12;
const MOST = 500;

/** Endings that a search takes no notice of. */
const ending = /(?:'s|ies|ing|ed|es|s)$/;
const SHORTEST_STEM = 4;

function stem(word: string): string {
  const bare = word.replace(ending, '');
  return bare.length >= SHORTEST_STEM ? bare : word;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What finds the words at the start of words, whatever their endings; undefined when nothing is asked. */
export function patternOf(words: string): RegExp | undefined {
  const all = words.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_'.-]*/gu) ?? [];
  const parts = [...new Set(all.map(stem))].slice(0, LONGEST_QUERY).map(escaped);
  if (parts.length === 0) return undefined;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})[\\p{L}\\p{N}]*`, 'giu');
}

/** Where the words stand, in the order of the text. */
export function findMatches(root: Element, words: string): Range[] {
  const pattern = patternOf(words);
  if (!pattern) return [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Range[] = [];
  for (let node = walker.nextNode(); node && found.length < MOST; node = walker.nextNode()) {
    if (node.parentElement?.closest('[data-tool], script, style')) continue;
    for (const match of (node.textContent ?? '').matchAll(pattern)) {
      const range = new Range();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      found.push(range);
    }
  }
  return found;
}

function unmark(root: Element): void {
  for (const mark of root.querySelectorAll(`mark.${MARK}`)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
}

/** For browsers without highlights of their own. From the end, so that earlier ranges stay true. */
function mark(ranges: readonly Range[]): void {
  for (const range of ranges.toReversed()) {
    const element = document.createElement('mark');
    element.className = MARK;
    range.surroundContents(element);
  }
}

/** Shows the matches, the current one stronger. Takes away what was shown before. */
export function showMatches(root: Element, ranges: readonly Range[], current: number): void {
  if (!('highlights' in CSS)) {
    unmark(root);
    mark(ranges);
    return;
  }
  CSS.highlights.set(NAME, new Highlight(...ranges));
  const one = ranges[current];
  if (one) CSS.highlights.set(CURRENT, new Highlight(one));
  else CSS.highlights.delete(CURRENT);
}

export function hideMatches(root: Element): void {
  if ('highlights' in CSS) {
    CSS.highlights.delete(NAME);
    CSS.highlights.delete(CURRENT);
  } else unmark(root);
}
