import type { FactDeclaration } from '#model/fact.ts';
import type { Tree } from '../detector.ts';

/** What is to be observed: one component, by the folder in which it lies. */
export interface Scope {
  tree: Tree;
  /** Folder within the tree; '' is the root. */
  folder: string;
  /** Folders of other components that lie within this one: their files are not its own. */
  others: readonly string[];
  /** Date (YYYY-MM-DD) of the last commit that touched a file or folder; undefined where git does not tell. */
  lastCommit(path: string): string | undefined;
}

export interface Observation {
  /** As the schema of the declaration says; absent details are left out, not null. */
  value: Record<string, unknown>;
  /** Path of the file that says it best, and the line in it. */
  path?: string;
  line?: number;
}

/** One kind of fact that files tell. Each is one file, registered in facts/index.ts. */
export interface FactCollector extends FactDeclaration {
  /**
   * Pure over the tree: no clock, no network, no rule that knows a repository's name.
   * @returns undefined when nothing can be said; that something is absent can be said (`present: false`).
   */
  collect(scope: Scope): Observation | undefined;
}
