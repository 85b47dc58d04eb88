/** `publish:github:pull-request`: the workspace as a change that somebody reviews. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction, StepContext } from '../step-action.ts';
import { authorInput, authorOf } from './commit-inputs.ts';
import { headCommit, makeCommit } from './github-commit.ts';
import { pathOf, repositoryShape } from './github-repository.ts';
import { commentMark, marked, markOf, trailer } from './made-mark.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside, unsupported } from './outside-step.ts';
import { type Connection, connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';
import { commitFiles, countFiles, repositoryPath, sourcePath } from './workspace-files.ts';

const input = z.object({
  ...repositoryInput,
  branchName: z.string().min(1).optional().describe('Branch that is made for it'),
  targetBranchName: z.string().min(1).optional().describe('Branch that it is to be merged into'),
  title: z.string().min(1),
  description: z.string(),
  draft: z.boolean().default(false),
  sourcePath,
  targetPath: z.string().optional().describe('Folder in the repository that the files go to'),
  filesToDelete: z.array(z.string()).default([]),
  reviewers: z.array(z.string()).default([]),
  teamReviewers: z.array(z.string()).default([]),
  assignees: z.array(z.string()).default([]),
  commitMessage: z.string().optional().describe('The title when absent'),
  update: z.boolean().default(false).describe('Whether the branch may be there, and get one more commit'),
  createWhenEmpty: z.boolean().default(true).describe('Whether it is made when nothing changes'),
  ...authorInput,
  forceEmptyGitAuthor: z.boolean().default(false).describe('Leave the author of the commit to GitHub'),
  forceFork: unsupported('the branch is made in the repository itself'),
});
type Input = z.output<typeof input>;

const output = z.object({
  targetBranchName: z.string(),
  remoteUrl: z.string().optional().describe('Page of the pull request'),
  pullRequestNumber: z.number().optional(),
});

const pullShape = z.looseObject({
  number: z.number(),
  html_url: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  merged_at: z.string().nullish(),
  base: z.looseObject({ ref: z.string() }),
});
type Pull = z.output<typeof pullShape>;

export function githubPullRequest(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'publish:github:pull-request',
    description: 'Opens a pull request at GitHub with the files of the workspace.',
    input,
    output,
    missing: missingHost(deps.config, 'github'),
    async plan(given, { workspace, key }) {
      const { host, owner, repo } = readRepoUrl(given.repoUrl);
      const {
        title,
        description,
        targetBranchName = '',
        filesToDelete,
        reviewers,
        teamReviewers,
        draft,
      } = given;
      const files = await countFiles(workspace, given.sourcePath);
      const branch = branchOf(given, key);
      const detail = { title, description, branch, files, filesToDelete, reviewers, teamReviewers, draft };
      const summary = `Open the pull request “${title}” in ${owner}/${repo}`;
      const call = {
        summary,
        target: `${host}/${owner}/${repo}`,
        detail: { ...detail, into: targetBranchName },
      };
      const remoteUrl = `https://${host}/${owner}/${repo}/pull/0`;
      return { calls: [call], output: { targetBranchName, remoteUrl, pullRequestNumber: 0 } };
    },
    async run(given, context) {
      const connection = connect(deps, 'github', given, context);
      const pull =
        (await ownPull(connection, given, context.key)) ?? (await open(connection, given, context));
      if (typeof pull === 'string') return { output: { targetBranchName: pull } };
      await ask(connection, given, pull.number);
      return { output: outputOf(pull) };
    },
    async settle(given, context) {
      const pull = await ownPull(connect(deps, 'github', given, context), given, context.key);
      return pull ? { output: outputOf(pull) } : 'not-done';
    },
    undo: {
      summary: 'Closes the pull request and removes its branch, unless it is merged',
      async run(given, context) {
        await takeBack(connect(deps, 'github', given, context), given, context);
        return undefined;
      },
    },
  });
}

const branchOf = ({ branchName }: Input, key: string) => branchName ?? markOf(key);

function outputOf({ base, html_url, number }: Pull) {
  return { targetBranchName: base.ref, remoteUrl: html_url, pullRequestNumber: number };
}

/** All of the branch, the newest first. */
function pullsOf({ rest, ...of }: Connection, branch: string): Promise<Pull[]> {
  const query = { head: `${of.owner}:${branch}`, state: 'all', sort: 'created', direction: 'desc' };
  return rest.all(pullShape, `${pathOf(of)}/pulls`, query);
}

async function ownPull(connection: Connection, given: Input, key: string): Promise<Pull | undefined> {
  const mark = commentMark(key);
  return (await pullsOf(connection, branchOf(given, key))).find(({ body }) => body?.includes(mark));
}

