import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import { writeInside } from '../workspace.ts';

export const roadieFsWrite = defineStep({
  id: 'roadiehq:utils:fs:write',
  description: 'Writes a file into the workspace.',
  effect: 'workspace',
  input: z.object({
    path: z.string().min(1),
    // A text that is nothing but an expression may turn out to be something else.
    content: z.unknown().optional().describe('A text; anything else is written as JSON'),
    preserveFormatting: z
      .boolean()
      .optional()
      .describe('Accepted, and without effect: texts are never changed'),
  }),
  output: z.object({ path: z.string() }),
  run: async ({ path, content }, { workspace }) => {
    await writeInside(
      workspace,
      path,
      typeof content === 'string' ? content : JSON.stringify(content ?? '', null, 2),
    );
    return { path };
  },
});
