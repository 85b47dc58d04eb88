/** The template that mends what a rule found, filled in for one entity. */

import { parseRef } from '#model/ref.ts';
import type { Remedy } from '#model/scorecard.ts';
import type { Rung } from './contract.ts';

export type TemplateTitles = (refs: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What `values` of a remedy may name: `{entity}`, `{name}`, `{namespace}` and `{kind}` stand for the entity’s. */
const PLACEHOLDER = /\{(entity|name|namespace|kind)\}/g;

/** @returns null where nothing can be started. */
export function fixOf(
  { template, values }: Remedy,
  ref: string,
  { titles, mayStart }: { titles: ReadonlyMap<string, string>; mayStart: boolean },
): Rung['fix'] {
  const title = template === null ? undefined : titles.get(template);
  if (template === null || title === undefined) return null;
  return { template, title, values: filled(values, wordsOf(ref)) as Record<string, unknown>, mayStart };
}

/** Addresses of a remedy may name the entity as `values` do: `/docs/problems?site={entity}`. */
export function addressed(remedy: Remedy, ref: string): Remedy {
  const words = Object.entries(wordsOf(ref)).map(([word, value]) => [word, encodeURIComponent(value)]);
  const fill = (address: string | null) =>
    address === null ? null : (filled(address, Object.fromEntries(words)) as string);
  return { ...remedy, url: fill(remedy.url), document: fill(remedy.document) };
}

function wordsOf(ref: string): Record<string, string> {
  const { kind, namespace, name } = parseRef(ref);
  return { entity: ref, kind, namespace, name };
}

function filled(value: unknown, words: Record<string, string>): unknown {
  if (typeof value === 'string') return value.replace(PLACEHOLDER, (_, word: string) => words[word] ?? '');
  if (Array.isArray(value)) return value.map((item) => filled(item, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, words)]));
}
