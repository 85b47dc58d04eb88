import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { defineStep } from '../define-step.ts';
import type { WorkspaceAction } from '../step-action.ts';
import { copyInside, entriesOf, makeInside } from '../workspace.ts';
import type { WorkspaceStepDeps } from './deps.ts';
import { targetPath, token, url, withTree } from './inputs.ts';

export function fetchPlain({ fetchTree }: Pick<WorkspaceStepDeps, 'fetchTree'>): WorkspaceAction {
  return defineStep({
    id: 'fetch:plain',
    description: 'Copies a folder of a repository into the workspace, as it is.',
    effect: 'workspace',
    input: z.object({ url, targetPath, token }),
    run: (input, context) =>
      withTree(fetchTree, input, context, async ({ path }) => {
        if (!(await stat(path)).isDirectory()) {
          throw new AtriumError('STEP_FAILED', `${input.url} is no folder: fetch:plain:file copies one file`);
        }
        await makeInside(context.workspace, input.targetPath);
        for (const entry of await entriesOf(path)) {
          const target = `${input.targetPath}/${entry.path}`;
          if (entry.kind === 'folder') await makeInside(context.workspace, target);
          else if (!(await copyInside(join(path, entry.path), entry, context.workspace, target))) {
            context.log.warn(`${entry.path} is left out: it is a link that leads out of the workspace`);
          }
        }
        return {};
      }),
  });
}
