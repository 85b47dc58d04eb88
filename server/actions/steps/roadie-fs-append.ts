import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import { inside } from '../workspace.ts';

export const roadieFsAppend = defineStep({
  id: 'roadiehq:utils:fs:append',
  description: 'Adds text at the end of a file of the workspace.',
  effect: 'workspace',
  input: z.object({ path: z.string().min(1), content: z.coerce.string() }),
  output: z.object({ path: z.string() }),
  run: async ({ path, content }, { workspace }) => {
    const full = await inside(workspace, path);
    await mkdir(dirname(full), { recursive: true });
    await appendFile(full, content);
    return { path };
  },
});
