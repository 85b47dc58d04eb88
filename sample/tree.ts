/** Reads a folder of the estate. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file below a folder, by its path with forward slashes, in a fixed order; none when it isn't there. */
export async function readTree(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const read = paths.map(async (path): Promise<[string, string]> => {
    const relative = path.slice(folder.length + 1).replaceAll('\\', '/');
    return [relative, await readFile(path, 'utf8')];
  });
  return new Map(await Promise.all(read));
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
