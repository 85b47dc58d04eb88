import { marks } from '../lines.ts';
import type { Tag } from './html-tags.ts';
import { blockTags, tagAt, textOnlyTags } from './html-tags.ts';
import { LineBuilder } from './line-builder.ts';
import type { Element, SourceLine, Stash } from './nodes.ts';
import { element } from './nodes.ts';

/** What a `markdown` attribute makes of an element's content: blocks, one line of text, or nothing. */
type Inside = 'block' | 'span' | 'off';

const spanTags = new Set('address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th'.split(' '));
const rawTags = new Set('canvas math option pre script style textarea hr'.split(' '));

/** Elements with Markdown inside one another. */
const deepest = 40;

/** Goes through a text once; see `html-blocks.ts`. */
export class HtmlTaker {
  private readonly source: string;
  private readonly markdownInside: boolean;
  private readonly stashes: Stash[];
  private readonly out: LineBuilder;
  /** Elements with Markdown inside that are open, outermost first. */
  private readonly open: { element: Element; inside: Inside; text: LineBuilder }[] = [];
  /** Tags that are open in the HTML that is being taken as it is, and how many of each. */
  private raw: { start: number; stack: string[]; counts: Map<string, number> } | undefined;
  /** Behind the end of a block, on the same line. */
  private inTail = false;
  private at = 0;
  private readonly lastTagEnd: number;
  private readonly lastCommentEnd: number;

  constructor(
    source: string,
    numbers: readonly (number | undefined)[],
    stashes: readonly Stash[],
    markdownInside: boolean,
  ) {
    this.source = source;
    this.markdownInside = markdownInside;
    this.stashes = [...stashes];
    this.out = new LineBuilder(source, numbers);
    this.lastTagEnd = source.lastIndexOf('>');
    this.lastCommentEnd = source.lastIndexOf('-->');
  }

  take(): SourceLine[] {
    while (this.at < this.source.length) {
      const next = this.source.indexOf('<', this.at);
      const end = next < 0 ? this.source.length : next;
      if (end > this.at) this.addText(this.at, end);
      this.at = end;
      if (next < 0) break;
      const tag = this.nextTag(next);
      if (tag === undefined || !this.takeTag(tag)) {
        this.addText(next, tag?.end ?? next + 1);
        this.at = tag?.end ?? next + 1;
      } else this.at = tag.end;
      if (this.raw !== undefined && tag?.kind === 'start' && textOnlyTags.has(tag.name))
        this.skipTo(tag.name);
    }
    this.closeAll();
    return this.out.lines(this.stashes);
  }

  /** A comment or tag that nothing closes is looked for once. */
  private nextTag(offset: number): Tag | undefined {
    const isComment = this.source.startsWith('<!--', offset);
    return offset < (isComment ? this.lastCommentEnd : this.lastTagEnd)
      ? tagAt(this.source, offset)
      : undefined;
  }

  /** False: the tag is text here. */
  private takeTag(tag: Tag): boolean {
    if (tag.kind === 'start' && tag.name !== 'hr') return this.takeStart(tag);
    if (tag.kind === 'end') return this.takeEnd(tag);
    return this.takeEmpty(tag, tag.name === '' || blockTags.has(tag.name));
  }

  private takeStart(tag: Tag): boolean {
    if (this.raw !== undefined) {
      this.push(tag.name);
      return true;
    }
    if (!blockTags.has(tag.name) || !(this.inTail || this.isLineStart())) return false;
    if (this.open.length >= deepest) return false;
    const inside = this.markdownInside ? this.insideOf(tag) : 'off';
    if (inside === 'off' && this.open.length === 0) {
      this.out.newLine();
      this.raw = { start: this.at, stack: [], counts: new Map() };
      this.push(tag.name);
      return true;
    }
    if (this.open.some((each) => each.element.tag === 'p')) this.close('p');
    const made = element(tag.name, { ...tag.attrs, markdown: inside });
    this.open.at(-1)?.text.flushInto(this.open.at(-1)?.element, this.stashes);
    this.open.at(-1)?.element.children.push(made);
    this.open.push({ element: made, inside, text: this.out.another() });
    return true;
  }

