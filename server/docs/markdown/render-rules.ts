/** How tokens become HTML where markdown-it's own way doesn't do. */
import type { MarkdownIt, Token } from 'markdown-it';
import { codeBlock } from './code-block.ts';
import { escapeHtml } from './escape.ts';
import { highlighted } from './highlight.ts';
import { mathMl } from './math.ts';
import { isOn } from './settings.ts';
import type { Work } from './work.ts';
import { workOf } from './work.ts';

export function renderRules(md: MarkdownIt): void {
  const { rules } = md.renderer;
  const contentOf = (tokens: readonly Token[], index: number) => tokens[index]?.content ?? '';
  rules.own_html = (tokens, index, _options, env) => workOf(env).slot(contentOf(tokens, index));
  rules.fence = (tokens, index, _options, env) =>
    code(workOf(env), contentOf(tokens, index), tokens[index]?.info.trim() ?? '');
  rules.code_block = (tokens, index, _options, env) => indentedCode(workOf(env), contentOf(tokens, index));
  rules.code_inline = (tokens, index, _options, env) => inlineCode(workOf(env), contentOf(tokens, index));
  rules.math_inline = (tokens, index, _options, env) =>
    workOf(env).slot(mathMl(contentOf(tokens, index), false));
  rules.math_block = (tokens, index, _options, env) =>
    workOf(env).slot(mathMl(contentOf(tokens, index), true));
}

/** Footnotes have the ids that MkDocs gives them. */
export function footnoteRules(md: MarkdownIt): void {
  const { rules } = md.renderer;
  rules.footnote_ref = (tokens, index) => {
    const { name, number, again } = noteOf(tokens[index]);
    const link = `<a class="footnote-ref" href="#fn:${name}" data-own>${number}</a>`;
    return `<sup id="fnref${again}:${name}">${link}</sup>`;
  };
  rules.footnote_open = (tokens, index) => `<li id="fn:${noteOf(tokens[index]).name}">`;
  rules.footnote_anchor = (tokens, index) => {
    const { name, again } = noteOf(tokens[index]);
    return ` <a class="footnote-backref" href="#fnref${again}:${name}" title="Back to the text" data-own>↩</a>`;
  };
  rules.footnote_block_open = () => '<div class="footnote"><hr><ol>\n';
  rules.footnote_block_close = () => '</ol></div>\n';
}

function noteOf(token: Token | undefined): { name: string; number: number; again: string } {
  const { id, label, subId } = token?.meta ?? {};
  const number = Number(id ?? 0) + 1;
  const again = Number(subId ?? 0);
  return {
    name: escapeHtml(typeof label === 'string' ? label : `inline-${number}`),
    number,
    again: again === 0 ? '' : String(again + 1),
  };
}

/** A first line of `:::python` names its language, where `codehilite` is on. */
function indentedCode(work: Work, content: string): string {
  const isOwn = work.context.flavour === 'mkdocs' && isOn(work.settings, 'codehilite');
  const match = isOwn ? /^::+([\w#.+-]+)[^\n]*\n/.exec(content) : null;
  return code(work, content.slice(match?.[0].length ?? 0), match?.[1] ?? '');
}

function code(work: Work, content: string, info: string): string {
  return work.slot(
    codeBlock(content, info, { highlight: work.highlight, lineNumbers: work.settings.lineNumbers }),
  );
}

/** `` `#!python x = 1` `` names its language. */
function inlineCode(work: Work, content: string): string {
  const isOwn = work.context.flavour === 'mkdocs' && isOn(work.settings, 'pymdownx.inlinehilite');
  const match = isOwn ? /^(?:#!|:::)([\w#.+-]+) +(.+)$/s.exec(content) : null;
  const [, language = '', rest = content] = match ?? [];
  const html = work.highlight && language !== '' ? highlighted(rest, language) : undefined;
  if (html === undefined) return `<code>${escapeHtml(rest)}</code>`;
  return work.slot(`<code class="language-${escapeHtml(language)}">${html}</code>`);
}
