/**
 * Blocks as Python-Markdown finds them, which MkDocs uses. Its rules differ from CommonMark's too much to be had by
 * settings: a list needs a blank line before it, what is nested is indented by four, HTML lasts until its end tag.
 * Source: Python-Markdown 3.4 `blockparser.py` (BSD 3-Clause), whose order of trial and whose results it keeps.
 */
import { isBlank } from '../lines.ts';
import type { Element, SourceLine } from './nodes.ts';
import { add, addText, element } from './nodes.ts';

/** Lines without a blank one among them, and how many blank ones stood before. Never empty. */
export interface Block {
  readonly lines: readonly SourceLine[];
  readonly gap: number;
  /** Patterns that none of its lines matches. */
  readonly misses: Set<RegExp>;
}

/**
 * Looks at the first of the blocks. If it is of its kind: takes what belongs to it off the list, adds it to the
 * parent and answers true.
 */
export type Processor = (parser: BlockParser, parent: Element, blocks: Block[]) => boolean;

/** Where the parser is: in a tight or a loose list, in what was indented, in a quote. */
export type State = 'list' | 'looselist' | 'detabbed' | 'blockquote';

/** What stands aside from the text: for references, abbreviations and footnotes. */
export interface Definitions {
  readonly references: Map<string, { href: string; title: string }>;
  readonly abbreviations: Map<string, string>;
  readonly footnotes: Map<string, SourceLine[]>;
}

/** Deeper than anybody writes; what is nested further is shown as text. */
const deepest = 80;

export class BlockParser {
  readonly definitions: Definitions = {
    references: new Map(),
    abbreviations: new Map(),
    footnotes: new Map(),
  };
  private readonly processors: readonly Processor[];
  private readonly states: State[] = [];
  private depth = 0;

  constructor(processors: readonly Processor[]) {
    this.processors = processors;
  }

  parseLines(parent: Element, lines: readonly SourceLine[]): void {
    this.parseBlocks(parent, splitBlocks(lines));
  }

  parseBlocks(parent: Element, blocks: Block[]): void {
    if (this.depth >= deepest) {
      for (const block of blocks.splice(0)) addText(add(parent, element('p')), block.lines);
      return;
    }
    this.depth++;
    while (blocks.length > 0) {
      for (const process of this.processors) if (process(this, parent, blocks)) break;
    }
    this.depth--;
  }

  /** For one block that comes from inside another. */
  parseBlock(parent: Element, lines: readonly SourceLine[]): void {
    const start = lines.findIndex((line) => !isBlank(line));
    if (start >= 0) this.parseBlocks(parent, [{ lines: lines.slice(start), gap: 0, misses: new Set() }]);
  }

  within(state: State, work: () => void): void {
    this.states.push(state);
    work();
    this.states.pop();
  }

  isIn(state: State): boolean {
    return this.states.at(-1) === state;
  }
}

export function splitBlocks(lines: readonly SourceLine[]): Block[] {
  const blocks: Block[] = [];
  let gap = 0;
  let current: SourceLine[] = [];
  for (const line of lines) {
    if (!isBlank(line)) {
      current.push(line);
      continue;
    }
    if (current.length > 0) {
      blocks.push({ lines: current, gap, misses: new Set() });
      current = [];
      gap = 0;
    }
    gap++;
  }
  if (current.length > 0) blocks.push({ lines: current, gap, misses: new Set() });
  return blocks;
}

/** Puts lines of a block back as the next block. */
export function putBack(blocks: Block[], lines: readonly SourceLine[], from: Block): void {
  if (lines.length > 0) blocks.unshift({ lines, gap: 0, misses: new Set(from.misses) });
}

/**
 * The first line that matches. What a block has none of, no part of it has: that is asked once, since a block of many
 * headings comes back once for each.
 */
export function findLine(
  block: Block,
  pattern: RegExp,
  from = 0,
): { index: number; match: RegExpExecArray } | undefined {
  if (block.misses.has(pattern)) return undefined;
  for (let index = from; index < block.lines.length; index++) {
    const match = pattern.exec(block.lines[index]?.text ?? '');
    if (match !== null) return { index, match };
  }
  if (from === 0) block.misses.add(pattern);
  return undefined;
}

export function isIndented(line: SourceLine | undefined, by: number): boolean {
  return line?.text.startsWith(' '.repeat(by)) ?? false;
}

/** Takes the indent off the lines at the front that have it; the others are the rest. */
export function unindent(
  lines: readonly SourceLine[],
  by: number,
): { inner: SourceLine[]; rest: SourceLine[] } {
  const end = lines.findIndex((line) => !isIndented(line, by));
  const count = end < 0 ? lines.length : end;
  return { inner: lines.slice(0, count).map((line) => without(line, by)), rest: lines.slice(count) };
}

/** Takes the indent off every line that has it. */
export function unindentLoosely(lines: readonly SourceLine[], by: number): SourceLine[] {
  return lines.map((line) => (isIndented(line, by) ? without(line, by) : line));
}

function without(line: SourceLine, by: number): SourceLine {
  return { ...line, text: line.text.slice(by) };
}
