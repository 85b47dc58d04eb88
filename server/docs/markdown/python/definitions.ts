/**
 * What is defined in one place and used in others: references of links, abbreviations, footnotes. Sources:
 * Python-Markdown 3.4 `blockprocessors.py`, `extensions/abbr.py`, `extensions/footnotes.py`.
 */
import type { Block, Processor } from './block-parser.ts';
import { findLine, isIndented, putBack, unindentLoosely } from './block-parser.ts';
import type { SourceLine } from './nodes.ts';

const tab = 4;
const target = /^ {0,3}\[([^[\]]*)\]: *(\S*) *(.*)$/;
const title = /^(?:"(.*)"|'(.*)'|\((.*)\)) *$/;
const shortForm = /^\*\[([^\]]*)\] ?: *(.*)$/;
const note = /^ {0,3}\[\^([^\]]*)\]: *(.*)$/;

export const reference: Processor = (parser, _parent, blocks) => {
  const [block] = blocks;
  if (block === undefined) return false;
  for (
    let found = findLine(block, target);
    found !== undefined;
    found = findLine(block, target, found.index + 1)
  ) {
    const said = referenceAt(block.lines, found.index);
    if (said === undefined) continue;
    parser.definitions.references.set(said.label.trim(), { href: said.href, title: said.name });
    split(blocks, found.index, said.count);
    return true;
  }
  return false;
};

interface Reference {
  readonly label: string;
  readonly href: string;
  readonly name: string;
  /** Lines that it takes. */
  readonly count: number;
}

function referenceAt(lines: readonly SourceLine[], index: number): Reference | undefined {
  const match = target.exec(lines[index]?.text ?? '');
  if (match === null) return undefined;
  let count = 1;
  let href = match[2] ?? '';
  let rest = match[3] ?? '';
  if (href === '') {
    const next = /^ *(\S+) *(.*)$/.exec(lines[index + 1]?.text ?? '');
    if (next === null) return undefined;
    count++;
    href = next[1] ?? '';
    rest = next[2] ?? '';
  }
  let named = title.exec(rest);
  if (rest !== '' && named === null) return undefined;
  if (rest === '') {
    named = title.exec(lines[index + count]?.text.trim() ?? '');
    if (named !== null) count++;
  }
  const name = named?.[1] ?? named?.[2] ?? named?.[3] ?? '';
  return { label: match[1] ?? '', href: href.replace(/^</, '').replace(/>$/, ''), name, count };
}

export const abbreviation: Processor = (parser, _parent, blocks) => {
  const [block] = blocks;
  const found = block && findLine(block, shortForm);
  if (!block || !found) return false;
  const [, short = '', sameLine = ''] = found.match;
  const isBelow = sameLine === '';
  const meaning = isBelow ? (block.lines[found.index + 1]?.text ?? '') : sameLine;
  if (short.trim() !== '') parser.definitions.abbreviations.set(short.trim(), meaning.trim());
  split(blocks, found.index, isBelow ? 2 : 1);
  return true;
};

export const footnote: Processor = (parser, _parent, blocks) => {
  const [block] = blocks;
  const found = block && findLine(block, note);
  const start = found && block.lines[found.index];
  if (!block || !found || !start) return false;
  const [, label = '', text = ''] = found.match;
  blocks.shift();
  const below = block.lines.slice(found.index + 1);
  const next = below.findIndex((line) => note.test(line.text));
  const own = unindentLoosely(next < 0 ? below : below.slice(0, next), tab);
  const content: SourceLine[] = [{ ...start, text }, ...own];
  if (next < 0) content.push(...indentedBlocks(blocks));
  else putBack(blocks, below.slice(next), block);
  parser.definitions.footnotes.set(label, content);
  putBack(blocks, block.lines.slice(0, found.index), block);
  return true;
};

/** Blocks that are indented below a footnote, up to one in which another begins. */
function indentedBlocks(blocks: Block[]): SourceLine[] {
  const lines: SourceLine[] = [];
  for (let block = blocks[0]; block !== undefined && isIndented(block.lines[0], tab); block = blocks[0]) {
    blocks.shift();
    const next = block.lines.findIndex((line) => note.test(line.text));
    lines.push(
      { text: '', at: undefined },
      ...unindentLoosely(next < 0 ? block.lines : block.lines.slice(0, next), tab),
    );
    if (next < 0) continue;
    putBack(blocks, block.lines.slice(next), block);
    break;
  }
  return lines;
}

/** Takes lines out of the first block and leaves what is before and after as two. */
function split(blocks: Block[], index: number, count: number): void {
  const block = blocks.shift();
  if (block === undefined) return;
  putBack(blocks, block.lines.slice(index + count), block);
  putBack(blocks, block.lines.slice(0, index), block);
}