  private insideOf(tag: Tag): Inside {
    let wanted = tag.attrs.markdown ?? '0';
    if (wanted === 'markdown' || wanted === '') wanted = '1';
    const outer = this.open.at(-1)?.inside;
    if (outer === 'off' || (outer === 'span' && wanted !== '0')) wanted = outer;
    if (rawTags.has(tag.name)) return 'off';
    const isSpan = spanTags.has(tag.name);
    if (wanted === 'block' || (wanted === '1' && !isSpan)) return 'block';
    return wanted === 'span' || (wanted === '1' && isSpan) ? 'span' : 'off';
  }

  private takeEnd(tag: Tag): boolean {
    const { raw } = this;
    if (raw !== undefined) {
      if ((raw.counts.get(tag.name) ?? 0) > 0) {
        let popped: string | undefined;
        do {
          popped = raw.stack.pop();
          if (popped !== undefined) raw.counts.set(popped, (raw.counts.get(popped) ?? 1) - 1);
        } while (popped !== undefined && popped !== tag.name);
      }
      if (raw.stack.length === 0) this.closeRaw(tag.end);
      return true;
    }
    if (!blockTags.has(tag.name) || !this.open.some((each) => each.element.tag === tag.name)) return false;
    this.close(tag.name);
    if (this.open.length === 0) this.inTail = !this.isBlankAfter(tag.end);
    return true;
  }

  private takeEmpty(tag: Tag, isBlock: boolean): boolean {
    if (this.raw !== undefined) return true;
    if (!isBlock || !(this.isLineStart() || this.inTail)) return false;
    const text = this.source.slice(this.at, tag.end);
    const lines = this.open.at(-1)?.text ?? this.out;
    lines.newLine();
    this.stash(lines, { kind: 'html', pieces: [text], at: this.out.numberAt(this.at) });
    if (this.open.length === 0) this.inTail = !this.isBlankAfter(tag.end);
    return true;
  }

  private push(name: string): void {
    this.raw?.stack.push(name);
    this.raw?.counts.set(name, (this.raw.counts.get(name) ?? 0) + 1);
  }

  private closeRaw(end: number): void {
    if (this.raw === undefined) return;
    const at = this.out.numberAt(this.raw.start);
    this.stash(this.out, { kind: 'html', pieces: this.pieces(this.raw.start, end), at });
    this.raw = undefined;
    this.inTail = !this.isBlankAfter(end);
  }

  /** Closes an element with Markdown inside, and those that are still open in it. */
  private close(name: string): void {
    for (;;) {
      const last = this.open.pop();
      if (last === undefined) return;
      last.text.flushInto(last.element, this.stashes, last.inside === 'off');
      if (this.open.length === 0) {
        this.out.newLine();
        this.stash(this.out, last.element);
      }
      if (last.element.tag === name) return;
    }
  }

  private closeAll(): void {
    if (this.raw !== undefined) this.closeRaw(this.source.length);
    const [outermost] = this.open;
    if (outermost !== undefined) this.close(outermost.element.tag);
    while (this.open.length > 0) this.close('');
  }

  private addText(from: number, to: number): void {
    if (this.inTail && this.source.slice(from, to).includes('\n')) this.inTail = false;
    if (this.raw === undefined) (this.open.at(-1)?.text ?? this.out).addRange(from, to);
  }

  private stash(lines: LineBuilder, stash: Stash): void {
    this.stashes.push(stash);
    lines.addLine(`${marks.open}${this.stashes.length - 1}${marks.close}`, this.out.numberAt(this.at));
  }

  /** Text with fences between. */
  private pieces(from: number, to: number): (string | Extract<Stash, { kind: 'fence' }>)[] {
    const pattern = new RegExp(`${marks.open}(\\d+)${marks.close}`);
    return this.source
      .slice(from, to)
      .split(pattern)
      .map((piece, index) => {
        const stash = index % 2 === 1 ? this.stashes[Number(piece)] : undefined;
        return stash?.kind === 'fence' ? stash : piece;
      });
  }

  private isLineStart(): boolean {
    const before = this.source.slice(Math.max(0, this.at - 4), this.at);
    return /(?:^|\n) {0,3}$/.test(before);
  }

  private isBlankAfter(offset: number): boolean {
    return /^ *\n *(?:\n|$)/.test(this.source.slice(offset, offset + 200)) || offset >= this.source.length;
  }

  private skipTo(name: string): void {
    const end = new RegExp(`</${name}`, 'gi');
    end.lastIndex = this.at;
    this.at = end.exec(this.source)?.index ?? this.source.length;
  }
}
