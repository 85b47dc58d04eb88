/** `^^text^^` is `<ins>`, as PyMdown's caret has it. */
import type { MarkdownIt, StateInline } from 'markdown-it';

const caret = 0x5e;

export function caretInsert(md: MarkdownIt): void {
  md.inline.ruler.before('emphasis', 'caret_insert', scan);
  md.inline.ruler2.before('emphasis', 'caret_insert', (state) => {
    pair(state, state.delimiters);
    for (const meta of state.tokens_meta) if (meta?.delimiters) pair(state, meta.delimiters);
  });
}

function scan(state: StateInline, silent: boolean): boolean {
  if (silent || state.src.charCodeAt(state.pos) !== caret) return false;
  const { can_open, can_close, length } = state.scanDelims(state.pos, true);
  if (length !== 2) return false;
  const token = state.push('text', '', 0);
  token.content = '^^';
  const place = state.tokens.length - 1;
  state.delimiters.push({
    marker: caret,
    length: 0,
    token: place,
    end: -1,
    open: can_open,
    close: can_close,
  });
  state.pos += 2;
  return true;
}

function pair(state: StateInline, delimiters: StateInline['delimiters']): void {
  for (const start of delimiters) {
    const end = start.marker === caret && start.end !== -1 ? delimiters[start.end] : undefined;
    const open = state.tokens[start.token];
    const close = end && state.tokens[end.token];
    if (open === undefined || close === undefined) continue;
    Object.assign(open, { type: 'ins_open', tag: 'ins', nesting: 1, markup: '^^', content: '' });
    Object.assign(close, { type: 'ins_close', tag: 'ins', nesting: -1, markup: '^^', content: '' });
  }
}
