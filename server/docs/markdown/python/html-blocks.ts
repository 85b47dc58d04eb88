/**
 * HTML, taken out before blocks are looked for: from a tag of a block at the start of a line to its end tag. With
 * `markdown` attributes, what is inside is Markdown again. Sources: Python-Markdown 3.4 `htmlparser.py` and
 * `extensions/md_in_html.py`.
 */
import { marks } from '../lines.ts';
import { HtmlTaker } from './html-taker.ts';
import type { Fence, SourceLine } from './nodes.ts';

/** `markdownInside`: whether `markdown` attributes count. */
export function takeHtml(lines: readonly SourceLine[], markdownInside: boolean): SourceLine[] {
  if (!lines.some((line) => /^ {0,3}<[a-zA-Z!?/]/.test(line.text))) return [...lines];
  const fences: Fence[] = [];
  const texts = lines.map((line) => {
    if (line.stash?.kind !== 'fence') return line.text;
    fences.push(line.stash);
    return `${line.text}${fences.length - 1}${marks.close}`;
  });
  const numbers = lines.map((line) => line.at);
  return new HtmlTaker(texts.join('\n'), numbers, fences, markdownInside).take();
}
