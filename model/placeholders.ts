import { CORE_SCHEMA, loadAll } from 'js-yaml';
import type { Problem } from './contribution.ts';
import { type LocationRef, resolveTarget } from './locations.ts';
import { repositoryOf } from './repository-url.ts';
import { isRecord } from './value-words.ts';

/** `openapi` and `asyncapi` stand for one file here and give its text. */
export type PlaceholderKind = 'text' | 'json' | 'yaml' | 'openapi' | 'asyncapi';

export interface Placeholder {
  /** Dotted path of the value that it replaces. */
  field: string;
  kind: PlaceholderKind;
  /** As written; absent when it is not text. */
  target: string | undefined;
}

/** Reads the target of a placeholder; rejects with an error that says why it can't. */
export type PlaceholderReader = (kind: PlaceholderKind, target: string) => Promise<string>;

export interface Substitution<T> {
  /** A copy with every placeholder replaced that could be read; the others stand as they were. */
  entity: T;
  problems: Problem[];
}

const kinds = new Map<string, PlaceholderKind>([
  ['$text', 'text'],
  ['$json', 'json'],
  ['$yaml', 'yaml'],
  ['$openapi', 'openapi'],
  ['$asyncapi', 'asyncapi'],
]);

const deepest = 100;

/** Finds the placeholders anywhere in an entity, in the order in which they stand. */
export function findPlaceholders(entity: object): Placeholder[] {
  const found: Placeholder[] = [];
  walk(entity, '', 0, (placeholder) => {
    found.push(placeholder);
    return undefined;
  });
  return found;
}

/**
 * Replaces each placeholder by what its target holds. To be done before `validateEntity`. Never rejects: a
 * target that can't be read, or does not hold what its kind says, is a problem.
 */
export async function substitutePlaceholders<T extends object>(
  entity: T,
  read: PlaceholderReader,
): Promise<Substitution<T>> {
  const results = await Promise.all(findPlaceholders(entity).map((placeholder) => load(placeholder, read)));
  const problems = results.flatMap((result) => ('problem' in result ? [result.problem] : []));
  if (results.length === 0) return { entity, problems };
  let next = 0;
  const replaced = walk(entity, '', 0, () => {
    const result = results[next++];
    return result && 'value' in result ? result : undefined;
  });
  return { entity: replaced as T, problems };
}

/**
 * The place of a placeholder's target, resolved against the descriptor that holds it.
 * @throws {RangeError} when it lies in another repository: a descriptor could else publish, through the
 * catalog's own credentials, a file that its author may not read.
 */
export function placeholderLocation(target: string, holder: LocationRef): string {
  const resolved = resolveTarget(target, holder);
  const from = repositoryOf(holder.target);
  const to = repositoryOf(resolved);
  if (from && to && from !== to) {
    throw new RangeError(`"${target}" is in another repository (${to}) than the descriptor (${from})`);
  }
  if (holder.type === 'file' && /^https?:/i.test(resolved) === false && target.startsWith('/')) {
    throw new RangeError(`"${target}" is an absolute path; write it relative to the descriptor`);
  }
  return resolved;
}

type Loaded = { value: unknown } | { problem: Problem };

async function load(placeholder: Placeholder, read: PlaceholderReader): Promise<Loaded> {
  const { field, kind, target } = placeholder;
  if (!target) {
    const message = `${field}: $${kind} must name a file or an address`;
    const remedy = `Write $${kind}: ./file, relative to this descriptor.`;
    return { problem: { level: 'error', message, remedy, field } };
  }
  try {
    return { value: parseContent(kind, await read(kind, target)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    const message = `${field}: $${kind} of "${target}" failed: ${reason}`;
    const remedy =
      'Check that the file exists beside this descriptor, may be read, and holds what is asked for.';
    return { problem: { level: 'error', message, remedy, field } };
  }
}

/** @throws {Error} when the content is not of the kind. */
function parseContent(kind: PlaceholderKind, content: string): unknown {
  if (kind === 'json') return JSON.parse(content);
  if (kind !== 'yaml') return content;
  const documents = loadAll(content, { schema: CORE_SCHEMA, maxAliases: 0 });
  if (documents.length !== 1) throw new RangeError(`it holds ${documents.length} documents instead of one`);
  return documents[0];
}

/** Copies a value; where the visitor answers with a value, that takes the placeholder's place. */
function walk(
  value: unknown,
  path: string,
  depth: number,
  visit: (placeholder: Placeholder) => { value: unknown } | undefined,
): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => walk(item, join(path, String(index)), depth + 1, visit));
  }
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  if (keys.some((key) => key.startsWith('$'))) {
    const kind = keys.length === 1 ? kinds.get(keys[0] ?? '') : undefined;
    if (!kind) return value;
    const target = value[`$${kind}`];
    const text = typeof target === 'string' && target ? target : undefined;
    return visit({ field: path, kind, target: text })?.value ?? value;
  }
  const entries = keys.map((key) => [key, walk(value[key], join(path, key), depth + 1, visit)]);
  return Object.fromEntries(entries);
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}
