import { XMLParser } from 'fast-xml-parser';
import { CORE_SCHEMA, loadAll, mergeTag } from 'js-yaml';
import { parse as parseTomlText } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { within } from '#model/time-limit.ts';
import type { Tree } from '../detector.ts';

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a map; an empty one when it is something else, so that reading never throws. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Longer values are no names; put in for many placeholders, they would fill the memory. */
const LONGEST_VALUE = 300;

export function short(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= LONGEST_VALUE ? value : undefined;
}

/** Follows a path of keys into nested maps. */
export function dig(value: unknown, ...keys: string[]): unknown {
  let at: unknown = value;
  for (const key of keys) at = isFields(at) ? at[key] : undefined;
  return at;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function parseJson(source: string): unknown {
  return attempt((): unknown => JSON.parse(source));
}

export function parseToml(source: string): Fields {
  return fields(attempt(() => parseTomlText(source)));
}

const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false });

export function parseXml(source: string): Fields {
  return fields(attempt((): unknown => xml.parse(source)));
}

const schema = CORE_SCHEMA.withTags(mergeTag);
/** Beyond these a file that isn't plain YAML is left alone: the forgiving parser is slow. */
const LARGEST_FORGIVEN = 300_000;
const FORGIVING_MS = 1000;

/**
 * All documents of a YAML stream. The fast parser is strict; what it refuses (odd indentation, tags of
 * some tool's own) is read by a forgiving one, and what that can't read is left out.
 */
export function parseYaml(source: string): unknown[] {
  const whole = attempt(() => loadAll(source, { schema }));
  if (whole) return whole;
  if (source.length > LARGEST_FORGIVEN) return [];
  return attempt(() => within(FORGIVING_MS, () => readForgiving(source))) ?? [];
}

function readForgiving(source: string): unknown[] {
  const options = { merge: true, strict: false, uniqueKeys: false, logLevel: 'silent' } as const;
  const docs = [...parseAllDocuments(source, options)];
  return docs.flatMap((doc) => attempt((): unknown[] => [doc.toJS()]) ?? []);
}

const caches = new WeakMap<Tree, Map<string, unknown>>();

/** Reads and parses a file once per tree, whichever detectors ask. */
export function parsed<T>(tree: Tree, path: string, parse: (source: string) => T): T | undefined {
  let cache = caches.get(tree);
  if (!cache) {
    cache = new Map();
    caches.set(tree, cache);
  }
  if (cache.has(path)) return cache.get(path) as T | undefined;
  const source = tree.read(path);
  const value = source === undefined ? undefined : parse(source);
  cache.set(path, value);
  return value;
}

export function lineOf(source: string, index: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at !== -1 && at < index; at = source.indexOf('\n', at + 1)) line += 1;
  return line;
}
