/** `publish:github`, `github:repo:create` and `github:repo:push`. */
import { z } from 'zod';
import type { OutsideAction, PlannedCall, StepContext } from '../step-action.ts';
import { authorOf, commitInput } from './commit-inputs.ts';
import { type ProtectionRules, protectionInput, protectWherePossible } from './github-protection.ts';
import {
  deleteOwn,
  finish,
  pathOf,
  type Repository,
  repositoryShape,
  stageOf,
  takeOrMake,
} from './github-repository.ts';
import { dress, newRepositoryInput } from './github-repository-input.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { type Connection, connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';
import { countFiles, sourceFolder } from './workspace-files.ts';

const protectedCommit = {
  ...commitInput,
  protectDefaultBranch: z.boolean().default(true),
  protectEnforceAdmins: z.boolean().default(true),
  ...protectionInput,
};
const publishInput = z.object({ ...newRepositoryInput, ...protectedCommit });
const createInput = z.object(newRepositoryInput);
const pushInput = z.object({ ...repositoryInput, ...protectedCommit });
type PushInput = z.output<typeof pushInput>;

const created = { remoteUrl: z.string().describe('Address to clone from') };
const published = z.object({
  ...created,
  repoContentsUrl: z.string().describe('Address of the files, for catalog:register'),
  commitHash: z.string(),
});

export function publishGithub(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'publish:github',
    description: 'Makes a repository at GitHub, and pushes the workspace to it.',
    input: publishInput,
    output: published,
    missing: missingHost(deps.config, 'github'),
    async plan(input, context) {
      const calls = [creation(input), await pushing(input, context), ...protecting(input)];
      return { calls, output: plannedOutput(input) };
    },
    async run(input, context) {
      const connection = connect(deps, 'github', input, context);
      const folder = await sourceFolder(context.workspace, input.sourcePath);
      const repository = await takeOrMake(connection, input, context.key);
      await dress(connection, input);
      const commitHash = await push(deps, connection, { repository, folder, input, context });
      await finish(connection, input, context.key, input.defaultBranch);
      return { output: outputOf(repository, input.defaultBranch, commitHash) };
    },
    async settle({ defaultBranch, ...input }, context) {
      const connection = connect(deps, 'github', input, context);
      const repository = await connection.rest.find(repositoryShape, pathOf(connection));
      // What is begun is finished by running it again.
      if (!repository || stageOf(repository, context.key) !== 'finished') return 'not-done';
      const head = await headOf(connection, defaultBranch);
      return head ? { output: outputOf(repository, defaultBranch, head) } : 'not-done';
    },
    undo: {
      summary: 'Deletes the repository, while nobody else has pushed to it',
      async run(input, context, { commitHash }) {
        await deleteOwn(connect(deps, 'github', input, context), hashOf(commitHash), context);
        return undefined;
      },
    },
  });
}

export function githubRepoCreate(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:repo:create',
    description: 'Makes an empty repository at GitHub.',
    input: createInput,
    output: z.object(created),
    missing: missingHost(deps.config, 'github'),
    plan: (input) => ({ calls: [creation(input)], output: { remoteUrl: plannedOutput(input).remoteUrl } }),
    async run(input, context) {
      const connection = connect(deps, 'github', input, context);
      const repository = await takeOrMake(connection, input, context.key);
      await dress(connection, input);
      await finish(connection, input, context.key);
      return { output: { remoteUrl: repository.clone_url } };
    },
    async settle(input, context) {
      const connection = connect(deps, 'github', input, context);
      const repository = await connection.rest.find(repositoryShape, pathOf(connection));
      if (!repository || stageOf(repository, context.key) !== 'finished') return 'not-done';
      return { output: { remoteUrl: repository.clone_url } };
    },
    undo: {
      summary: 'Deletes the repository, while it has no more than one commit',
      async run(input, context) {
        await deleteOwn(connect(deps, 'github', input, context), undefined, context);
        return undefined;
      },
    },
  });
}

