/** Levels as answers name and count them. */
import type { Scorecard } from '#model/scorecard.ts';

/** Stands for entities at no level. */
export const NO_LEVEL = 'none';

/** Counts by the names of levels, the lowest first; those at none under `none`. */
export function namedLevels(
  levels: Scorecard['levels'],
  counts: ReadonlyMap<number, number>,
): Record<string, number> {
  const names = [[NO_LEVEL, -1] as const, ...levels.map((name, index) => [name, index] as const)];
  return Object.fromEntries(names.map(([name, index]) => [name, counts.get(index) ?? 0]));
}
