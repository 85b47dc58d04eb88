/** Says in words why a rule came out as it did: what it looked at, and what it found there. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Result } from '#model/scorecard.ts';
import { isRecord } from '#model/value-words.ts';
import { readsOf } from './paths.ts';

export type Failure =
  | { kind: 'missing'; path: string[] }
  | { kind: 'slow'; limit: number }
  | { kind: 'value'; type: string }
  | { kind: 'text'; text: string };

const MOST_PATHS = 4;
const LONGEST_VALUE = 60;

/** @returns null where there is nothing to add. */
export function explain(
  result: Result,
  failure: Failure | undefined,
  ast: ASTNode | undefined,
  context: object,
): string | null {
  if (failure) return wordsOf(failure);
  if (!ast || result === 'not-applicable') return null;
  const seen = new Map(readsOf(ast).paths.map(({ names }) => [names.join('.'), names]));
  const found = [...seen.values()]
    .filter((names) => names.length > 1)
    .slice(0, MOST_PATHS)
    .flatMap((names) => {
      const value = valueAt(context, names);
      return value === undefined ? [] : [`${shortName(names)} is ${shown(value)}`];
    });
  return found.length > 0 ? found.join('; ') : null;
}

function wordsOf(failure: Failure): string {
  if (failure.kind === 'slow') return `The check took longer than ${failure.limit} ms and was stopped`;
  if (failure.kind === 'value') return `The check gave ${failure.type}, and should give true or false`;
  if (failure.kind === 'text') return failure.text;
  const [root, name, ...rest] = failure.path;
  if (root !== 'facts' && root !== 'ages') return `${failure.path.join('.')} is not stated`;
  if (rest.length === 0) return `Nothing is known of ${name}`;
  return `${name} does not tell ${rest.join('.')}`;
}

/** `facts.readme.words` is about `readme.words`. */
function shortName([root, ...names]: string[]): string {
  return root === 'facts'
    ? names.join('.')
    : root === 'ages'
      ? `age of ${names.join('.')} in days`
      : [root, ...names].join('.');
}

function valueAt(context: unknown, names: readonly string[]): unknown {
  let at = context;
  for (const name of names) {
    if (!isRecord(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

function shown(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'empty';
    const isPlain = value.every((item) => typeof item === 'string');
    return isPlain ? cut(value.join(', ')) : `a list of ${value.length}`;
  }
  if (isRecord(value)) return 'there';
  return cut(String(value));
}

const cut = (text: string) => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text);
