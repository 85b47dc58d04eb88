import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import { renderAll } from '../render-tree.ts';
import type { WorkspaceAction } from '../step-action.ts';
import { existsInside, writeInside } from '../workspace.ts';
import type { WorkspaceStepDeps } from './deps.ts';
import { readTreeFile, rendering, targetFile, token, url, withTree } from './inputs.ts';
import { skeletonOptions } from './skeleton-options.ts';

type Deps = Pick<WorkspaceStepDeps, 'fetchTree' | 'renderer'>;

export function fetchTemplateFile({ fetchTree, renderer }: Deps): WorkspaceAction {
  return defineStep({
    id: 'fetch:template:file',
    description: 'Copies one file into the workspace and fills in its expressions.',
    effect: 'workspace',
    input: z.object({ url, targetPath: targetFile, token, ...rendering }),
    run: async (input, context) => {
      if (!input.replace && (await existsInside(context.workspace, input.targetPath))) {
        context.log.info(`${input.targetPath} is there already and stays as it is`);
        return {};
      }
      return withTree(fetchTree, input, context, async (tree) => {
        const { content, mode } = await readTreeFile(tree, input.url);
        const item = { text: content.toString(), shown: input.url };
        const [text = ''] = await renderAll(renderer, [item], skeletonOptions(input));
        await writeInside(context.workspace, input.targetPath, text, mode);
        return {};
      });
    },
  });
}
