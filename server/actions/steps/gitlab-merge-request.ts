/** `publish:gitlab:merge-request`: the workspace as a change that somebody reviews. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction, StepContext } from '../step-action.ts';
import { authorInput, authorOf } from './commit-inputs.ts';
import { commitTo, headOfBranch } from './gitlab-commit.ts';
import { type Project, projectPath, projectShape } from './gitlab-project.ts';
import { commentMark, marked, markOf, trailer } from './made-mark.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { type Connection, connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';
import type { Rest } from './rest.ts';
import { commitFiles, countFiles, sourcePath } from './workspace-files.ts';

const input = z.object({
  ...repositoryInput,
  title: z.string().min(1),
  description: z.string().default(''),
  branchName: z.string().min(1).optional().describe('Branch that is made for it'),
  targetBranchName: z.string().min(1).optional().describe('Branch that it is to be merged into'),
  sourcePath,
  targetPath: z.string().optional().describe('Folder in the repository that the files go to'),
  commitAction: z.enum(['auto', 'create', 'update', 'delete', 'skip']).default('auto'),
  commitMessage: z.string().optional().describe('The title when absent'),
  removeSourceBranch: z.boolean().default(false).describe('Whether the branch goes when it is merged'),
  assignee: z.string().optional(),
  reviewers: z.array(z.string()).default([]),
  labels: z.union([z.string(), z.array(z.string())]).default([]),
  ...authorInput,
});
type Input = z.output<typeof input>;

const output = z.object({
  targetBranchName: z.string(),
  projectid: z.string(),
  projectPath: z.string(),
  mergeRequestUrl: z.string(),
  mergeRequestId: z.number(),
});

const requestShape = z.looseObject({
  iid: z.number(),
  web_url: z.string(),
  description: z.string().nullish(),
  state: z.string(),
  target_branch: z.string(),
});
type MergeRequest = z.output<typeof requestShape>;

export function gitlabMergeRequest(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'publish:gitlab:merge-request',
    description: 'Opens a merge request at GitLab with the files of the workspace.',
    input,
    output,
    missing: missingHost(deps.config, 'gitlab'),
    async plan(given, { workspace, key }) {
      const { host, owner, repo } = readRepoUrl(given.repoUrl);
      const { title, description, targetBranchName = '', reviewers, assignee, labels } = given;
      const files = await countFiles(workspace, given.sourcePath);
      const branch = branchOf(given, key);
      const detail = {
        title,
        description,
        branch,
        into: targetBranchName,
        files,
        reviewers,
        assignee,
        labels,
      };
      const target = `${host}/${owner}/${repo}`;
      const summary = `Open the merge request “${title}” in ${owner}/${repo}`;
      const mergeRequestUrl = `https://${target}/-/merge_requests/0`;
      const made = { targetBranchName, projectid: '', projectPath: `${owner}/${repo}`, mergeRequestUrl };
      return { calls: [{ summary, target, detail }], output: { ...made, mergeRequestId: 0 } };
    },
    async run(given, context) {
      const at = await placeOf(connect(deps, 'gitlab', given, context));
      const made = (await ownRequest(at, given, context.key)) ?? (await open(at, given, context));
      return { output: outputOf(at, made) };
    },
    async settle(given, context) {
      const at = await placeOf(connect(deps, 'gitlab', given, context));
      const found = await ownRequest(at, given, context.key);
      return found ? { output: outputOf(at, found) } : 'not-done';
    },
    undo: {
      summary: 'Closes the merge request and removes its branch, unless it is merged',
      async run(given, context) {
        await takeBack(await placeOf(connect(deps, 'gitlab', given, context)), given, context);
        return undefined;
      },
    },
  });
}

interface Place {
  rest: Rest;
  project: Project;
  path: string;
}

async function placeOf({ rest, ...of }: Connection): Promise<Place> {
  const project = await rest.read(projectShape, projectPath(of));
  return { rest, project, path: `/projects/${project.id}` };
}

const branchOf = ({ branchName }: Input, key: string) => branchName ?? markOf(key);

function outputOf({ project }: Place, { iid, web_url, target_branch }: MergeRequest) {
  const { id, path_with_namespace } = project;
  const place = { projectid: String(id), projectPath: path_with_namespace };
  return { ...place, targetBranchName: target_branch, mergeRequestUrl: web_url, mergeRequestId: iid };
}

async function ownRequest(
  { rest, path }: Place,
  given: Input,
  key: string,
): Promise<MergeRequest | undefined> {
  const query = { source_branch: branchOf(given, key), state: 'all' };
  const found = await rest.all(requestShape, `${path}/merge_requests`, query);
  return found.find(({ description }) => description?.includes(commentMark(key)));
}

async function open(at: Place, given: Input, { key, workspace }: StepContext): Promise<MergeRequest> {
  const { rest, path, project } = at;
  const branch = branchOf(given, key);
  const target = given.targetBranchName ?? project.default_branch ?? 'main';
  const there = await headOfBranch(rest, path, branch);
  if (there && !there.message.includes(trailer(key))) {
    throw new AtriumError('STEP_FAILED', `The branch ${branch} exists already: choose another name`);
  }
  if (!there) {
    await commitTo(rest, path, {
      branch,
      from: target,
      files: await commitFiles(workspace, given.sourcePath, given.targetPath),
      action: given.commitAction,
      message: `${given.commitMessage ?? given.title}\n\n${trailer(key)}`,
      author: authorOf(given),
    });
  }
  const body = {
    source_branch: branch,
    target_branch: target,
    title: given.title,
    description: marked(given.description, key),
    remove_source_branch: given.removeSourceBranch,
    labels: [given.labels].flat().join(','),
    ...(given.assignee && { assignee_id: await userId(rest, given.assignee) }),
    ...(given.reviewers.length > 0 && { reviewer_ids: await userIds(rest, given.reviewers) }),
  };
  return rest.read(requestShape, `${path}/merge_requests`, { method: 'POST', body });
}

async function userIds(rest: Rest, names: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) ids.push(await userId(rest, name));
  return ids;
}

async function userId(rest: Rest, name: string): Promise<number> {
  const username = name.replace(/^@/, '');
  const query = { username };
  const [user] = await rest.read(z.array(z.looseObject({ id: z.number() })), '/users', { query });
  if (user) return user.id;
  throw new AtriumError('STEP_FAILED', `There is no user ${username} at GitLab`);
}

async function takeBack(at: Place, given: Input, { key, log }: StepContext): Promise<void> {
  const { rest, path } = at;
  const branch = branchOf(given, key);
  const found = await ownRequest(at, given, key);
  if (found?.state === 'merged')
    throw new AtriumError('STEP_FAILED', `${found.web_url} is merged: revert it there`);
  if (found?.state === 'opened') {
    await rest.send(`${path}/merge_requests/${found.iid}`, { method: 'PUT', body: { state_event: 'close' } });
  }
  const head = await headOfBranch(rest, path, branch);
  if (!head) return;
  const address = `${path}/repository/branches/${encodeURIComponent(branch)}`;
  if (head.message.includes(trailer(key))) await rest.send(address, { method: 'DELETE', accept: [404] });
  else log.warn(`The branch ${branch} has commits of others, and stays`);
}
