import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { replaceAll } from '../bounded-patterns.ts';
import { defineStep } from '../define-step.ts';
import { matchingPaths } from '../globs.ts';
import { entriesOf, inside } from '../workspace.ts';

const replacement = z.object({
  file: z.string().min(1).describe('Path or glob'),
  find: z.string().min(1),
  replaceWith: z.string().default(''),
  matchRegex: z.boolean().default(false).describe('Whether find is a regular expression'),
  includeDotFiles: z.boolean().default(false).describe('Whether a glob finds names that begin with a dot'),
});

export const roadieFsReplace = defineStep({
  id: 'roadiehq:utils:fs:replace',
  description: 'Replaces text in files of the workspace.',
  effect: 'workspace',
  input: z.object({ files: z.array(replacement) }),
  run: async ({ files }, { workspace }) => {
    for (const item of files) {
      const entries = (await entriesOf(workspace)).filter(({ kind }) => kind === 'file');
      for (const path of matchingPaths(entries, item.file, item.includeDotFiles)) {
        const full = await inside(workspace, path);
        const text = await readFile(full, 'utf8');
        const replaced = replace(text, item);
        if (replaced !== text) await writeFile(full, replaced);
      }
    }
    return {};
  },
});

function replace(text: string, { find, replaceWith, matchRegex }: z.output<typeof replacement>): string {
  if (!matchRegex) return text.replaceAll(find, () => replaceWith);
  try {
    return replaceAll(new RegExp(find, 'g'), text, replaceWith);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it takes too long';
    throw new AtriumError('STEP_FAILED', `The pattern ${find} can't be used: ${reason}`);
  }
}
