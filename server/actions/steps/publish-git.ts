/** `publish:git`: the workspace becomes the first commit of a repository. */
import { z } from 'zod';
import type { OutsideAction } from '../step-action.ts';
import { entriesOf, inside } from '../workspace.ts';
import { token } from './inputs.ts';
import type { OwnStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { starterAsAuthor } from './starter-as-author.ts';

const input = z.object({
  remoteUrl: z
    .string()
    .min(1)
    .describe(
      '`https://…`, `ssh://…`, or `local:NAME` for a bare repository on the machine of the portal, which is made',
    ),
  defaultBranch: z.string().min(1).default('main'),
  sourcePath: z.string().default('.').describe('Folder in the workspace whose files are published'),
  gitCommitMessage: z.string().min(1).default('Initial commit'),
  gitAuthorName: z.string().min(1).optional(),
  gitAuthorEmail: z.string().min(1).optional(),
  token,
});
const output = z.object({
  remoteUrl: z.string(),
  repoContentsUrl: z.string(),
  commitHash: z.string(),
  branch: z.string(),
  made: z.boolean().describe('Whether the repository was made for it'),
});

export function publishGit({ repositories }: Pick<OwnStepDeps, 'repositories'>): OutsideAction[] {
  return defineOutside({
    id: 'publish:git',
    description: 'Publishes the workspace as the first commit of a git repository.',
    input,
    output,
    async plan({ remoteUrl: written, defaultBranch: branch, sourcePath }, { workspace }) {
      const remoteUrl = repositories.addressOf(written);
      const entries = await entriesOf(await inside(workspace, sourcePath));
      const files = entries.filter(({ kind }) => kind === 'file').length;
      const summary = `Push ${files} files to the branch ${branch} of ${remoteUrl}`;
      return {
        calls: [{ summary, target: remoteUrl, detail: { files, branch } }],
        output: { remoteUrl, repoContentsUrl: remoteUrl, commitHash: '', branch, made: false },
      };
    },
    async run(given, context) {
      const { defaultBranch: branch } = given;
      const address = repositories.addressOf(given.remoteUrl);
      const made = address.startsWith('file://') && (await repositories.make(address, branch, context.key));
      const { commit } = await repositories.push({
        folder: await inside(context.workspace, given.sourcePath),
        address,
        branch,
        // What this very run has pushed is recognised by it.
        message: `${given.gitCommitMessage}\n\nAtrium-Run: ${context.key}\n`,
        author: starterAsAuthor(given, context),
        token: given.token || undefined,
        signal: context.signal,
      });
      context.log.info(`Pushed ${commit.slice(0, 10)} to ${address}`);
      return { output: { remoteUrl: address, repoContentsUrl: address, commitHash: commit, branch, made } };
    },
    // To push again finds what was pushed.
    settle: async () => 'not-done',
    undo: {
      summary: 'Removes the branch, and the repository where it was made for it and nothing was added since',
      async run({ token: password }, _context, { remoteUrl, branch, commitHash, made }) {
        await repositories.takeBack({
          address: String(remoteUrl),
          branch: String(branch),
          commit: String(commitHash),
          made: made === true,
          token: password || undefined,
        });
        return undefined;
      },
    },
  });
}
