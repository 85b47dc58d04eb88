/** Conditions that authors write in CEL: https://github.com/google/cel-spec, bounded in size and time. */
import { Environment } from '@marcbachmann/cel-js';
import { isRecord } from '#model/value-words.ts';
import { withinTime } from '../within-time.ts';

const TIME_LIMIT_MS = 200;
const limits = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 200 };

/** What a condition can ask about. */
export interface ConditionFacts {
  /** What was filled in, without secrets. */
  parameters: Record<string, unknown>;
  user: { ref: string; name: string; groups: readonly string[] };
  /** The entity that is acted on; null where there is none. */
  entity: unknown;
}

const environment = new Environment({ limits })
  .registerVariable('parameters', 'dyn')
  .registerVariable('user', 'dyn')
  .registerVariable('entity', 'dyn');

/** @returns what is wrong with a condition, in words. */
export function conditionFault(condition: string): string | undefined {
  const { valid, type, error } = environment.check(condition);
  if (!valid) return firstLine(error);
  if (type === 'bool' || type === 'dyn') return undefined;
  return `It gives ${type}, and should be true or false`;
}

/** @throws {Error} when it can't be answered, or takes too long. */
export function holds(condition: string, facts: ConditionFacts): boolean {
  const program = environment.parse(condition);
  const result = withinTime(TIME_LIMIT_MS, () => program(exact(facts) as Record<string, unknown>));
  if (typeof result === 'boolean') return result;
  throw new TypeError(`It gives ${typeof result}, and should be true or false`);
}

/** The first line of what the engine says; the rest draws the place. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** Whole numbers are `int` in CEL, and JSON makes no difference. */
function exact(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(exact);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exact(item)]));
}
