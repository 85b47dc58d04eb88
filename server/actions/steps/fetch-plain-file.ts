import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import type { WorkspaceAction } from '../step-action.ts';
import { writeInside } from '../workspace.ts';
import type { WorkspaceStepDeps } from './deps.ts';
import { readTreeFile, targetFile, token, url, withTree } from './inputs.ts';

export function fetchPlainFile({ fetchTree }: Pick<WorkspaceStepDeps, 'fetchTree'>): WorkspaceAction {
  return defineStep({
    id: 'fetch:plain:file',
    description: 'Copies one file of a repository into the workspace, as it is.',
    effect: 'workspace',
    input: z.object({ url, targetPath: targetFile, token }),
    run: (input, context) =>
      withTree(fetchTree, input, context, async (tree) => {
        const { content, mode } = await readTreeFile(tree, input.url);
        await writeInside(context.workspace, input.targetPath, content, mode);
        return {};
      }),
  });
}
