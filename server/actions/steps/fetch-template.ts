import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { defineStep } from '../define-step.ts';
import { renderTree } from '../render-tree.ts';
import type { WorkspaceAction } from '../step-action.ts';
import { makeInside } from '../workspace.ts';
import type { WorkspaceStepDeps } from './deps.ts';
import { skeleton, targetPath, token, url, withTree } from './inputs.ts';
import { skeletonOptions } from './skeleton-options.ts';

type Deps = Pick<WorkspaceStepDeps, 'fetchTree' | 'renderer'>;

export function fetchTemplate({ fetchTree, renderer }: Deps): WorkspaceAction {
  return defineStep({
    id: 'fetch:template',
    description: 'Copies a skeleton into the workspace and fills in its expressions, in names and contents.',
    effect: 'workspace',
    input: z.object({ url, targetPath, token, ...skeleton }),
    run: (input, context) => {
      const options = skeletonOptions(input);
      return withTree(fetchTree, input, context, async ({ path }) => {
        if (!(await stat(path)).isDirectory()) {
          throw new AtriumError(
            'STEP_FAILED',
            `${input.url} is no folder: fetch:template:file renders one file`,
          );
        }
        await makeInside(context.workspace, input.targetPath);
        const { workspace } = context;
        await renderTree(
          renderer,
          { from: path, workspace, targetPath: input.targetPath },
          options,
          context.log,
        );
        return {};
      });
    },
  });
}
