import type { Tree } from '../detector.ts';

/** A direct dependency; those that lie in the same repository are none. */
export interface Package {
  /** As its registry knows it; `group:artifact` for Maven's. */
  name: string;
  /** It is asked for in one version. */
  exact: boolean;
}

/** What a manifest asks for; undefined for a file that only looks like one. */
export type ManifestReader = (tree: Tree, path: string) => Package[] | undefined;

/** Each name once: exact where it is so everywhere. */
export function unique(packages: readonly Package[]): Package[] {
  const byName = new Map<string, Package>();
  for (const { name, exact } of packages)
    byName.set(name, { name, exact: exact && (byName.get(name)?.exact ?? true) });
  return [...byName.values()];
}
