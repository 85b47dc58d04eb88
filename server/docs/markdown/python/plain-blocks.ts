/**
 * Headings, rules, quotes, indented code and paragraphs. Source: Python-Markdown 3.4 `blockprocessors.py`.
 */
import type { Block, Processor } from './block-parser.ts';
import { isIndented, putBack, unindent } from './block-parser.ts';
import type { SourceLine } from './nodes.ts';
import { add, addText, element, lastBlock, lastElement } from './nodes.ts';

const tab = 4;
const hashHeading = /^(#{1,6})(.*?)#*$/;
const underline = /^[=-]+ *$/;
const quoteMark = /^ {0,3}> ?(.*)$/;

export const indentedCode: Processor = (_parser, parent, blocks) => {
  const [block] = blocks;
  if (block === undefined || !isIndented(block.lines[0], tab)) return false;
  blocks.shift();
  const { inner, rest } = unindent(block.lines.flatMap(fencedAgain), tab);
  const text = `${inner
    .map((line) => line.text)
    .join('\n')
    .trimEnd()}\n`;
  const last = lastBlock(parent);
  if (last?.kind === 'code') last.content += '\n'.repeat(Math.max(block.gap, 1)) + text;
  else add(parent, { kind: 'code', content: text, at: inner[0]?.at });
  putBack(blocks, rest);
  return true;
};

/** What was taken for a fence is text when it stands in an indented block. */
function fencedAgain(line: SourceLine): SourceLine[] {
  if (line.stash?.kind !== 'fence') return [line];
  const outer = line.stash.indent - (line.text.length - 1);
  return line.stash.source.map((each) => ({ ...each, text: each.text.slice(outer) || ' '.repeat(tab) }));
}

export const headingByHash: Processor = (parser, parent, blocks) => {
  const [block] = blocks;
  const index = block?.lines.findIndex((line) => hashHeading.test(line.text)) ?? -1;
  const line = block?.lines[index];
  const match = line && hashHeading.exec(line.text);
  if (!block || !line || !match) return false;
  blocks.shift();
  parser.parseBlock(parent, block.lines.slice(0, index));
  const heading = add(parent, element(`h${match[1]?.length}`));
  addText(heading, [{ ...line, text: (match[2] ?? '').trim() }]);
  putBack(blocks, block.lines.slice(index + 1));
  return true;
};

export const headingByLine: Processor = (_parser, parent, blocks) => {
  const lines = blocks[0]?.lines ?? [];
  const [title, below] = lines;
  if (title === undefined || below === undefined || !underline.test(below.text)) return false;
  blocks.shift();
  const heading = add(parent, element(below.text.startsWith('=') ? 'h1' : 'h2'));
  addText(heading, [{ ...title, text: title.text.trim() }]);
  putBack(blocks, lines.slice(2));
  return true;
};

export const rule: Processor = (parser, parent, blocks) => {
  const [block] = blocks;
  const index = block?.lines.findIndex((line) => isRule(line.text)) ?? -1;
  if (block === undefined || index < 0) return false;
  blocks.shift();
  parser.parseBlock(parent, block.lines.slice(0, index));
  add(parent, element('hr'));
  putBack(blocks, block.lines.slice(index + 1));
  return true;
};

/** Three or more of one of `-`, `_`, `*`, at most two spaces between. */
function isRule(text: string): boolean {
  const marks = text.replace(/^ {0,3}/, '').trimEnd();
  const first = marks.charAt(0);
  if (first === '' || !'-_*'.includes(first) || / {3}/.test(marks)) return false;
  const bare = marks.replaceAll(' ', '');
  return bare.length >= 3 && bare === first.repeat(bare.length);
}

export const quote: Processor = (parser, parent, blocks) => {
  const [block] = blocks;
  const index = block?.lines.findIndex((line) => quoteMark.test(line.text)) ?? -1;
  if (block === undefined || index < 0) return false;
  blocks.shift();
  parser.parseBlock(parent, block.lines.slice(0, index));
  const before = lastElement(parent);
  const target = before?.tag === 'blockquote' ? before : add(parent, element('blockquote'));
  parser.within('blockquote', () => parser.parseLines(target, block.lines.slice(index).map(unquoted)));
  return true;
};

function unquoted(line: SourceLine): SourceLine {
  const inner = quoteMark.exec(line.text)?.[1] ?? line.text;
  return { ...line, text: inner.trim() === '' ? '' : inner };
}

export const paragraph: Processor = (parser, parent, blocks) => {
  const block: Block | undefined = blocks.shift();
  if (block === undefined) return true;
  const [first, ...others] = block.lines;
  if (first === undefined) return true;
  const lines = [{ ...first, text: first.text.trimStart() }, ...others];
  addText(parser.isIn('list') ? parent : add(parent, element('p')), lines);
  return true;
};
