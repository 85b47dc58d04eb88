/** Files that a tool wrote about a component: told by what is in them, whatever they are called. */
import { isBorrowed, MOST_READ } from './bounds.ts';
import type { Scope } from './collector.ts';
import { ownFiles } from './own-files.ts';

export interface ReportKind<T> {
  /** How the names of files end that may be one. */
  ending: RegExp;
  /** Names by which they usually go: these are looked at first, and missed when they can't be read. */
  usual: RegExp;
  /** Stands in every such report, near its beginning or not. */
  mark: RegExp;
  /** @returns undefined when it is none after all. */
  read(source: string): T | undefined;
}

export interface Reports<T> {
  reports: { path: string; said: T }[];
  /** Paths of those that should be one, by name and mark, and could not be read. */
  unreadable: string[] | undefined;
}

export function reportsOf<T>(scope: Scope, { ending, usual, mark, read }: ReportKind<T>): Reports<T> {
  const files = ownFiles(scope).filter((path) => ending.test(path) && !isBorrowed(path));
  const ordered = [...files.filter((path) => usual.test(path)), ...files.filter((path) => !usual.test(path))];
  const reports: Reports<T>['reports'] = [];
  const unreadable: string[] = [];
  for (const path of ordered.slice(0, MOST_READ)) {
    const source = scope.tree.read(path);
    const isMarked = source !== undefined && mark.test(source);
    const said = isMarked ? read(source) : undefined;
    if (said !== undefined) reports.push({ path, said });
    // Too large to be read, or broken.
    else if (usual.test(path) && (source === undefined || isMarked)) unreadable.push(path);
  }
  return { reports, unreadable: unreadable.length > 0 ? unreadable : undefined };
}
