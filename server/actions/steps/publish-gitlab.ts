/** `publish:gitlab`. */
import { z } from 'zod';
import type { OutsideAction } from '../step-action.ts';
import { authorOf, commitInput } from './commit-inputs.ts';
import {
  deleteOwnProject,
  dressProject,
  isOwn,
  newProjectInput,
  type Project,
  projectPath,
  projectShape,
  takeOrMakeProject,
} from './gitlab-project.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside, unsupported } from './outside-step.ts';
import { connect, missingHost, readRepoUrl } from './platform-hosts.ts';
import { countFiles, sourceFolder } from './workspace-files.ts';

const input = z.object({
  ...newProjectInput,
  ...commitInput,
  setUserAsOwner: unsupported('name the members in the group that the project belongs to'),
  ownerUsername: unsupported('name the members in the group that the project belongs to'),
});
type Input = z.output<typeof input>;

const output = z.object({
  remoteUrl: z.string().describe('Address of the project'),
  repoContentsUrl: z.string().describe('Address of the files, for catalog:register'),
  projectId: z.number(),
  commitHash: z.string(),
  created: z.boolean(),
});

const headShape = z.looseObject({ commit: z.looseObject({ id: z.string() }) });

export function publishGitlab(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'publish:gitlab',
    description: 'Makes a project at GitLab, and pushes the workspace to it.',
    input,
    output,
    missing: missingHost(deps.config, 'gitlab'),
    plan: async (given, { workspace }) => planned(given, await countFiles(workspace, given.sourcePath)),
    async run(given, context) {
      const connection = connect(deps, 'gitlab', given, context);
      const folder = await sourceFolder(context.workspace, given.sourcePath);
      const { project, created } = await takeOrMakeProject(connection, given, context.key);
      if (!created) return { output: outputOf(project, given, '', false) };
      const { commit } = await deps.push({
        folder,
        address: project.http_url_to_repo,
        branch: given.defaultBranch,
        message: given.gitCommitMessage,
        author: authorOf(given),
        token: connection.token,
        signal: context.signal,
      });
      await dressProject(connection.rest, project, given, given.defaultBranch);
      return { output: outputOf(project, given, commit, true) };
    },
    async settle(given, context) {
      const { rest, ...of } = connect(deps, 'gitlab', given, context);
      const project = await rest.find(projectShape, projectPath(of));
      if (!project || !isOwn(project, context.key)) return 'not-done';
      // Branches and variables come after the files; saying them again does no harm.
      if (given.branches.length + given.projectVariables.length > 0) return 'not-done';
      const branch = encodeURIComponent(given.defaultBranch);
      const head = await rest.find(headShape, `/projects/${project.id}/repository/branches/${branch}`);
      return head ? { output: outputOf(project, given, head.commit.id, true) } : 'not-done';
    },
    undo: {
      summary: 'Deletes the project, while nobody else has pushed to it',
      async run(given, context, { commitHash, created }) {
        if (created === false) return undefined;
        const hash = typeof commitHash === 'string' && commitHash !== '' ? commitHash : undefined;
        await deleteOwnProject(connect(deps, 'gitlab', given, context), hash, context);
        return undefined;
      },
    },
  });
}

function outputOf(project: Project, { defaultBranch }: Input, commitHash: string, created: boolean) {
  const remoteUrl = project.http_url_to_repo.replace(/\.git$/, '');
  const branch = created ? defaultBranch : (project.default_branch ?? defaultBranch);
  const repoContentsUrl = `${remoteUrl}/-/blob/${branch}`;
  return { remoteUrl, repoContentsUrl, projectId: project.id, commitHash, created };
}

function planned(given: Input, files: number) {
  const { host, owner, repo } = readRepoUrl(given.repoUrl);
  const target = `${host}/${owner}/${repo}`;
  const { repoVisibility: visibility, defaultBranch: branch, topics, gitCommitMessage: message } = given;
  const variables = given.projectVariables.map(({ key }) => key);
  const branches = given.branches.map(({ name }) => name);
  const { name, email } = authorOf(given);
  const calls = [
    {
      summary: `Make the ${visibility} project ${owner}/${repo}`,
      target,
      detail: { visibility, topics, branches, variables },
    },
    {
      summary: `Push ${files} ${files === 1 ? 'file' : 'files'} to ${branch} of ${owner}/${repo}`,
      target,
      detail: { branch, message, author: `${name} <${email}>`, files },
    },
  ];
  const remoteUrl = `https://${target}`;
  const repoContentsUrl = `${remoteUrl}/-/blob/${branch}`;
  return { calls, output: { remoteUrl, repoContentsUrl, projectId: 0, commitHash: '', created: true } };
}
