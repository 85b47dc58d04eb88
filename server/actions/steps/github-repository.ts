/** Repositories at GitHub that step actions make: found again by a mark, and told apart from everybody else's. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { StepContext } from '../step-action.ts';
import type { RepositoryInput } from './github-repository-input.ts';
import { markOf } from './made-mark.ts';
import type { Connection } from './platform-hosts.ts';

export const repositoryShape = z.looseObject({
  html_url: z.string(),
  clone_url: z.string(),
  description: z.string().nullish(),
  topics: z.array(z.string()).default([]),
  default_branch: z.string(),
});
export type Repository = z.output<typeof repositoryShape>;

export const pathOf = ({ owner, repo }: Pick<Connection, 'owner' | 'repo'>) => `/repos/${owner}/${repo}`;

/**
 * How far this step is with a repository. While it is being made, the mark is in its description, the only place
 * that is set in the same moment as the repository is made; in the end it is a topic.
 */
export function stageOf(repository: Repository, key: string): 'foreign' | 'begun' | 'finished' {
  const mark = markOf(key);
  if (repository.description?.includes(`[${mark}]`)) return 'begun';
  return repository.topics.includes(mark) ? 'finished' : 'foreign';
}

/**
 * The repository that this step made, or a new one.
 * @throws {AtriumError} STEP_FAILED when there is another one of that name.
 */
export async function takeOrMake(
  connection: Connection,
  input: RepositoryInput,
  key: string,
): Promise<Repository> {
  const find = () => connection.rest.find(repositoryShape, pathOf(connection));
  const found = await find();
  if (found) return own(found, connection, key);
  const { host, owner, repo, rest } = connection;
  const isOrganization = (await ownerOf(connection)).type === 'Organization';
  const path = isOrganization ? `/orgs/${owner}/repos` : '/user/repos';
  const description = `${input.description ?? ''} [${markOf(key)}]`.trimStart();
  const body = { name: repo, ...settingsOf(input, isOrganization), description };
  const answer = await rest.send(path, { method: 'POST', body, accept: [422] });
  if (answer.status !== 422) return repositoryShape.parse(answer.body);
  // Somebody was faster: an earlier attempt of this step, or a stranger.
  const there = await find();
  if (there) return own(there, connection, key);
  const { message, errors } = z.looseObject({ message: z.string(), errors: z.unknown() }).parse(answer.body);
  const why = `${message} ${JSON.stringify(errors ?? [])}`;
  throw new AtriumError('STEP_FAILED', `${host} does not make ${owner}/${repo}: ${why}`);
}

function own(repository: Repository, { host, owner, repo }: Connection, key: string): Repository {
  if (stageOf(repository, key) !== 'foreign') return repository;
  const words = `${owner}/${repo} exists already at ${host}, and this run did not make it: choose another name`;
  throw new AtriumError('STEP_FAILED', words);
}

async function ownerOf({ rest, owner, host }: Connection): Promise<{ type: string }> {
  const found = await rest.find(z.looseObject({ type: z.string() }), `/users/${owner}`);
  if (found) return found;
  throw new AtriumError('STEP_FAILED', `There is neither a user nor an organisation ${owner} at ${host}`);
}

function settingsOf(input: RepositoryInput, isOrganization: boolean): Record<string, unknown> {
  const { repoVisibility } = input;
  return {
    private: repoVisibility !== 'public',
    ...(isOrganization && { visibility: repoVisibility }),
    homepage: input.homepage,
    has_issues: input.hasIssues,
    has_projects: input.hasProjects,
    has_wiki: input.hasWiki,
    allow_merge_commit: input.allowMergeCommit,
    allow_squash_merge: input.allowSquashMerge,
    allow_rebase_merge: input.allowRebaseMerge,
    allow_auto_merge: input.allowAutoMerge,
    allow_update_branch: input.allowUpdateBranch,
    delete_branch_on_merge: input.deleteBranchOnMerge,
    // GitHub refuses to hear of squashing where it is not allowed.
    ...(input.allowSquashMerge && {
      squash_merge_commit_title: input.squashMergeCommitTitle,
      squash_merge_commit_message: input.squashMergeCommitMessage,
    }),
    ...(isOrganization && input.customProperties && { custom_properties: input.customProperties }),
  };
}

/** Marks the repository as finished: from now on its description is what people want to read. */
export async function finish(
  connection: Connection,
  { description = '', topics }: RepositoryInput,
  key: string,
  defaultBranch?: string,
): Promise<void> {
  const { rest } = connection;
  const path = pathOf(connection);
  const names = [...topics.map((topic) => topic.toLowerCase()), markOf(key)];
  await rest.send(`${path}/topics`, { method: 'PUT', body: { names } });
  const body = { description, ...(defaultBranch !== undefined && { default_branch: defaultBranch }) };
  await rest.send(path, { method: 'PATCH', body });
}

/**
 * Deletes what this step made, unless somebody has worked in it since.
 * @param commitHash the one commit that it had; any single one when absent.
 */
export async function deleteOwn(
  connection: Connection,
  commitHash: string | undefined,
  { key, log }: StepContext,
): Promise<void> {
  const { rest, owner, repo } = connection;
  const path = pathOf(connection);
  const repository = await rest.find(repositoryShape, path);
  if (!repository) return;
  if (stageOf(repository, key) === 'foreign') {
    log.warn(`${owner}/${repo} was not made by this run, and stays`);
    return;
  }
  const answer = await rest.send(`${path}/commits`, { query: { per_page: 2 }, accept: [409] });
  const commits = answer.status === 409 ? [] : z.array(z.looseObject({ sha: z.string() })).parse(answer.body);
  const [head] = commits;
  if (commits.length > 1 || (commitHash && head && head.sha !== commitHash)) {
    const words = `${owner}/${repo} has commits that this run did not make: delete it there, if nobody needs it`;
    throw new AtriumError('STEP_FAILED', words);
  }
  await rest.send(path, { method: 'DELETE', accept: [404] });
}
