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
  const { kind, namespace, name } = parseRef(ref);
  const words: Record<string, string> = { entity: ref, kind, namespace, name };
  return { template, title, values: filled(values, words) as Record<string, unknown>, mayStart };
}

function filled(value: unknown, words: Record<string, string>): unknown {
  if (typeof value === 'string') return value.replace(PLACEHOLDER, (_, word: string) => words[word] ?? '');
  if (Array.isArray(value)) return value.map((item) => filled(item, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, words)]));
}