/** @returns the name of the target branch when there is nothing to be changed and none is wanted then. */
async function open(
  connection: Connection,
  given: Input,
  { key, workspace, log }: StepContext,
): Promise<Pull | string> {
  const { rest } = connection;
  const path = pathOf(connection);
  const head = branchOf(given, key);
  const base = given.targetBranchName ?? (await rest.read(repositoryShape, path)).default_branch;
  const there = await headCommit(rest, path, head);
  const isOwn = there?.message.includes(trailer(key)) ?? false;
  if (there && !isOwn && !given.update) {
    const words = `The branch ${head} exists already: choose another name, or say update: true to add to it`;
    throw new AtriumError('STEP_FAILED', words);
  }
  if (!isOwn) {
    const parent = there ?? (await headCommit(rest, path, base));
    if (!parent)
      throw new AtriumError('STEP_FAILED', `There is no branch ${base} to open a pull request for`);
    const commit = await makeCommit(rest, path, {
      parent: parent.sha,
      files: await commitFiles(workspace, given.sourcePath, given.targetPath),
      remove: given.filesToDelete.map((name) => repositoryPath(given.targetPath, name)),
      message: `${given.commitMessage ?? given.title}\n\n${trailer(key)}`,
      author: given.forceEmptyGitAuthor ? undefined : authorOf(given),
    });
    if (!commit.changed && !given.createWhenEmpty) {
      log.info('The files are as they are in the repository: there is nothing to open a pull request for');
      return base;
    }
    await setBranch(connection, head, commit.sha, there !== undefined);
  }
  return openedFor(connection, given, { head, base, key });
}

async function setBranch(
  { rest, ...of }: Connection,
  branch: string,
  sha: string,
  isThere: boolean,
): Promise<void> {
  const refs = `${pathOf(of)}/git/refs`;
  if (isThere)
    await rest.send(`${refs}/heads/${encodeURIComponent(branch)}`, { method: 'PATCH', body: { sha } });
  else await rest.send(refs, { method: 'POST', body: { ref: `refs/heads/${branch}`, sha } });
}

async function openedFor(
  connection: Connection,
  given: Input,
  { head, base, key }: { head: string; base: string; key: string },
): Promise<Pull> {
  const { rest } = connection;
  const pulls = `${pathOf(connection)}/pulls`;
  const text = { title: given.title, body: marked(given.description, key) };
  const open = (await pullsOf(connection, head)).find(({ state }) => state === 'open');
  if (open) {
    const body = marked(`${text.body}\n\n${updated(key)}`, key);
    return rest.read(pullShape, `${pulls}/${open.number}`, { method: 'PATCH', body: { ...text, body } });
  }
  return rest.read(pullShape, pulls, { method: 'POST', body: { ...text, head, base, draft: given.draft } });
}

/** In the text of a pull request that was there before. */
const updated = (key: string) => commentMark(`updated ${key}`);

async function ask({ rest, ...of }: Connection, given: Input, number: number): Promise<void> {
  const path = pathOf(of);
  const { reviewers, teamReviewers: team_reviewers, assignees } = given;
  const post = (at: string, body: unknown) => rest.send(at, { method: 'POST', body });
  if (reviewers.length + team_reviewers.length > 0) {
    await post(`${path}/pulls/${number}/requested_reviewers`, { reviewers, team_reviewers });
  }
  if (assignees.length > 0) await post(`${path}/issues/${number}/assignees`, { assignees });
}

async function takeBack(connection: Connection, given: Input, { key, log }: StepContext): Promise<void> {
  const { rest } = connection;
  const path = pathOf(connection);
  const branch = branchOf(given, key);
  const pull = await ownPull(connection, given, key);
  if (pull?.merged_at) {
    throw new AtriumError('STEP_FAILED', `${pull.html_url} is merged: revert it there`);
  }
  if (pull?.body?.includes(updated(key))) {
    log.warn(`${pull.html_url} was there before this run, and stays with the commit that was added`);
    return;
  }
  if (pull?.state === 'open') {
    await rest.send(`${path}/pulls/${pull.number}`, { method: 'PATCH', body: { state: 'closed' } });
  }
  const head = await headCommit(rest, path, branch);
  if (!head) return;
  const isOwn = head.message.includes(trailer(key));
  const ref = `${path}/git/refs/heads/${encodeURIComponent(branch)}`;
  if (isOwn) await rest.send(ref, { method: 'DELETE', accept: [404, 422] });
  else log.warn(`The branch ${branch} has commits of others, and stays`);
}
