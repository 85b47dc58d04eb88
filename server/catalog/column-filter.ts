/** Conditions on the columns in memory. What they can't tell is asked of the store, as sets of rows. */
import { hasProblems } from './column-names.ts';
import type { ColumnTable } from './column-table.ts';
import type { Condition } from './filter.ts';
import { ownerRef, unownableKinds } from './filter-sql.ts';
import { Marks } from './marks.ts';

/** A condition on one key. */
export type Leaf = Exclude<Condition, { op: 'all' | 'any' | 'not' }>;

/** The column that tells of a key. */
const comparable = new Map([
  ['kind', 'kind'],
  ['metadata.namespace', 'metadata.namespace'],
  ['metadata.tags', 'metadata.tags'],
  ['spec.type', 'spec.type'],
  ['spec.lifecycle', 'spec.lifecycle'],
  ['owner', 'owner'],
  ['language', 'language'],
  ['freshness', 'freshness'],
  ['review', 'review'],
  ['problems', hasProblems],
]);

export const unowned: Condition = {
  op: 'not',
  of: {
    op: 'any',
    of: [
      { op: 'exists', key: 'owner' },
      { op: 'in', key: 'kind', values: unownableKinds },
    ],
  },
};

/** The same condition, with owners as refs and nobody as a condition of its own. */
export function plain(condition: Condition): Condition {
  switch (condition.op) {
    case 'all':
    case 'any':
      return { op: condition.op, of: condition.of.map(plain) };
    case 'not':
      return { op: 'not', of: plain(condition.of) };
    case 'in': {
      if (condition.key !== 'owner') return condition;
      const values = condition.values.filter((value) => value !== 'none').map(ownerRef);
      const owned: Condition = { op: 'in', key: 'owner', values };
      return values.length < condition.values.length ? { op: 'any', of: [owned, unowned] } : owned;
    }
    default:
      return condition;
  }
}

/** Conditions on keys that no column tells of. */
export function foreignLeaves(condition: Condition): Leaf[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.of.flatMap(foreignLeaves);
    case 'not':
      return foreignLeaves(condition.of);
    default:
      return comparable.has(condition.key) ? [] : [condition];
  }
}

/**
 * The rows for which a condition holds.
 * @param rowsOf the rows of a condition on one key; see `compared` for those that a column tells of.
 */
export function marksOf(condition: Condition, size: number, rowsOf: (leaf: Leaf) => Marks): Marks {
  // Rows of entities that are gone have not even a kind.
  const all = () => rowsOf({ op: 'exists', key: 'kind' });
  const inner = (one: Condition) => marksOf(one, size, rowsOf);
  switch (condition.op) {
    case 'all':
      return condition.of.reduce((marks, one) => marks.and(inner(one)), all());
    case 'any':
      return condition.of.reduce((marks, one) => marks.or(inner(one)), Marks.none(size));
    case 'not':
      return all().without(inner(condition.of));
    default:
      return rowsOf(condition);
  }
}

/** The rows for which a condition on one key holds; undefined where no column tells. */
export function compared(table: ColumnTable, leaf: Leaf): Marks | undefined {
  const name = comparable.get(leaf.key);
  return name === undefined ? undefined : table.column(name)?.where(table.size, testOf(leaf));
}

function testOf(leaf: Leaf): (value: string) => boolean {
  if (leaf.op === 'exists') return () => true;
  if (leaf.op === 'prefix') return (value) => value.toLowerCase().startsWith(leaf.prefix);
  const sought = new Set(leaf.values);
  return (value) => sought.has(value.toLowerCase());
}
