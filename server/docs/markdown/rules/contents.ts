/** `[TOC]` is a list of the page's headings. Source: Python-Markdown 3.4 `extensions/toc.py`. */
import type { MarkdownIt } from 'markdown-it';
import { workOf } from '../work.ts';

export function tableOfContents(md: MarkdownIt): void {
  md.core.ruler.after('heading_ids', 'contents', (state) => {
    const { headings } = workOf(state.env);
    state.tokens.forEach((token, index) => {
      const content = state.tokens[index + 1];
      if (token.type !== 'paragraph_open' || content?.content !== '[TOC]') return;
      const made = new state.Token('html_block', '', 0);
      made.content = `<div class="toc">${nested(headings, md.utils.escapeHtml)}</div>\n`;
      state.tokens.splice(index, 3, made);
    });
  });
}

type Headings = readonly { level: number; id: string; text: string }[];

function nested(headings: Headings, escapeHtml: (text: string) => string): string {
  const open: number[] = [];
  let html = '';
  for (const { level, id, text } of headings) {
    let closed = false;
    while (open.length > 1 && (open.at(-1) ?? 0) > level) {
      open.pop();
      html += '</li></ul>';
      closed = true;
    }
    const last = open.at(-1);
    if (last === undefined || (level > last && !closed)) {
      open.push(level);
      html += '<ul>';
    } else html += '</li>';
    html += `<li><a href="#${escapeHtml(id)}" data-own>${escapeHtml(text)}</a>`;
  }
  return html + '</li></ul>'.repeat(open.length);
}
