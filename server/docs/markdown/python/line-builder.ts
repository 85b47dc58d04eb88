import { marks } from '../lines.ts';
import type { Element, SourceLine, Stash } from './nodes.ts';
import { add, addText } from './nodes.ts';

const marked = new RegExp(`^([> ]*)${marks.open}(\\d+)${marks.close}$`);

/** Puts lines together from parts of a text, and keeps their numbers. */
export class LineBuilder {
  private readonly source: string;
  private readonly numbers: readonly (number | undefined)[];
  private readonly starts: readonly number[];
  private built: { text: string; at: number | undefined }[] = [];

  /** `numbers`: those of the text's lines. */
  constructor(
    source: string,
    numbers: readonly (number | undefined)[],
    starts: readonly number[] = lineStarts(source),
  ) {
    this.source = source;
    this.numbers = numbers;
    this.starts = starts;
  }

  /** An empty one for the same text. */
  another(): LineBuilder {
    return new LineBuilder(this.source, this.numbers, this.starts);
  }

  addRange(from: number, to: number): void {
    const index = this.lineOf(from);
    const [first = '', ...others] = this.source.slice(from, to).split('\n');
    const last = this.built.at(-1);
    if (last === undefined) this.built.push({ text: first, at: this.numbers[index] });
    else {
      if (last.text === '') last.at = this.numbers[index];
      last.text += first;
    }
    others.forEach((text, offset) => {
      this.built.push({ text, at: this.numbers[index + offset + 1] });
    });
  }

  /** What follows stands on a line of its own, after a blank one. */
  newLine(): void {
    this.built.push({ text: '', at: undefined });
  }

  addLine(text: string, at: number | undefined): void {
    this.built.push({ text, at }, { text: '', at: undefined }, { text: '', at: undefined });
  }

  numberAt(offset: number): number | undefined {
    return this.numbers[this.lineOf(offset)];
  }

  lines(stashes: readonly Stash[]): SourceLine[] {
    return this.built.map(({ text, at }) => {
      const match = marked.exec(text);
      const stash = match === null ? undefined : stashes[Number(match[2])];
      if (stash === undefined) return { text: text.trim() === '' ? '' : text, at };
      return { text: `${match?.[1] ?? ''}${marks.open}`, at, stash };
    });
  }

  /** Gives what was built so far to an element. `asHtml`: it is no Markdown. */
  flushInto(parent: Element | undefined, stashes: readonly Stash[], asHtml = false): void {
    const lines = this.lines(stashes);
    this.built = [];
    if (parent === undefined || lines.every((line) => line.text === '')) return;
    if (!asHtml) {
      addText(parent, lines);
      return;
    }
    const at = lines.find((line) => line.text !== '')?.at;
    const pieces = lines.map((line) => (line.stash?.kind === 'fence' ? line.stash : `${line.text}\n`));
    add(parent, { kind: 'html', pieces, at });
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
