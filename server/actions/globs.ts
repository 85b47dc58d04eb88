import picomatch from 'picomatch';
import { testAll } from './bounded-patterns.ts';
import type { Entry } from './workspace.ts';

/** Paths that match a glob of a template. @param dot whether `*` stands for names that begin with a dot, too. */
export function matchingPaths(entries: readonly Entry[], glob: string, dot: boolean): string[] {
  const paths = entries.map(({ path }) => path);
  const hits = testAll(picomatch.makeRe(glob.replace(/^\.?\//, ''), { dot }), paths);
  return paths.filter((_, index) => hits[index]);
}
