/** How wide the columns are: as they come, as a person has drawn them, and never more than the table has. */
import type { ColumnId } from './state.ts';

export type Widths = Partial<Record<ColumnId, number>>;

export const MIN_WIDTH = 64;
const NAME_MIN = 200;

/**
 * Moves the edge before a column: what the one gains the other loses, so that the rest stays where it is.
 * @param by pixels to the right
 */
export function movedEdge(widths: readonly number[], index: number, by: number): number[] {
  const before = widths[index - 1] ?? 0;
  const after = widths[index] ?? 0;
  const way = Math.max(MIN_WIDTH - before, Math.min(after - MIN_WIDTH, by));
  return widths.map((width, at) => (at === index ? width - way : at === index - 1 ? width + way : width));
}

/** Narrower in proportion where the name, which has what the others leave, would have too little. */
export function fitted(widths: Widths, columns: readonly ColumnId[], tableWidth: number): Widths {
  const wished = columns.flatMap((id) => (widths[id] === undefined ? [] : [[id, widths[id]] as const]));
  const sum = wished.reduce((total, [, width]) => total + width, 0);
  const scale = tableWidth > 0 ? Math.min(1, Math.max(0, tableWidth - NAME_MIN) / sum) : 1;
  return Object.fromEntries(wished.map(([id, width]) => [id, Math.floor(width * scale)]));
}
