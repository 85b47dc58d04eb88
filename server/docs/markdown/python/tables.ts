/** Tables. Source: Python-Markdown 3.4 `extensions/tables.py`. */
import type { Processor } from './block-parser.ts';
import type { Element, SourceLine } from './nodes.ts';
import { add, addText, element } from './nodes.ts';

const endBorder = /(?<!\\)(?:\\\\)*\|$/;

export const table: Processor = (_parser, parent, blocks) => {
  const lines = blocks[0]?.lines ?? [];
  const [header, separator] = lines;
  if (header === undefined || separator === undefined || !header.text.includes('|')) return false;
  const hasBorder = isBordered(header.text.trim());
  const columns = splitRow(header.text, hasBorder);
  if (columns.length < 2 && !(hasBorder && lines.slice(1).every((line) => isBordered(line.text.trim()))))
    return false;
  const marks = splitRow(separator.text, hasBorder);
  if (marks.length !== columns.length || !/^[|:\- ]*$/.test(marks.join(''))) return false;
  blocks.shift();
  const aligns = marks.map(alignment);
  const whole = add(parent, element('table'));
  addRow(add(whole, element('thead')), 'th', header, aligns, hasBorder);
  const body = add(whole, element('tbody'));
  for (const row of lines.slice(2)) addRow(body, 'td', row, aligns, hasBorder);
  return true;
};

function isBordered(row: string): boolean {
  return row.startsWith('|') || endBorder.test(row);
}

function alignment(mark: string): string | undefined {
  const bare = mark.trim();
  if (bare.startsWith(':')) return bare.endsWith(':') && bare.length > 1 ? 'center' : 'left';
  return bare.endsWith(':') ? 'right' : undefined;
}

/** Every row has as many cells as the table has columns. */
function addRow(
  section: Element,
  tag: 'th' | 'td',
  line: SourceLine,
  aligns: readonly (string | undefined)[],
  hasBorder: boolean,
): void {
  const cells = splitRow(line.text, hasBorder);
  const row = add(section, element('tr'));
  aligns.forEach((align, index) => {
    const cell = add(row, element(tag, align === undefined ? {} : { class: `align-${align}` }));
    const text = cells[index]?.trim() ?? '';
    if (text !== '') addText(cell, [{ text, at: line.at }]);
  });
}

function splitRow(text: string, hasBorder: boolean): string[] {
  let row = text.trim();
  if (hasBorder) row = row.replace(/^\|/, '').replace(endBorder, '');
  const cells: string[] = [];
  let start = 0;
  for (const pipe of pipes(row)) {
    cells.push(row.slice(start, pipe));
    start = pipe + 1;
  }
  return [...cells, row.slice(start)];
}

interface Ticks {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  /** The first tick is escaped: it closes nothing less, but opens one tick less. */
  readonly escaped: 0 | 1;
}

/** Places of pipes that are neither escaped nor inside of code. */
function pipes(row: string): number[] {
  const ticks: Ticks[] = [];
  const found: number[] = [];
  for (const match of row.matchAll(/\\\\|(\\`+)|(`+)|\\\||(\|)/g)) {
    const [, escaped, plain, pipe] = match;
    const start = match.index;
    if (escaped) ticks.push({ start, end: start + escaped.length, length: escaped.length - 1, escaped: 1 });
    else if (plain) ticks.push({ start, end: start + plain.length, length: plain.length, escaped: 0 });
    else if (pipe) found.push(start);
  }
  const code = codeRegions(ticks);
  let region = 0;
  return found.filter((place) => {
    while ((code[region]?.[1] ?? place + 1) <= place) region++;
    const start = code[region]?.[0];
    return start === undefined || place < start;
  });
}

function codeRegions(ticks: readonly Ticks[]): [start: number, end: number][] {
  const places = new Map<number, number[]>();
  ticks.forEach((each, index) => {
    const same = places.get(each.length);
    if (same === undefined) places.set(each.length, [index]);
    else same.push(index);
  });
  const regions: [number, number][] = [];
  for (let index = 0; index < ticks.length; index++) {
    const open = ticks[index];
    const same = open && places.get(open.length - open.escaped);
    while (same !== undefined && same[0] !== undefined && same[0] <= index) same.shift();
    const close = same?.[0];
    const end = close === undefined ? undefined : ticks[close];
    if (open === undefined || close === undefined || end === undefined || open.length === open.escaped)
      continue;
    regions.push([open.start, end.end]);
    index = close;
  }
  return regions;
}
