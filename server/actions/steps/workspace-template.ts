import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { defineStep } from '../define-step.ts';
import { renderTree } from '../render-tree.ts';
import type { WorkspaceAction } from '../step-action.ts';
import { inside, makeInside } from '../workspace.ts';
import type { WorkspaceStepDeps } from './deps.ts';
import { skeleton } from './inputs.ts';
import { skeletonOptions } from './skeleton-options.ts';

export function workspaceTemplate({ renderer }: Pick<WorkspaceStepDeps, 'renderer'>): WorkspaceAction {
  return defineStep({
    id: 'workspace:template',
    description: 'Fills in the expressions of a folder of the workspace, and writes the result to another.',
    effect: 'workspace',
    input: z.object({
      sourcePath: z.string().min(1).describe('Folder in the workspace to read'),
      targetPath: z.string().min(1).describe('Folder in the workspace to write to, outside of the other'),
      ...skeleton,
    }),
    run: async (input, { workspace, log }) => {
      const from = await inside(workspace, input.sourcePath);
      const to = await inside(workspace, input.targetPath);
      if (to === from || to.startsWith(`${from}/`)) {
        throw new AtriumError('STEP_FAILED', 'targetPath must lie outside of sourcePath');
      }
      await makeInside(workspace, input.targetPath);
      const { targetPath } = input;
      await renderTree(renderer, { from, workspace, targetPath }, skeletonOptions(input), log);
      return {};
    },
  });
}
