/** `> [!NOTE]` and its like, as boxes of the same form as admonitions. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { lineOf, setLines } from '../token-lines.ts';

const marker = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

export function githubAlerts(md: MarkdownIt): void {
  md.core.ruler.after('block', 'github_alerts', (state) => {
    const open: Token[] = [];
    state.tokens = state.tokens.flatMap((token, index, tokens) => {
      if (token.type === 'blockquote_open') open.push(token);
      const kind =
        token.type === 'blockquote_open' ? marker.exec(tokens[index + 2]?.content ?? '')?.[1] : undefined;
      if (kind !== undefined && tokens[index + 1]?.type === 'paragraph_open' && token.level === 0) {
        return [token, ...boxed(state, token, tokens.slice(index + 1, index + 4), kind.toLowerCase())];
      }
      if (token.type === 'blockquote_close' && open.pop()?.tag === 'div') token.tag = 'div';
      return [token];
    });
  });
}

/** Makes the quote a box, takes the marker off its text and returns the box's title. */
function boxed(state: StateCore, quote: Token, paragraph: readonly Token[], kind: string): Token[] {
  quote.tag = 'div';
  quote.attrSet('class', `admonition ${kind}`);
  const text = paragraph[1];
  if (text !== undefined) {
    const first = lineOf(text, 0);
    const count = text.content.split('\n').length;
    text.content = text.content.replace(marker, '');
    if (text.content === '') for (const token of paragraph) token.hidden = true;
    if (first !== undefined)
      setLines(
        text,
        Array.from({ length: count }, (_, index) => first + index + 1),
      );
  }
  const open = new state.Token('admonition_title_open', 'p', 1);
  open.attrSet('class', 'admonition-title');
  const title = new state.Token('inline', '', 0);
  title.content = kind.charAt(0).toUpperCase() + kind.slice(1);
  title.children = [];
  return [open, title, new state.Token('admonition_title_close', 'p', -1)];
}
