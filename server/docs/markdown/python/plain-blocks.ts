/**
 * Headings, rules, quotes, indented code and paragraphs. Source: Python-Markdown 3.4 `blockprocessors.py`.
 */
import type { Block, Processor } from './block-parser.ts';
import { findLine, isIndented, putBack, unindent } from './block-parser.ts';
import type { SourceLine } from './nodes.ts';
import { add, addText, element, lastBlock, lastElement } from './nodes.ts';

const tab = 4;
const hashHeading = /^(#{1,6})(.*?)#*$/;
const underline = /^[=-]+ *$/;
/** Three or more of one of `-`, `_`, `*`, at most two spaces between. */
const ruleLine = /^ {0,3}([-_*])(?: {0,2}\1){2,} *$/;
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
  putBack(blocks, rest, block);
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
  const found = block && findLine(block, hashHeading);
  if (!block || !found) return false;
  blocks.shift();
  parser.parseBlock(parent, block.lines.slice(0, found.index));
  let { index } = found;
  for (let match: RegExpExecArray | null = found.match; match !== null; index++) {
    const heading = add(parent, element(`h${match[1]?.length}`));
    addText(heading, [{ text: (match[2] ?? '').trim(), at: block.lines[index]?.at }]);
    match = hashHeading.exec(block.lines[index + 1]?.text ?? '');
  }
  putBack(blocks, block.lines.slice(index), block);
  return true;
};

export const headingByLine: Processor = (_parser, parent, blocks) => {
  const [block] = blocks;
  let index = 0;
  while (block !== undefined && underline.test(block.lines[index + 1]?.text ?? '')) {
    const title = block.lines[index];
    // Another block may begin after a heading.
    if (title === undefined || (index > 0 && /^ {4}|[|]/.test(title.text))) break;
    const isFirst = block.lines[index + 1]?.text.startsWith('=') === true;
    addText(add(parent, element(isFirst ? 'h1' : 'h2')), [{ ...title, text: title.text.trim() }]);
    index += 2;
  }
  if (block === undefined || index === 0) return false;
  blocks.shift();
  putBack(blocks, block.lines.slice(index), block);
  return true;
};

export const rule: Processor = (parser, parent, blocks) => {
  const [block] = blocks;
  const found = block && findLine(block, ruleLine);
  if (!block || !found) return false;
  blocks.shift();
  parser.parseBlock(parent, block.lines.slice(0, found.index));
  add(parent, element('hr'));
  putBack(blocks, block.lines.slice(found.index + 1), block);
  return true;
};

export const quote: Processor = (parser, parent, blocks) => {
  const [block] = blocks;
  const found = block && findLine(block, quoteMark);
  if (!block || !found) return false;
  blocks.shift();
  parser.parseBlock(parent, block.lines.slice(0, found.index));
  const before = lastElement(parent);
  const target = before?.tag === 'blockquote' ? before : add(parent, element('blockquote'));
  parser.within('blockquote', () => parser.parseLines(target, block.lines.slice(found.index).map(unquoted)));
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
