import { lstat, rm } from 'node:fs/promises';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { defineStep } from '../define-step.ts';
import { matchingPaths } from '../globs.ts';
import { entriesOf, inside } from '../workspace.ts';

export const fsDelete = defineStep({
  id: 'fs:delete',
  description: 'Deletes files and folders of the workspace.',
  effect: 'workspace',
  input: z.object({ files: z.array(z.string().min(1)).describe('Paths or globs') }),
  run: async ({ files }, { workspace, log }) => {
    for (const file of files) {
      const found = await pathsOf(workspace, file);
      for (const path of found) {
        const full = await inside(workspace, path, true);
        if (full === (await inside(workspace, '.'))) {
          throw new AtriumError('STEP_FAILED', 'The workspace itself can’t be deleted; name what is in it');
        }
        await rm(full, { recursive: true, force: true });
      }
      log.info(found.length > 0 ? `${found.join(', ')} deleted` : `${file}: there is nothing to delete`);
    }
    return {};
  },
});

/** What is there under just this name, else what matches it as a glob. */
async function pathsOf(workspace: string, file: string): Promise<string[]> {
  const full = await inside(workspace, file, true);
  if (await lstat(full).catch(() => undefined)) return [file];
  return matchingPaths(await entriesOf(workspace), file, true);
}
