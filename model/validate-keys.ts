import type { Problem } from './contribution.ts';
import { describeValue, shorten } from './value-words.ts';

/** Deeper values are refused: nothing that people write comes near, and walks over it stay safe. */
const deepest = 100;

/**
 * Walks the whole entity and finds what can't be kept or searched: keys that differ only in letter case,
 * `__proto__`, numbers that JSON lacks, values that are no JSON at all, nesting that never ends.
 * @returns false when the value is too deep or too foreign for further checks.
 */
export function checkKeys(entity: Record<string, unknown>, problems: Problem[]): boolean {
  const walk: Walk = { problems, safe: true };
  for (const key of Object.keys(entity)) {
    // What the catalog regenerates is not read, so it can't hurt.
    if (key === 'relations' || key === 'status' || key === 'attachments') continue;
    visit(entity[key], key, 1, walk);
  }
  checkCase(entity, Object.keys(entity), '', walk);
  return walk.safe;
}

interface Walk {
  problems: Problem[];
  safe: boolean;
}

function visit(value: unknown, path: string, depth: number, walk: Walk): void {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(`${path} is ${value}, which can't be kept`, 'Write it in quotes.');
    return;
  }
  if (typeof value !== 'object') {
    if (value === undefined) return;
    walk.safe = false;
    refuse(
      `${path} is ${describeValue(value)}, which can't be kept`,
      'Write text, numbers, lists or mappings.',
    );
    return;
  }
  if (depth > deepest) {
    walk.safe = false;
    refuse(`${path.slice(0, 60)}… is nested more than ${deepest} levels deep`, 'Flatten it.');
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      if (typeof item !== 'string') visit(item, `${path}.${index}`, depth + 1, walk);
    });
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    walk.safe = false;
    refuse(`${path} is no plain mapping`, 'Write text, numbers, lists or mappings.');
    return;
  }
  const keys = Object.keys(value);
  checkCase(value, keys, path, walk);
  const record = value as Record<string, unknown>;
  for (const key of keys) {
    // Most values are text, which is always right: their paths are not worth building.
    if (typeof record[key] !== 'string') visit(record[key], `${path}.${key}`, depth + 1, walk);
  }

  function refuse(message: string, remedy: string): void {
    walk.problems.push({ level: 'error', message, remedy, field: shorten(path) });
  }
}

/** Matches a key that lower-casing may change. */
const mayFold = /[^ -@[-~]/;

function checkCase(value: object, keys: string[], path: string, walk: Walk): void {
  const at = path ? `${path}.` : '';
  if (Object.hasOwn(value, '__proto__')) {
    walk.safe = false;
    walk.problems.push({
      level: 'error',
      message: `${at}__proto__ is not allowed as a key`,
      remedy: 'Give the key another name.',
      field: shorten(`${at}__proto__`),
    });
  }
  if (keys.length < 2 || !keys.some((key) => mayFold.test(key))) return;
  const seen = new Map<string, string>();
  for (const key of keys) {
    const folded = key.toLowerCase();
    const other = seen.get(folded);
    if (other === undefined) {
      seen.set(folded, key);
      continue;
    }
    walk.problems.push({
      level: 'error',
      message: `${at}${shorten(other)} and ${at}${shorten(key)} differ only in letter case`,
      remedy: 'Keep one of the two, or rename one.',
      field: shorten(`${at}${key}`),
    });
  }
}
