/** Code blocks as HTML: title, language, line numbers, marked lines; and diagrams, which the page draws. */
import { readCodeInfo } from './code-info.ts';
import { escapeHtml } from './escape.ts';
import { highlighted } from './highlight.ts';
import { mathMl } from './math.ts';

export interface CodeOptions {
  readonly highlight: boolean;
  /** Line numbers, unless the block says otherwise. */
  readonly lineNumbers: boolean;
}

/** `code` ends with a line break. */
export function codeBlock(code: string, info: string, options: CodeOptions): string {
  const { language, title, firstLine, marked } = readCodeInfo(info);
  if (language === 'mermaid') return `<pre class="mermaid">${escapeHtml(code)}</pre>\n`;
  if (language === 'math') return `${mathMl(code, true)}\n`;
  const lines = `${code.replace(/^(?:[ \t]*\n)+/, '').trimEnd()}\n`;
  const plain = escapeHtml(lines);
  const html = (options.highlight && language !== '' ? highlighted(lines, language) : undefined) ?? plain;
  const isNumbered = firstLine === undefined ? options.lineNumbers : firstLine > 0;
  const isSplit = isNumbered || marked.size > 0;
  const body = isSplit ? inLines(html, isNumbered ? (firstLine ?? 1) : undefined, marked) : html;
  const named = language === '' ? '' : ` class="language-${escapeHtml(language)}"`;
  const heading = title ? `<div class="code-title">${escapeHtml(title)}</div>` : '';
  return `<div class="code">${heading}<pre tabindex="0"><code${named}>${body}</code></pre></div>\n`;
}

/**
 * Every line in a span of its own. A span of the highlighter that goes on over the end of a line is closed there and
 * opened again.
 */
function inLines(html: string, first: number | undefined, marked: ReadonlySet<number>): string {
  const open: string[] = [];
  return html
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => {
      const before = open.join('');
      for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
        if (tag === '</span>') open.pop();
        else open.push(tag);
      }
      const number = first === undefined ? '' : ` data-line="${first + index}"`;
      const classes = marked.has(index + 1) ? 'line marked' : 'line';
      return `<span class="${classes}"${number}>${before}${line}${'</span>'.repeat(open.length)}\n</span>`;
    })
    .join('');
}
