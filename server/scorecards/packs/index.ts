/** Standards that come with Atrium: usable on whatever a source has read, and replaceable. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Entity } from '#model/entity.ts';
import { type PackName, packNames } from '../../kernel/standards-config.ts';

/** Each is a file beside this one. */
export function loadPacks(names: readonly PackName[]): Entity[] {
  return names.map((name) => load(textOf(name)) as Entity);
}

/** As its file has it; undefined for what is none. */
export function packText(name: string): string | undefined {
  const known = packNames.find((one) => one === name);
  return known && textOf(known);
}

const textOf = (name: PackName) => readFileSync(join(import.meta.dirname, `${name}.yaml`), 'utf8');
