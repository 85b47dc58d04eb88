import type { Tree } from '../detector.ts';

/** A tree held in memory, for tests. */
export function treeOf(files: Record<string, string>, name = 'estate'): Tree {
  return {
    name,
    files: Object.keys(files).sort(),
    read: (path) => files[path],
    stamp: (path) => files[path] ?? '',
    place: (path, line) => ({
      location: `file:/${name}/${path}`,
      path,
      ...(line === undefined ? {} : { line }),
    }),
  };
}