export function githubRepoPush(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:repo:push',
    description: 'Pushes the workspace to an empty repository at GitHub.',
    input: pushInput,
    output: published,
    missing: missingHost(deps.config, 'github'),
    async plan(input, context) {
      const calls = [await pushing(input, context), ...protecting(input)];
      return { calls, output: plannedOutput(input) };
    },
    async run(input, context) {
      const connection = connect(deps, 'github', input, context);
      const folder = await sourceFolder(context.workspace, input.sourcePath);
      const repository = await connection.rest.read(repositoryShape, pathOf(connection));
      const commitHash = await push(deps, connection, { repository, folder, input, context });
      return { output: outputOf(repository, input.defaultBranch, commitHash) };
    },
    // The same files and message make no second commit.
    settle: async () => 'not-done',
  });
}

interface Pushing {
  repository: Repository;
  folder: string;
  input: PushInput;
  context: StepContext;
}

async function push(
  { push: pushTo }: OutsideStepDeps,
  connection: Connection,
  { repository, folder, input, context }: Pushing,
): Promise<string> {
  const { commit } = await pushTo({
    folder,
    address: repository.clone_url,
    branch: input.defaultBranch,
    message: input.gitCommitMessage,
    author: authorOf(input),
    token: connection.token,
    signal: context.signal,
  });
  if (input.protectDefaultBranch) {
    await protectWherePossible(connection, input.defaultBranch, rulesOf(input), context);
  }
  return commit;
}

async function headOf(connection: Connection, branch: string): Promise<string | undefined> {
  const shape = z.looseObject({ object: z.looseObject({ sha: z.string() }) });
  const path = `${pathOf(connection)}/git/ref/heads/${encodeURIComponent(branch)}`;
  return (await connection.rest.find(shape, path))?.object.sha;
}

function rulesOf(input: PushInput): ProtectionRules {
  return { ...input, enforceAdmins: input.protectEnforceAdmins };
}

const hashOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function outputOf({ clone_url, html_url }: Repository, branch: string, commitHash: string) {
  return { remoteUrl: clone_url, repoContentsUrl: `${html_url}/blob/${branch}`, commitHash };
}

function plannedOutput({ repoUrl, defaultBranch = '' }: { repoUrl: string; defaultBranch?: string }) {
  const { host, owner, repo } = readRepoUrl(repoUrl);
  const page = `https://${host}/${owner}/${repo}`;
  return { remoteUrl: `${page}.git`, repoContentsUrl: `${page}/blob/${defaultBranch}`, commitHash: '' };
}

function creation(input: z.output<typeof createInput>): PlannedCall {
  const { host, owner, repo } = readRepoUrl(input.repoUrl);
  const { repoVisibility, description = '', topics, collaborators, access, repoVariables } = input;
  const given = access ? [{ access: 'admin', to: access }, ...collaborators] : collaborators;
  const variables = Object.keys(repoVariables);
  const detail = { visibility: repoVisibility, description, topics, collaborators: given, variables };
  return {
    summary: `Make the ${repoVisibility} repository ${owner}/${repo}`,
    target: `${host}/${owner}/${repo}`,
    detail,
  };
}

async function pushing(input: PushInput, { workspace }: StepContext): Promise<PlannedCall> {
  const { host, owner, repo } = readRepoUrl(input.repoUrl);
  const files = await countFiles(workspace, input.sourcePath);
  const { defaultBranch: branch, gitCommitMessage: message } = input;
  const { name, email } = authorOf(input);
  const detail = { branch, message, author: `${name} <${email}>`, files };
  const summary = `Push ${files} ${files === 1 ? 'file' : 'files'} to ${branch} of ${owner}/${repo}`;
  return { summary, target: `${host}/${owner}/${repo}`, detail };
}

function protecting(input: PushInput): PlannedCall[] {
  if (!input.protectDefaultBranch) return [];
  const { host, owner, repo } = readRepoUrl(input.repoUrl);
  const { requiredApprovingReviewCount: approvals, requiredStatusCheckContexts: checks } = input;
  const summary = `Protect ${input.defaultBranch} of ${owner}/${repo}`;
  return [{ summary, target: `${host}/${owner}/${repo}`, detail: { approvals, checks } }];
}
