/**
 * Fenced code, taken out before blocks are looked for, so that it can stand anywhere. Sources: PyMdown Extensions 9.5
 * `superfences.py`; without it Python-Markdown 3.4 `extensions/fenced_code.py`, whose fences start at the margin.
 */
import type { Line } from '../lines.ts';
import { marks } from '../lines.ts';
import type { SourceLine } from './nodes.ts';

const opening =
  /^(~{3,}|`{3,})[ \t]*((?:\{[^}\n]*\})|(?:\.?[\w#.+-]*[ \t]*(?:[a-zA-Z][\w-]*(?:=(?:"[^"]*"+|'[^']*'|[\w.-]+))?[ \t]*)*))[ \t]*$/;

interface OpenFence {
  readonly start: number;
  readonly fence: string;
  readonly info: string;
  /** What stands before the fence on its line: spaces and marks of quotes. */
  readonly prefix: string;
  readonly quotes: number;
}

/** Every fence becomes one line. `anywhere`: also where they are indented or quoted. */
export function takeFences(lines: readonly Line[], anywhere: boolean): SourceLine[] {
  const kept: SourceLine[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined) break;
    const open = openingAt(line, index, anywhere);
    if (open === undefined) {
      kept.push(line);
      index++;
      continue;
    }
    const { end, isClosed } = closingOf(lines, open);
    if (!isClosed) {
      kept.push(...lines.slice(index, end + 1));
      index = end + 1;
      continue;
    }
    const inside = lines.slice(index + 1, end);
    kept.push({
      text: open.prefix + marks.open,
      at: line.at,
      stash: {
        kind: 'fence',
        info: open.info,
        content: inside.map((each) => `${each.text.slice(open.prefix.length)}\n`).join(''),
        at: line.at,
        source: lines.slice(index, end + 1),
        indent: open.prefix.length,
      },
    });
    index = end + 1;
  }
  return kept;
}

function openingAt(line: Line, start: number, anywhere: boolean): OpenFence | undefined {
  const prefix = anywhere ? (/^[> ]*/.exec(line.text)?.[0] ?? '') : '';
  const match = opening.exec(line.text.slice(prefix.length));
  if (match === null) return undefined;
  const [, fence = '', info = ''] = match;
  return { start, fence, info: info.trim(), prefix, quotes: count(prefix) };
}

/**
 * The line that closes a fence, or at which its indent or its quote ends. None of those between opens another, so that
 * the whole is read once.
 */
function closingOf(lines: readonly Line[], open: OpenFence): { end: number; isClosed: boolean } {
  let hadBlank = false;
  for (let index = open.start + 1; index < lines.length; index++) {
    const line = lines[index];
    const lead = (/^[> ]*/.exec(line?.text ?? '')?.[0] ?? '').slice(0, open.prefix.length);
    const content = line?.text.slice(lead.length) ?? '';
    const quotes = count(lead);
    if (content.trim() === '' && quotes <= open.quotes) {
      hadBlank = true;
      continue;
    }
    const isOutside = lead.length < open.prefix.length && (open.quotes === 0 || lead.trimStart() === '');
    if (isOutside || quotes > open.quotes || (hadBlank && quotes < open.quotes)) {
      return { end: index, isClosed: false };
    }
    if (content.trimEnd() === open.fence) return { end: index, isClosed: true };
    hadBlank = false;
  }
  return { end: lines.length, isClosed: false };
}

function count(prefix: string): number {
  return prefix.split('>').length - 1;
}
