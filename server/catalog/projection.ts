/** The `fields` parameter: which paths of an entity to answer with. */
import { AtriumError } from '#model/errors.ts';

/** @throws {AtriumError} INPUT_INVALID for array access, which the format doesn't have. */
export function parseFields(fields: readonly string[]): string[] {
  const paths = fields.flatMap((field) => field.split(',')).map((field) => field.trim());
  const indexed = paths.find((path) => path.includes('['));
  if (indexed !== undefined) {
    throw new AtriumError('INPUT_INVALID', `The field "${indexed}" uses "[": list elements can't be chosen`);
  }
  return paths.filter((path) => path !== '');
}

/** Copies the chosen paths and keeps their nesting; paths that aren't there are left out. */
export function project(entity: unknown, paths: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const path of paths) {
    const keys = resolve(entity, path);
    if (keys) {
      copy(entity, result, keys);
    }
  }
  return result;
}

/** The keys that a dotted path stands for in this value; a key may hold dots itself. */
function resolve(value: unknown, path: string): string[] | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  if (Object.hasOwn(value, path)) {
    return [path];
  }
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const key = path.slice(0, dot);
    const rest = Object.hasOwn(value, key) ? resolve(value[key], path.slice(dot + 1)) : undefined;
    if (rest) {
      return [key, ...rest];
    }
  }
  return undefined;
}

function copy(from: unknown, to: Record<string, unknown>, keys: string[]): void {
  const [key, ...rest] = keys;
  if (key === undefined || !isRecord(from)) {
    return;
  }
  if (rest.length === 0) {
    define(to, key, from[key]);
    return;
  }
  const kept = Object.hasOwn(to, key) ? to[key] : undefined;
  // A parent that was chosen whole is the entity's own object: it already holds what is asked for.
  if (kept === from[key]) {
    return;
  }
  const child = isRecord(kept) ? kept : {};
  define(to, key, child);
  copy(from[key], child, rest);
}

/** As an own property, also for a key such as `__proto__`. */
function define(to: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(to, key, { value, enumerable: true, writable: true, configurable: true });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
