/** Commits made by GitLab's API: files are put on top of what a branch has. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { Rest } from './rest.ts';
import type { CommitFile } from './workspace-files.ts';

const fileShape = z.looseObject({ path: z.string(), type: z.string() });
const branchShape = z.looseObject({ commit: z.looseObject({ id: z.string(), message: z.string() }) });

export type CommitAction = 'auto' | 'create' | 'update' | 'delete' | 'skip';

export interface GitlabCommit {
  branch: string;
  /** Branch that the new one starts from; absent when the branch is there. */
  from?: string | undefined;
  files: readonly CommitFile[];
  action: CommitAction;
  message: string;
  author: { name: string; email: string };
}

/** The commit at the head of a branch. */
export async function headOfBranch(
  rest: Rest,
  project: string,
  branch: string,
): Promise<{ id: string; message: string } | undefined> {
  const found = await rest.find(branchShape, `${project}/repository/branches/${encodeURIComponent(branch)}`);
  return found?.commit;
}

export async function commitTo(rest: Rest, project: string, request: GitlabCommit): Promise<void> {
  const { branch, from, files, message, author } = request;
  const link = files.find(({ kind }) => kind === 'link');
  if (link) throw new AtriumError('STEP_FAILED', `${link.path} is a link, which GitLab’s API can’t commit`);
  const there = new Set(await pathsOf(rest, project, from ?? branch));
  const actions = files.flatMap(({ path, content, executable }): Record<string, unknown>[] => {
    const action = request.action === 'auto' ? (there.has(path) ? 'update' : 'create') : request.action;
    if (action === 'skip' || (action === 'delete' && !there.has(path))) return [];
    if (action === 'delete') return [{ action, file_path: path }];
    const text = { content: content.toString('base64'), encoding: 'base64' };
    return [{ action, file_path: path, ...text, ...(executable && { execute_filemode: true }) }];
  });
  const body = {
    branch,
    ...(from !== undefined && { start_branch: from }),
    commit_message: message,
    author_name: author.name,
    author_email: author.email,
    actions,
  };
  await rest.send(`${project}/repository/commits`, { method: 'POST', body });
}

async function pathsOf(rest: Rest, project: string, ref: string): Promise<string[]> {
  const items = await rest.all(fileShape, `${project}/repository/tree`, { ref, recursive: true }, 1000);
  return items.filter(({ type }) => type === 'blob').map(({ path }) => path);
}
