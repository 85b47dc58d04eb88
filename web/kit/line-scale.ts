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

/** How far a value that stands alone is drawn, so that it can be seen. */
const ALONE = 0.8;

/** The path of a line; where nothing is known it is broken. */
export function linePath(values: readonly Value[], top: number): string {
  const isKnown = (index: number) => typeof values[index] === 'number';
  const parts = values.flatMap((value, index) => {
    if (value === null) return [];
    const x = placeOf(index, values.length);
    const y = (100 - (value / top) * 100).toFixed(2);
    const part = `${isKnown(index - 1) ? 'L' : 'M'}${x.toFixed(2)} ${y}`;
    if (isKnown(index - 1) || isKnown(index + 1)) return [part];
    return [part, `L${(x > 50 ? x - ALONE : x + ALONE).toFixed(2)} ${y}`];
  });
  return parts.join(' ');
}

/** The value nearest to a place across the chart. */
export function nearest(share: number, of: number): number {
  return Math.max(0, Math.min(of - 1, Math.round(share * (of - 1))));
}
