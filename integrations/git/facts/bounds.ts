/** What keeps the work of one collector small, whatever a repository holds. */

import type { Scope } from './collector.ts';
import { ownFiles } from './own-files.ts';

/** Files that one collector reads at most. */
export const MOST_READ = 200;

/** Folders with what others wrote, and with files that become something only when filled in. */
const BORROWED =
  /(^|\/)(node_modules|vendor|vendored|third[_-]party|bower_components|pods|godeps|site-packages|skeletons?|cookiecutter[^/]*|[^/]*(\{\{|\$\{)[^/]*)\//i;

export function isBorrowed(path: string): boolean {
  return BORROWED.test(path);
}

/** Own files of a component whose paths match, without borrowed ones; as many as one collector reads. */
export function someOf(scope: Scope, paths: RegExp, most = MOST_READ): string[] {
  return ownFiles(scope)
    .filter((path) => paths.test(path) && !isBorrowed(path))
    .slice(0, most);
}
