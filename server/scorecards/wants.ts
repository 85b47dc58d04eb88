/** What rules look at, so that nothing else is read for them and they are judged again when it changes. */
import { Environment } from '@marcbachmann/cel-js';
import type { Scorecard } from '#model/scorecard.ts';
import { readsOf } from './engine/paths.ts';
import type { Wants } from './subjects.ts';

export interface Reads extends Wants {
  /** Whether the mere passing of time may change a result. */
  time: boolean;
  files: boolean;
}

const parser = new Environment();
const known = new WeakMap<object, Reads>();

export function readsOfRules(scorecard: Pick<Scorecard, 'rules'>): Reads {
  const found = known.get(scorecard) ?? collect(scorecard);
  known.set(scorecard, found);
  return found;
}

function collect({ rules }: Pick<Scorecard, 'rules'>): Reads {
  const texts = rules.flatMap(({ checks }) =>
    checks.flatMap(({ when, check }) => [check, ...(when ? [when] : [])]),
  );
  const read = texts.map((text) => readsOf(parser.parse(text).ast));
  const roots = new Set(read.flatMap(({ paths }) => paths.map(({ names }) => names[0])));
  const calls = new Set(read.flatMap((one) => [...one.calls]));
  return {
    owner: roots.has('owner'),
    system: roots.has('system'),
    dependencies: roots.has('dependencies'),
    time: calls.has('daysSince') || roots.has('ages') || rules.some(({ graceDays }) => graceDays > 0),
    files: calls.has('fileText'),
  };
}

export function allWants(reads: readonly Wants[]): Wants {
  return {
    owner: reads.some(({ owner }) => owner),
    system: reads.some(({ system }) => system),
    dependencies: reads.some((one) => one.dependencies),
  };
}
