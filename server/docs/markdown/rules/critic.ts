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
    if (!silent) add(state, kind, state.src.slice(start, end));
    state.pos = end + close.length;
    return true;
  });
}

function add(state: StateInline, kind: (typeof forms)[number][2], content: string): void {
  if (kind === 'replace') {
    const [before = '', ...after] = content.split('~>');
    wrap(state, 'del', before);
    wrap(state, 'ins', after.join('~>'));
  } else if (kind === 'comment') wrap(state, 'span', content, 'critic comment');
  else wrap(state, kind, content);
}

function wrap(state: StateInline, tag: string, content: string, classes = 'critic'): void {
  state.push(`${tag}_open`, tag, 1).attrSet('class', classes);
  state.md.inline.parse(content, state.md, state.env, state.tokens);
  state.push(`${tag}_close`, tag, -1);
}
