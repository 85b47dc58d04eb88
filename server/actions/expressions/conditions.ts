/** How a step decides whether, and how often, it is run. */
import { isRecord } from '#model/value-words.ts';

/** What counts as true in an `if`: an empty list does not. */
export function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Whether a condition has a say after a step before has failed; other steps are then skipped. */
export function asksForFailure(condition: unknown): boolean {
  return typeof condition === 'string' && /\b(always|failure)\s*\(\s*\)/.test(condition);
}

export interface Iteration {
  key: string;
  value: unknown;
}

/** The rounds of a rendered `each`. @throws {TypeError} when it is neither a list nor a mapping. */
export function iterationsOf(each: unknown): Iteration[] {
  if (Array.isArray(each)) return each.map((value, index) => ({ key: String(index), value }));
  if (isRecord(each)) return Object.entries(each).map(([key, value]) => ({ key, value }));
  throw new TypeError('each must give a list or a mapping');
}
