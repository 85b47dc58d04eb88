import type { StateCore, Token } from 'markdown-it';
import type { Line } from './lines.ts';

/** Notes for prose which line of the page's file each of its lines is. */
export function setLines(token: Token, lines: readonly (number | undefined)[]): void {
  token.meta = { ...token.meta, lines };
}

/** The line of the page's file that the `offset`-th line of a token's content stands in. */
export function lineOf(token: Token, offset: number): number | undefined {
  const lines: unknown = token.meta?.lines;
  const line: unknown = Array.isArray(lines) ? lines[Math.min(offset, lines.length - 1)] : undefined;
  return typeof line === 'number' ? line : undefined;
}

/** For what markdown-it's own rules for blocks found. */
export function setLinesByMap(state: StateCore, page: readonly Line[]): void {
  let map: [number, number] = [0, 0];
  for (const token of state.tokens) {
    // Cells of tables have none; they stand in the line of their row.
    if (token.map !== null) map = token.map;
    else if (token.type !== 'inline') continue;
    const [start, end] = map;
    setLines(
      token,
      page.slice(start, Math.max(end, start + 1)).map((line) => line.at),
    );
  }
}
