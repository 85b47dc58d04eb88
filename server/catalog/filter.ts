/** The one algebra behind `filter` parameters and predicate queries, and the parser of the former. */
import { AtriumError } from '#model/errors.ts';

/** Keys and values are lower-cased: every comparison is without case. */
export type Condition =
  | { op: 'all' | 'any'; of: Condition[] }
  | { op: 'not'; of: Condition }
  | { op: 'exists'; key: string }
  | { op: 'in'; key: string; values: string[] }
  | { op: 'prefix'; key: string; prefix: string };

/** Enough for all groups of a person in a large company; what one request may ask of the store is bounded. */
const MOST_CONDITIONS = 1000;
const MOST_VALUES = 10_000;

export const everything: Condition = { op: 'all', of: [] };
export const nothing: Condition = { op: 'any', of: [] };

/** A condition that holds when all of these do; nested conjunctions are flattened. */
export function allOf(conditions: Condition[]): Condition {
  const flat = conditions.flatMap((c) => (c.op === 'all' ? c.of : [c]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { op: 'all', of: flat };
}

/**
 * Reads `filter` parameters: conditions within one are AND-ed, several are OR-ed.
 * @throws {AtriumError} FILTER_INVALID when a condition has no key, or there are too many.
 */
export function parseFilters(filters: string | readonly string[] | undefined): Condition {
  const sets = [filters ?? []].flat().map(parseSet);
  const stated = sets.filter((set) => set.length > 0);
  if (stated.length === 0) {
    return everything;
  }
  const [only] = stated;
  return bounded(stated.length === 1 && only ? allOf(only) : { op: 'any', of: stated.map(allOf) });
}

/** @throws {AtriumError} FILTER_INVALID when there are more conditions than anybody needs. */
export function bounded(condition: Condition): Condition {
  const left = { conditions: MOST_CONDITIONS, values: MOST_VALUES };
  count(condition, left);
  if (left.conditions >= 0 && left.values >= 0) return condition;
  throw new AtriumError(
    'FILTER_INVALID',
    `A filter may have ${MOST_CONDITIONS} conditions and ${MOST_VALUES} values at most`,
  );
}

function count(condition: Condition, left: { conditions: number; values: number }): void {
  left.conditions--;
  if (condition.op === 'in') left.values -= condition.values.length;
  else if (condition.op === 'not') count(condition.of, left);
  else if (condition.op === 'all' || condition.op === 'any')
    for (const each of condition.of) count(each, left);
}

/** The same key repeated means any of its values, so values are gathered by key. */
function parseSet(filter: string): Condition[] {
  const valuesByKey = new Map<string, string[]>();
  for (const part of filter.split(',')) {
    const text = part.trim();
    if (text === '') {
      continue;
    }
    const equals = text.indexOf('=');
    const key = (equals === -1 ? text : text.slice(0, equals)).trim().toLowerCase();
    if (key === '') {
      throw new AtriumError('FILTER_INVALID', `The filter condition "${text}" has no key before "="`);
    }
    const values = valuesByKey.get(key) ?? [];
    if (equals !== -1) {
      values.push(
        text
          .slice(equals + 1)
          .trim()
          .toLowerCase(),
      );
    }
    valuesByKey.set(key, values);
  }
  return [...valuesByKey].map(([key, values]) =>
    values.length === 0 ? { op: 'exists', key } : { op: 'in', key, values },
  );
}

/**
 * Evaluates a condition on terms (`path` and `path=value`, lower-cased) in memory, as the store does in
 * SQL. For small sets that are not worth a table of terms, and to check the SQL against.
 */
export function holds(condition: Condition, terms: ReadonlySet<string>): boolean {
  switch (condition.op) {
    case 'all':
      return condition.of.every((c) => holds(c, terms));
    case 'any':
      return condition.of.some((c) => holds(c, terms));
    case 'not':
      return !holds(condition.of, terms);
    case 'exists':
      return terms.has(condition.key);
    case 'in':
      return condition.values.some((value) => terms.has(`${condition.key}=${value}`));
    case 'prefix': {
      const start = `${condition.key}=${condition.prefix}`;
      return [...terms].some((term) => term.startsWith(start));
    }
  }
}
