/** Inputs that publishing actions share. */
import { z } from 'zod';
import { sourcePath } from './workspace-files.ts';

const AUTHOR = { name: 'Atrium', email: 'atrium@localhost' };

export const authorInput = {
  gitAuthorName: z.string().optional().describe(`Author of the commit; ${AUTHOR.name} when absent`),
  gitAuthorEmail: z.string().optional().describe(`Address of the author; ${AUTHOR.email} when absent`),
};

export const commitInput = {
  ...authorInput,
  gitCommitMessage: z.string().default('initial commit').describe('Message of the commit'),
  defaultBranch: z.string().min(1).default('master').describe('Branch that the files are pushed to'),
  sourcePath,
};

export function authorOf({
  gitAuthorName,
  gitAuthorEmail,
}: {
  gitAuthorName?: string | undefined;
  gitAuthorEmail?: string | undefined;
}): { name: string; email: string } {
  return { name: gitAuthorName || AUTHOR.name, email: gitAuthorEmail || AUTHOR.email };
}
