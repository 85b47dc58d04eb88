/** `git:commit`: files of the workspace become the next commit of a branch that exists. */
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
      '`https://…`, `ssh://…`, or `local:NAME` for a repository that a template made on this machine',
    ),
  branch: z.string().min(1).default('main'),
  sourcePath: z
    .string()
    .default('.')
    .describe('Folder in the workspace whose files are put over those there'),
  message: z.string().min(1),
  gitAuthorName: z.string().min(1).optional(),
  gitAuthorEmail: z.string().min(1).optional(),
  token,
});
const output = z.object({ remoteUrl: z.string(), branch: z.string(), commitHash: z.string() });

/** What follows on others' commits is not taken back by taking it away: a revert is for people to make. */
export function gitCommit({ repositories }: Pick<OwnStepDeps, 'repositories'>): OutsideAction[] {
  return defineOutside({
    id: 'git:commit',
    description: 'Adds a commit to a branch of a repository: its files are put over those that are there.',
    input,
    output,
    async plan({ remoteUrl: written, branch, sourcePath }, { workspace }) {
      const remoteUrl = repositories.addressOf(written);
      const entries = await entriesOf(await inside(workspace, sourcePath));
      const files = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
      const summary = `Commit ${files.join(', ')} to the branch ${branch} of ${remoteUrl}`;
      return {
        calls: [{ summary, target: remoteUrl, detail: { files, branch } }],
        output: { remoteUrl, branch, commitHash: '' },
      };
    },
    async run(given, context) {
      const { branch } = given;
      const remoteUrl = repositories.addressOf(given.remoteUrl);
      const { commit } = await repositories.push({
        folder: await inside(context.workspace, given.sourcePath),
        address: remoteUrl,
        branch,
        onto: branch,
        keep: true,
        // What this very run has pushed is recognised by it.
        message: `${given.message}\n\nAtrium-Run: ${context.key}\n`,
        author: starterAsAuthor(given, context),
        token: given.token || undefined,
        signal: context.signal,
      });
      context.log.info(`Pushed ${commit.slice(0, 10)} to ${branch} of ${remoteUrl}`);
      return { output: { remoteUrl, branch, commitHash: commit } };
    },
    // To push again finds what was pushed.
    settle: async () => 'not-done',
  });
}
