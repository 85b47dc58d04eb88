import { terminalText } from '#model/terminal-text.ts';

/** Prints columns as wide as their longest cell. */
export function printTable(head: string[], cells: string[][]): void {
  const rows = cells.map((row) => row.map(terminalText));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...rows]) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
