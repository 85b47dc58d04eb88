/** What the results of all rules make of an entity: its level, and how much of the standard it has reached. */
import type { Result, Scorecard } from '#model/scorecard.ts';

export interface Judgement {
  /** Position among the levels; -1 for none. */
  level: number;
  /** Weight of what passes among what is known, from 0 to 100; null when nothing is. */
  percent: number | null;
}

const standsInTheWay: Record<Result, boolean> = {
  pass: false,
  exempt: false,
  grace: false,
  'not-applicable': false,
  fail: true,
  // Nobody has shown that it holds.
  unknown: true,
};

export function judge(
  { levels, rules }: Pick<Scorecard, 'levels' | 'rules'>,
  results: readonly Result[],
): Judgement {
  let lowest = levels.length;
  let passed = 0;
  let known = 0;
  for (const [index, { level, weight }] of rules.entries()) {
    const result = results[index] ?? 'unknown';
    if (standsInTheWay[result]) lowest = Math.min(lowest, levels.indexOf(level));
    if (result === 'pass') passed += weight;
    if (result === 'pass' || result === 'fail' || result === 'grace') known += weight;
  }
  return { level: lowest - 1, percent: known === 0 ? null : Math.round((100 * passed) / known) };
}
