import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { defineStep } from '../define-step.ts';
import { existsInside, inside } from '../workspace.ts';

export const fsRename = defineStep({
  id: 'fs:rename',
  description: 'Renames or moves files and folders of the workspace.',
  effect: 'workspace',
  input: z.object({
    files: z.array(
      z.object({
        from: z.string().min(1),
        to: z.string().min(1),
        overwrite: z.boolean().optional().describe('Whether what is there already is replaced'),
      }),
    ),
  }),
  run: async ({ files }, { workspace, log }) => {
    for (const { from, to, overwrite } of files) {
      await move(workspace, from, to, overwrite ?? false);
      log.info(`${from} is now ${to}`);
    }
    return {};
  },
});

async function move(workspace: string, from: string, to: string, overwrite: boolean): Promise<void> {
  const source = await inside(workspace, from, true);
  const target = await inside(workspace, to, true);
  if (source === target) return;
  if (target.startsWith(`${source}/`)) {
    throw new AtriumError('STEP_FAILED', `${from} can't be moved into itself`);
  }
  if (await existsInside(workspace, to)) {
    if (!overwrite)
      throw new AtriumError('STEP_FAILED', `${to} is there already; overwrite: true replaces it`);
    if (source.startsWith(`${target}/`)) {
      throw new AtriumError('STEP_FAILED', `${from} lies in ${to}, which it would replace`);
    }
    await rm(target, { recursive: true, force: true });
  }
  await mkdir(dirname(target), { recursive: true });
  await rename(source, target);
}
