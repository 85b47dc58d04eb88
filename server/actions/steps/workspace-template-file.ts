import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import { renderAll } from '../render-tree.ts';
import type { WorkspaceAction } from '../step-action.ts';
import { existsInside, inside, writeInside } from '../workspace.ts';
import type { WorkspaceStepDeps } from './deps.ts';
import { rendering, targetFile } from './inputs.ts';
import { skeletonOptions } from './skeleton-options.ts';

export function workspaceTemplateFile({ renderer }: Pick<WorkspaceStepDeps, 'renderer'>): WorkspaceAction {
  return defineStep({
    id: 'workspace:template:file',
    description: 'Fills in the expressions of a file of the workspace, and writes the result to another.',
    effect: 'workspace',
    input: z.object({
      sourcePath: z.string().min(1).describe('File in the workspace to read'),
      targetPath: targetFile,
      ...rendering,
    }),
    run: async (input, { workspace, log }) => {
      const { sourcePath, targetPath } = input;
      if (!input.replace && (await existsInside(workspace, targetPath))) {
        log.info(`${targetPath} is there already and stays as it is`);
        return {};
      }
      const from = await inside(workspace, sourcePath);
      const item = { text: await readFile(from, 'utf8'), shown: sourcePath };
      const [text = ''] = await renderAll(renderer, [item], skeletonOptions(input));
      await writeInside(workspace, targetPath, text, (await stat(from)).mode & 0o777);
      return {};
    },
  });
}
