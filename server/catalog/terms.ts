import { DEFAULT_NAMESPACE, type Entity } from '#model/entity.ts';
import { clean } from '../kernel/store/row-set.ts';

/** Longer values are found by their existence only, as in the Backstage catalog. */
const LONGEST_TERM = 200;

/**
 * What filters can ask of an entity: each path as itself and with its value, lower-cased; arrays of plain
 * values also as `path.item`. The rules are those of the Backstage catalog's search table.
 */
export function termsOf(entity: Entity, uid: string): string[] {
  const terms = new Set<string>();
  const { metadata, spec } = entity;
  add(terms, 'kind', entity.kind);
  add(terms, 'apiversion', entity.apiVersion);
  walk(terms, 'metadata', metadata);
  add(terms, 'metadata.namespace', metadata.namespace ?? DEFAULT_NAMESPACE);
  add(terms, 'metadata.uid', uid);
  if (spec) walk(terms, 'spec', spec);
  return [...terms];
}

function walk(terms: Set<string>, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'string') add(terms, `${path}.${item.toLowerCase()}`, true);
      walk(terms, path, item);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) walk(terms, `${path}.${key.toLowerCase()}`, inner);
  } else add(terms, path, value);
}

function add(terms: Set<string>, path: string, value: unknown): void {
  if (path.length > LONGEST_TERM) return;
  terms.add(path);
  if (value === null || value === undefined) return;
  const text = String(value);
  if (text.length <= LONGEST_TERM) terms.add(clean(`${path}=${text.toLowerCase()}`));
}
