/**
 * What is defined in one place and used in others: references of links, abbreviations, footnotes. Sources:
 * Python-Markdown 3.4 `blockprocessors.py`, `extensions/abbr.py`, `extensions/footnotes.py`.
 */
import type { Block, Processor } from './block-parser.ts';
import { isIndented, putBack, unindentLoosely } from './block-parser.ts';
import type { SourceLine } from './nodes.ts';

const tab = 4;
const target = /^ {0,3}\[([^[\]]*)\]: *(\S*) *(.*)$/;
const title = /^(?:"(.*)"|'(.*)'|\((.*)\)) *$/;
const shortForm = /^\*\[([^\]]*)\] ?: *(.*)$/;
const note = /^ {0,3}\[\^([^\]]*)\]: *(.*)$/;

export const reference: Processor = (parser, _parent, blocks) => {
  const lines = blocks[0]?.lines ?? [];
  const found = firstOf(lines, referenceAt);
  if (found === undefined) return false;
  const { label, href, name } = found.value;
  parser.definitions.references.set(label.trim(), { href, title: name });
  split(blocks, found.index, found.value.count);
  return true;
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
  const lines = blocks[0]?.lines ?? [];
  const found = firstOf(lines, (all, index) => shortForm.exec(all[index]?.text ?? '') ?? undefined);
  if (found === undefined) return false;
  const [, short = '', sameLine = ''] = found.value;
  const isBelow = sameLine === '';
  const meaning = isBelow ? (lines[found.index + 1]?.text ?? '') : sameLine;
  if (short.trim() !== '') parser.definitions.abbreviations.set(short.trim(), meaning.trim());
  split(blocks, found.index, isBelow ? 2 : 1);
  return true;
};

export const footnote: Processor = (parser, _parent, blocks) => {
  const lines = blocks[0]?.lines ?? [];
  const found = firstOf(lines, (all, index) => note.exec(all[index]?.text ?? '') ?? undefined);
  const start = found && lines[found.index];
  if (found === undefined || start === undefined) return false;
  const [, label = '', text = ''] = found.value;
  blocks.shift();
  const below = lines.slice(found.index + 1);
  const next = below.findIndex((line) => note.test(line.text));
  const own = unindentLoosely(next < 0 ? below : below.slice(0, next), tab);
  const content: SourceLine[] = [{ ...start, text }, ...own];
  if (next < 0) content.push(...indentedBlocks(blocks));
  else putBack(blocks, below.slice(next));
  parser.definitions.footnotes.set(label, content);
  putBack(blocks, lines.slice(0, found.index));
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
    putBack(blocks, block.lines.slice(next));
    break;
  }
  return lines;
}

function firstOf<T>(
  lines: readonly SourceLine[],
  read: (lines: readonly SourceLine[], index: number) => T | undefined,
): { index: number; value: T } | undefined {
  for (let index = 0; index < lines.length; index++) {
    const value = read(lines, index);
    if (value !== undefined) return { index, value };
  }
  return undefined;
}

/** Takes lines out of the first block and leaves what is before and after as two. */
function split(blocks: Block[], index: number, count: number): void {
  const lines = blocks.shift()?.lines ?? [];
  putBack(blocks, lines.slice(index + count));
  putBack(blocks, lines.slice(0, index));
}
