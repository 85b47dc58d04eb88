/** What step actions that stay within the workspace are given by the server. */
import type { Entity } from '#model/entity.ts';
import type { Renderer } from '../expressions/index.ts';
import type { FetchTree } from '../fetch-tree.ts';

export interface WorkspaceStepDeps {
  renderer: Renderer;
  fetchTree: FetchTree;
  /** Entities by canonical ref; null where there is none. */
  readEntities: (refs: readonly string[]) => Promise<(Entity | null)[]>;
}
