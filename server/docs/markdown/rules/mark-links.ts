/** Numbers links and images, so that they are known again when the HTML is cleaned, with the lines that they stand in. */
import type { MarkdownIt, Token } from 'markdown-it';
import { plainText } from '../plain-text.ts';
import { lineOf } from '../token-lines.ts';
import type { Work } from '../work.ts';
import { workOf } from '../work.ts';

export function markLinks(md: MarkdownIt): void {
  md.core.ruler.push('mark_links', (state) => {
    const work = workOf(state.env);
    for (const token of state.tokens) {
      if (token.type === 'html_block') token.content = withLine(token.content, lineOf(token, 0));
      if (token.type === 'inline') markInline(work, token);
    }
  });
}

function markInline(work: Work, block: Token): void {
  const children = block.children ?? [];
  let offset = 0;
  children.forEach((token, index) => {
    const line = lineOf(block, offset);
    if (token.type === 'softbreak' || token.type === 'hardbreak') offset++;
    else if (token.type === 'link_open') {
      mark(work, token, 'href', plainText(children.slice(index + 1, endOfLink(children, index))), line);
    } else if (token.type === 'image') {
      token.attrSet('alt', plainText(token.children ?? []));
      mark(work, token, 'src', String(token.attrGet('alt')), line);
    } else if (token.type === 'html_inline') token.content = withLine(token.content, line);
  });
}

function endOfLink(children: readonly Token[], start: number): number {
  let end = start;
  while (end < children.length && children[end]?.type !== 'link_close') end++;
  return end;
}

function mark(work: Work, token: Token, name: 'href' | 'src', text: string, line: number | undefined): void {
  work.marked.push({ href: String(token.attrGet(name) ?? ''), text, line });
  token.attrSet('data-mark', String(work.marked.length - 1));
}

function withLine(html: string, line: number | undefined): string {
  return line === undefined ? html : html.replace(/<(a|img)(?=\s)/gi, `<$1 data-at="${line}"`);
}
