import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { defineStep } from '../define-step.ts';
import { inside } from '../workspace.ts';

/** It becomes part of the run, and is shown. */
const LARGEST = 4 * 1024 * 1024;

export const fsRead = defineStep({
  id: 'fs:read',
  description: 'Gives the text of a file of the workspace to later steps.',
  effect: 'none',
  input: z.object({ path: z.string().min(1) }),
  output: z.object({ content: z.string() }),
  run: async ({ path }, { workspace }) => {
    const full = await inside(workspace, path);
    if ((await stat(full)).size > LARGEST) {
      throw new AtriumError('STEP_FAILED', `${path} is larger than ${LARGEST} bytes`);
    }
    return { content: await readFile(full, 'utf8') };
  },
});
