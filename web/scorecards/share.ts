/** What the numbers of a cell come to. */
import { type Result, results } from '#model/scorecard.ts';

export type Counts = Readonly<Record<string, number>>;

export interface Share {
  passed: number;
  /** Of those for which the rule counts: neither exempt, nor in grace, nor without it. */
  of: number;
  /** From 0 to 1; null where it counts for none. */
  share: number | null;
}

export function shareOf(counts: Counts): Share {
  const passed = counts.pass ?? 0;
  const of = passed + (counts.fail ?? 0) + (counts.unknown ?? 0);
  return { passed, of, share: of === 0 ? null : passed / of };
}

/** Those results that there are, the commonest words first. */
export function present(counts: Counts): [Result, number][] {
  return results.flatMap((result): [Result, number][] => {
    const number = counts[result] ?? 0;
    return number > 0 ? [[result, number]] : [];
  });
}

/** Of a cell in which nothing fails, and not everything is known. */
export const UNKNOWN_SHADE = 5;

/**
 * From 0, nothing passes, to 4, everything does: five shades that can be told apart. What is not known has not failed,
 * so it has a shade of its own; null where the rule counts for none.
 */
export function shadeOf(counts: Counts): number | null {
  const { share } = shareOf(counts);
  if (share === null) return null;
  if (share < 1 && (counts.fail ?? 0) === 0) return UNKNOWN_SHADE;
  if (share <= 0) return 0;
  if (share >= 1) return 4;
  return share < 0.5 ? 1 : share < 0.8 ? 2 : 3;
}

/** How many shades of levels there are. */
const STEPS = 5;

/** The shade of a level among its levels: the highest always has the last. */
export function stepOf(index: number, levels: number): number {
  return levels < 2 ? STEPS : 1 + Math.round((index / (levels - 1)) * (STEPS - 1));
}

/** How many stand at each level or above it, from the lowest level to the highest. */
export function atLeast(byLevel: Counts, levels: readonly string[]): number[] {
  return levels.map((_, from) => levels.slice(from).reduce((sum, level) => sum + (byLevel[level] ?? 0), 0));
}
