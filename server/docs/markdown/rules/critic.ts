/** `{++added++}`, `{--removed--}`, `{~~old~>new~~}`, `{==marked==}`, `{>>comment<<}`: CriticMarkup within a paragraph. */
import type { MarkdownIt, StateInline } from 'markdown-it';

const forms = [
  ['{++', '++}', 'ins'],
  ['{--', '--}', 'del'],
  ['{==', '==}', 'mark'],
  ['{>>', '<<}', 'comment'],
  ['{~~', '~~}', 'replace'],
] as const;

/** Characters of one change. */
const longest = 2000;

export function critic(md: MarkdownIt): void {
  md.inline.ruler.before('emphasis', 'critic', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x7b) return false;
    const form = forms.find(([open]) => state.src.startsWith(open, state.pos));
    if (form === undefined) return false;
    const [open, close, kind] = form;
    const start = state.pos + open.length;
    const length = state.src.slice(start, Math.min(state.posMax, start + longest)).indexOf(close);
    if (length < 0) return false;
    const end = start + length;
    if (!silent) add(state, kind, start, end);
    state.pos = end + close.length;
    return true;
  });
}

function add(state: StateInline, kind: (typeof forms)[number][2], start: number, end: number): void {
  if (kind === 'replace') {
    const arrow = state.src.slice(start, end).indexOf('~>');
    const middle = arrow < 0 ? end : start + arrow;
    wrap(state, 'del', start, middle);
    wrap(state, 'ins', Math.min(middle + 2, end), end);
  } else if (kind === 'comment') wrap(state, 'span', start, end, 'critic comment');
  else wrap(state, kind, start, end);
}

function wrap(state: StateInline, tag: string, start: number, end: number, classes = 'critic'): void {
  state.push(`${tag}_open`, tag, 1).attrSet('class', classes);
  const max = state.posMax;
  state.pos = start;
  state.posMax = end;
  state.md.inline.tokenize(state);
  state.posMax = max;
  state.push(`${tag}_close`, tag, -1);
}
