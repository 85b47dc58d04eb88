/** Numbers of a chart as places in a square of 100 by 100, from its upper left corner. */

export type Value = number | null;

/** The least of 2, 4, 6, 8, 10 and their tens that is not below a value: half of it is a whole number, too. */
export function roundTop(value: number): number {
  if (value <= 2) return 2;
  const ten = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((one) => one * ten >= value) ?? 10;
  return step * ten;
}

export function placeOf(index: number, of: number): number {
  return of < 2 ? 50 : (index / (of - 1)) * 100;
}

/** The path of a line; where nothing is known it is broken. */
export function linePath(values: readonly Value[], top: number): string {
  let drawing = false;
  const parts: string[] = [];
  for (const [index, value] of values.entries()) {
    if (value !== null) {
      const x = placeOf(index, values.length).toFixed(2);
      const y = (100 - (value / top) * 100).toFixed(2);
      parts.push(`${drawing ? 'L' : 'M'}${x} ${y}`);
    }
    drawing = value !== null;
  }
  return parts.join(' ');
}

/** The value nearest to a place across the chart. */
export function nearest(share: number, of: number): number {
  return Math.max(0, Math.min(of - 1, Math.round(share * (of - 1))));
}
