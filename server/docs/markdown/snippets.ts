/** `--8<-- "file"` includes another file. Source: PyMdown Extensions `snippets.py` (sections and lines as of 10). */
import type { Line } from './lines.ts';
import { toLines } from './lines.ts';

const single = /^( *)-{2,}8<-{2,} +(?:"([^"\n]+)"|'([^'\n]+)') *$/;
const fence = /^ *-{2,}8<-{2,} *$/;
const escaped = /^( *);(-{2,}8<-{2,}.*)$/;
const mark = /-{2,}8<-{2,} +\[ *(start|end) *: *([\w-]+) *\]/;
const lineRange = /^(.*?):(-?\d*)(?::(-?\d*))?((?:,-?\d*(?::-?\d*)?)*)$/;
const section = /^(.*?):([A-Za-z][\w-]*)$/;
const deepest = 10;
/** A page and all that it includes; what would go beyond is left out. */
const mostLines = 20_000;

interface Wanted {
  readonly name: string;
  readonly section?: string;
  /** First and last, counted from 1; negative: from the end. */
  readonly ranges?: readonly [number, number][];
}

/**
 * The files that a text includes, each once: relative names as they are written, without section and lines. Those that
 * are absolute, lead out by `..` or stand on another host are none.
 */
export function snippetsOf(text: string): string[] {
  const names = new Set<string>();
  if (!text.includes('8<')) return [];
  let inBlock = false;
  for (const line of toLines(text, undefined)) {
    if (fence.test(line.text)) inBlock = !inBlock;
    else {
      const wanted = inBlock ? line.text.trim() : nameIn(line.text);
      const { name } = readWanted(wanted ?? '');
      if (wanted !== undefined && isAllowed(name)) names.add(name);
    }
  }
  return [...names];
}

type Texts = Readonly<Record<string, string | null>>;

/** The lines of a page with what it includes. What isn't there leaves nothing behind. */
export function withSnippets(lines: readonly Line[], snippets: Texts, appended: readonly string[]): Line[] {
  const all = new Expander(snippets).expand(lines, []);
  for (const name of appended) {
    const text = Object.hasOwn(snippets, name) ? snippets[name] : null;
    if (typeof text === 'string') all.push({ text: '', at: undefined }, ...toLines(text, undefined));
  }
  return all;
}

class Expander {
  private readonly snippets: Texts;
  private left = mostLines;

  constructor(snippets: Texts) {
    this.snippets = snippets;
  }

  expand(lines: readonly Line[], open: readonly string[]): Line[] {
    const expanded: Line[] = [];
    let inBlock = false;
    for (const line of lines) {
      if (fence.test(line.text)) {
        inBlock = !inBlock;
        continue;
      }
      const wanted = inBlock ? line.text.trim() : nameIn(line.text);
      if (wanted === undefined) {
        const literal = escaped.exec(line.text);
        expanded.push(literal === null ? line : { ...line, text: `${literal[1]}${literal[2]}` });
      } else if (wanted !== '') expanded.push(...this.include(wanted, / */.exec(line.text)?.[0] ?? '', open));
      else expanded.push({ ...line, text: '' });
    }
    return expanded;
  }

  private include(written: string, indent: string, open: readonly string[]): Line[] {
    const wanted = readWanted(written);
    const { name } = wanted;
    const text = isAllowed(name) && Object.hasOwn(this.snippets, name) ? this.snippets[name] : null;
    if (typeof text !== 'string' || open.includes(name) || open.length >= deepest) return [];
    const lines = part(toLines(text.replace(/\r?\n$/, ''), undefined), wanted);
    this.left -= lines.length;
    if (this.left < 0) return [];
    return this.expand(lines, [...open, name]).map((line) => ({
      ...line,
      text: line.text === '' ? '' : indent + line.text,
    }));
  }
}

function nameIn(line: string): string | undefined {
  const match = single.exec(line);
  return match === null ? undefined : (match[2] ?? match[3])?.trim();
}

function readWanted(written: string): Wanted {
  const lines = lineRange.exec(written);
  if (lines?.[1] && /:\d|:-\d|::/.test(written)) {
    const ranges = written.slice(lines[1].length + 1).split(',');
    return { name: lines[1], ranges: ranges.map(rangeOf) };
  }
  const named = section.exec(written);
  return named?.[1] && named[2] ? { name: named[1], section: named[2] } : { name: written };
}

function rangeOf(text: string): [number, number] {
  const [from = '', to] = text.split(':');
  const first = from === '' ? 1 : Number(from);
  return [first, to === undefined ? first : to === '' ? -1 : Number(to)];
}

function isAllowed(name: string): boolean {
  return (
    name !== '' && !/^[/\\~;]|^[A-Za-z][A-Za-z0-9+.-]*:|\0/.test(name) && !name.split(/[/\\]/).includes('..')
  );
}

/** The wanted lines of a snippet, without the marks of its sections. */
function part(lines: readonly Line[], wanted: Wanted): Line[] {
  let chosen = lines;
  if (wanted.ranges !== undefined) {
    const place = (line: number) => (line < 0 ? lines.length + line + 1 : line);
    chosen = wanted.ranges.flatMap(([from, to]) => lines.slice(Math.max(place(from) - 1, 0), place(to)));
  } else if (wanted.section !== undefined) {
    const isMark = (kind: string) => (line: Line) => {
      const match = mark.exec(line.text);
      return match?.[1] === kind && match[2] === wanted.section;
    };
    const start = lines.findIndex(isMark('start'));
    const end = lines.findIndex(isMark('end'));
    chosen = start < 0 ? [] : lines.slice(start + 1, end < 0 ? undefined : end);
  }
  return chosen.filter((line) => !mark.test(line.text));
}
