/** Remembers which parts each repository had, so that one that can't be read after a restart loses none. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type KeptParts = Record<string, string[]>;

const FILE = 'parts.json';

export function loadKeptParts(workDir: string): KeptParts {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(workDir, FILE), 'utf8'));
    return typeof kept === 'object' && kept !== null ? (kept as KeptParts) : {};
  } catch {
    // There is none before the first reading; a broken one is written anew after this reading.
    return {};
  }
}

export function saveKeptParts(workDir: string, parts: KeptParts): void {
  mkdirSync(workDir, { recursive: true });
  const file = join(workDir, FILE);
  writeFileSync(`${file}.new`, JSON.stringify(parts));
  renameSync(`${file}.new`, file);
}
