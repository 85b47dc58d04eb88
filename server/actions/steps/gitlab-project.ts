/** Projects at GitLab that step actions make: found again by a topic. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { StepContext } from '../step-action.ts';
import { markOf } from './made-mark.ts';
import { type Connection, repositoryInput } from './platform-hosts.ts';
import type { Rest } from './rest.ts';

const branch = z.object({
  name: z.string().min(1),
  protect: z.boolean().default(false),
  create: z.boolean().default(false),
  ref: z.string().optional().describe('What it starts from; the default branch when absent'),
});
const variable = z.object({
  key: z.string().min(1),
  value: z.string(),
  description: z.string().optional(),
  variable_type: z.string().optional(),
  protected: z.boolean().optional(),
  masked: z.boolean().optional(),
  raw: z.boolean().optional(),
  environment_scope: z.string().optional(),
});

export const newProjectInput = {
  ...repositoryInput,
  repoVisibility: z.enum(['private', 'internal', 'public']).default('private'),
  skipExisting: z.boolean().default(false).describe('Whether a project that is there is left as it is'),
  topics: z.array(z.string()).default([]),
  settings: z.record(z.string(), z.unknown()).default({}).describe('As the API takes them for a new project'),
  branches: z.array(branch).default([]),
  projectVariables: z.array(variable).default([]),
};
const shape = z.object(newProjectInput);
export type ProjectInput = z.output<typeof shape>;

export const projectShape = z.looseObject({
  id: z.number(),
  http_url_to_repo: z.string(),
  path_with_namespace: z.string(),
  topics: z.array(z.string()).default([]),
  default_branch: z.string().nullish(),
});
export type Project = z.output<typeof projectShape>;

export const projectPath = ({ owner, repo }: Pick<Connection, 'owner' | 'repo'>) =>
  `/projects/${encodeURIComponent(`${owner}/${repo}`)}`;

export const isOwn = ({ topics }: Project, key: string) => topics.includes(markOf(key));

/** @throws {AtriumError} STEP_FAILED when there is a project of that name that this step did not make. */
export async function takeOrMakeProject(
  connection: Connection,
  input: ProjectInput,
  key: string,
): Promise<{ project: Project; created: boolean }> {
  const { rest, owner, repo, host } = connection;
  const found = await rest.find(projectShape, projectPath(connection));
  if (found && isOwn(found, key)) return { project: found, created: true };
  if (found && input.skipExisting) return { project: found, created: false };
  if (found) {
    const words = `${owner}/${repo} exists already at ${host}, and this run did not make it: choose another name`;
    throw new AtriumError('STEP_FAILED', words);
  }
  const namespace = await rest.find(
    z.looseObject({ id: z.number() }),
    `/namespaces/${encodeURIComponent(owner)}`,
  );
  if (!namespace) throw new AtriumError('STEP_FAILED', `There is no namespace ${owner} at ${host}`);
  const body = {
    ...input.settings,
    name: repo,
    path: repo,
    namespace_id: namespace.id,
    visibility: input.repoVisibility,
    topics: [...input.topics, markOf(key)],
  };
  return { project: await rest.read(projectShape, '/projects', { method: 'POST', body }), created: true };
}

/** Once the files are there. Saying it twice changes nothing. */
export async function dressProject(
  rest: Rest,
  { id }: Project,
  { branches, projectVariables }: ProjectInput,
  defaultBranch: string,
): Promise<void> {
  const path = `/projects/${id}`;
  for (const { name, create, protect, ref = defaultBranch } of branches) {
    const there = await rest.find(z.unknown(), `${path}/repository/branches/${encodeURIComponent(name)}`);
    if (create && there === undefined) {
      await rest.send(`${path}/repository/branches`, { method: 'POST', body: { branch: name, ref } });
    }
    if (protect)
      await rest.send(`${path}/protected_branches`, { method: 'POST', body: { name }, accept: [409] });
  }
  for (const body of projectVariables) {
    const query = body.environment_scope ? { 'filter[environment_scope]': body.environment_scope } : {};
    const one = `${path}/variables/${encodeURIComponent(body.key)}`;
    const there = await rest.find(z.unknown(), one, { query });
    if (there === undefined) await rest.send(`${path}/variables`, { method: 'POST', body });
    else await rest.send(one, { method: 'PUT', body, query });
  }
}

/** Deletes what this step made, unless somebody has worked in it since. */
export async function deleteOwnProject(
  connection: Connection,
  commitHash: string | undefined,
  { key, log }: StepContext,
): Promise<void> {
  const { rest, owner, repo } = connection;
  const project = await rest.find(projectShape, projectPath(connection));
  if (!project) return;
  if (!isOwn(project, key)) {
    log.warn(`${owner}/${repo} was not made by this run, and stays`);
    return;
  }
  const query = { per_page: 2, all: true };
  const path = `/projects/${project.id}`;
  const answer = await rest.send(`${path}/repository/commits`, { query, accept: [404] });
  const commits = answer.status === 404 ? [] : z.array(z.looseObject({ id: z.string() })).parse(answer.body);
  const [head] = commits;
  if (commits.length > 1 || (commitHash && head && head.id !== commitHash)) {
    const words = `${owner}/${repo} has commits that this run did not make: delete it there, if nobody needs it`;
    throw new AtriumError('STEP_FAILED', words);
  }
  await rest.send(path, { method: 'DELETE', accept: [404] });
}
