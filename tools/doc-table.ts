/** Reads the tables of a Markdown document. */

/** The cells of each row of every table, heads and rulers left out; code marks are taken off. */
export function tableRows(markdown: string): string[][] {
  const lines = markdown.split('\n');
  return lines.flatMap((line, index) => {
    if (!line.startsWith('|') || isRuler(line) || isRuler(lines[index + 1] ?? '')) return [];
    return [cells(line)];
  });
}

function isRuler(line: string): boolean {
  return /^\|(\s*:?-+:?\s*\|)+\s*$/.test(line);
}

function cells(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('`', ''));
}
