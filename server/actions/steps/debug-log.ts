import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import { entriesOf } from '../workspace.ts';

/** Of one file's text in the log. */
const LONGEST_SHOWN = 20_000;

export const debugLog = defineStep({
  id: 'debug:log',
  description: 'Writes a message, or what is in the workspace, into the log of the run.',
  effect: 'none',
  input: z.object({
    message: z.unknown().optional().describe('A text; anything else is written as JSON'),
    listWorkspace: z
      .union([z.boolean(), z.enum(['with-filenames', 'with-contents'])])
      .optional()
      .describe('Whether the files of the workspace are listed, with their contents or without'),
  }),
  run: async ({ message, listWorkspace }, context) => {
    if (message !== undefined && message !== null && message !== '') {
      context.log.info(typeof message === 'string' ? message : JSON.stringify(message, null, 2));
    }
    if (listWorkspace) context.log.info(await listing(context.workspace, listWorkspace === 'with-contents'));
    return {};
  },
});

async function listing(workspace: string, withContents: boolean): Promise<string> {
  const files = (await entriesOf(workspace)).filter(({ kind }) => kind !== 'folder');
  const lines = files.map(async ({ path, kind }) => {
    if (!withContents || kind === 'link') return `  - ${path}`;
    const text = await readFile(join(workspace, path), 'utf8');
    return `  - ${path}:\n\n${text.slice(0, LONGEST_SHOWN)}`;
  });
  return `Workspace:\n${(await Promise.all(lines)).join('\n')}`;
}
