/** The text of a page as lines that know where they stand in its file. */

export interface Line {
  readonly text: string;
  /** Of the page's file, counted from 1; undefined for a line from a snippet. */
  readonly at: number | undefined;
}

const tab = 4;

/** Control characters that mark places while a page is put together. */
export const marks = { open: '\u0002', close: '\u0003' } as const;
const markCharacters = new RegExp(`[\\u0000${marks.open}${marks.close}]`, 'g');

/**
 * Lines with tabs as spaces (to every fourth column, as Python-Markdown does) and blank lines empty. `first` is the
 * number of the first one; undefined if the text isn't the page's own.
 */
export function toLines(text: string, first: number | undefined): Line[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(markCharacters, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({
      text: line.trim() === '' ? '' : withoutTabs(line),
      at: first === undefined ? undefined : first + index,
    }));
}

function withoutTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let wide = '';
  for (const character of line) {
    wide += character === '\t' ? ' '.repeat(tab - (wide.length % tab)) : character;
  }
  return wide;
}

export function isBlank(line: Line): boolean {
  return line.text === '';
}

/** The same line with another text. */
export function reworded(line: Line, text: string): Line {
  return { ...line, text: text.trim() === '' ? '' : text };
}

export function joined(lines: readonly Line[]): string {
  return lines.map((line) => line.text).join('\n');
}
