/**
 * `{ .class #id key="value" }` behind a heading, a cell or something inline, or on the last line of a paragraph.
 * Source: Python-Markdown 3.4 `extensions/attr_list.py`. markdown-it-attrs has other places and no `{: … }`.
 */
import type { MarkdownIt, Token } from 'markdown-it';

const list = '\\{:? *([^}\\n ][^}\\n]*) *\\}';
const atEnd = new RegExp(` +${list} *$`);
const wholeLine = new RegExp(`^ *${list} *$`);
const atStart = new RegExp(`^${list}`);
const item = /([^\s=]+)=(?:"([^"]*)"|'([^']*)'|([^\s=]+))|([^\s=]+)/g;

const endsWithList = new Set(['heading_open', 'dt_open', 'td_open', 'th_open']);
const inlineLeaves = new Set(['code_inline', 'image']);

export function attributeLists(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'attribute_lists', (state) => {
    state.tokens.forEach((token, index) => {
      if (token.type !== 'inline' || !token.content.includes('{')) return;
      const children = token.children ?? [];
      inlineLists(children);
      const holder = state.tokens[index - 1];
      if (holder === undefined) return;
      if (endsWithList.has(holder.type)) listAtEnd(holder, children);
      else if (holder.type === 'paragraph_open') listOnLine(blockOf(state.tokens, index - 1), children);
    });
  });
}

/** A paragraph that isn't shown as one is the item's text. */
function blockOf(tokens: readonly Token[], index: number): Token | undefined {
  return tokens[index]?.hidden === true ? tokens[index - 1] : tokens[index];
}

function listAtEnd(holder: Token, children: Token[]): void {
  const last = children.at(-1);
  const match = last?.type === 'text' ? atEnd.exec(last.content) : null;
  if (last === undefined || match === null) return;
  assign(holder, match[1] ?? '');
  last.content = last.content.slice(0, match.index).replace(/\s*#+\s*$/, '');
}

function listOnLine(holder: Token | undefined, children: Token[]): void {
  const last = children.at(-1);
  const isNewLine = children.at(-2)?.type === 'softbreak' || children.at(-2)?.type === 'hardbreak';
  const match = last?.type === 'text' && isNewLine ? wholeLine.exec(last.content) : null;
  if (holder === undefined || match === null) return;
  assign(holder, match[1] ?? '');
  children.splice(-2);
}

/** Behind the end of something inline. */
function inlineLists(children: readonly Token[]): void {
  const open: Token[] = [];
  children.forEach((token, index) => {
    let ended: Token | undefined;
    if (token.nesting > 0) open.push(token);
    else if (token.nesting < 0) ended = open.pop();
    else if (inlineLeaves.has(token.type)) ended = token;
    const next = children[index + 1];
    const match = ended && next?.type === 'text' ? atStart.exec(next.content) : null;
    if (ended === undefined || next === undefined || match === null) return;
    assign(ended, match[1] ?? '');
    next.content = next.content.slice(match[0].length);
  });
}

/** What may stay of it is decided when the HTML is cleaned. */
function assign(token: Token, text: string): void {
  for (const [, key, double, single, bare, word] of text.matchAll(item)) {
    if (key !== undefined) token.attrSet(key, double ?? single ?? bare ?? '');
    else if (word?.startsWith('.')) token.attrJoin('class', word.slice(1));
    else if (word?.startsWith('#')) token.attrSet('id', word.slice(1));
    else if (word !== undefined) token.attrSet(word, word);
  }
}
