/** Commits made by GitHub's Git database API: files are put on top of what a branch has. */
import { z } from 'zod';
import type { Rest } from './rest.ts';
import type { CommitFile } from './workspace-files.ts';

const sha = z.looseObject({ sha: z.string() });
const commitShape = z.looseObject({ sha: z.string(), message: z.string(), tree: sha });
const refShape = z.looseObject({ object: sha });

export interface CommitRequest {
  parent: string;
  files: readonly CommitFile[];
  remove: readonly string[];
  message: string;
  author?: { name: string; email: string } | undefined;
}

/** The commit at the head of a branch. */
export async function headCommit(
  rest: Rest,
  repository: string,
  branch: string,
): Promise<{ sha: string; message: string } | undefined> {
  const ref = await rest.find(refShape, `${repository}/git/ref/heads/${encodeURIComponent(branch)}`);
  return ref && rest.read(commitShape, `${repository}/git/commits/${ref.object.sha}`);
}

/** @returns `changed` is false when the files are as they were. */
export async function makeCommit(
  rest: Rest,
  repository: string,
  { parent, files, remove, message, author }: CommitRequest,
): Promise<{ sha: string; changed: boolean }> {
  const base = (await rest.read(commitShape, `${repository}/git/commits/${parent}`)).tree.sha;
  const entries = [];
  for (const file of files) entries.push(await entryOf(rest, repository, file));
  for (const path of await thereOf(rest, repository, base, remove)) {
    entries.push({ path, mode: '100644', type: 'blob', sha: null });
  }
  const body = { base_tree: base, tree: entries };
  const post = { method: 'POST' as const };
  const tree =
    entries.length === 0 ? base : (await rest.read(sha, `${repository}/git/trees`, { ...post, body })).sha;
  const commit = { message, tree, parents: [parent], ...(author && { author }) };
  const made = await rest.read(sha, `${repository}/git/commits`, { ...post, body: commit });
  return { sha: made.sha, changed: tree !== base };
}

async function entryOf(rest: Rest, repository: string, { path, kind, executable, content }: CommitFile) {
  const mode = kind === 'link' ? '120000' : executable ? '100755' : '100644';
  const text = content.toString('utf8');
  if (Buffer.from(text).equals(content)) return { path, mode, type: 'blob', content: text };
  const body = { content: content.toString('base64'), encoding: 'base64' };
  const blob = await rest.read(sha, `${repository}/git/blobs`, { method: 'POST', body });
  return { path, mode, type: 'blob', sha: blob.sha };
}

/** Removing what is not there is refused as a whole. */
async function thereOf(
  rest: Rest,
  repository: string,
  tree: string,
  paths: readonly string[],
): Promise<string[]> {
  if (paths.length === 0) return [];
  const shape = z.looseObject({ tree: z.array(z.looseObject({ path: z.string() })) });
  const listed = await rest.read(shape, `${repository}/git/trees/${tree}`, { query: { recursive: 1 } });
  const there = new Set(listed.tree.map(({ path }) => path));
  return paths.filter((path) => there.has(path));
}
