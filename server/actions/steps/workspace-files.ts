/** Files of the workspace that become part of a commit. */
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { entriesOf, inside } from '../workspace.ts';

export interface CommitFile {
  /** In the repository. */
  path: string;
  kind: 'file' | 'link';
  executable: boolean;
  /** Of a link, what it leads to. */
  content: Buffer;
}

/** All of them are held at once. */
const LARGEST_BYTES = 64 * 1024 * 1024;

export const sourcePath = z.string().optional().describe('Folder in the workspace; all of it when absent');

/** Where the folder that becomes a commit is. @throws {AtriumError} PATH_OUTSIDE, STEP_FAILED */
export async function sourceFolder(workspace: string, path: string | undefined): Promise<string> {
  const folder = await inside(workspace, path ?? '.');
  const stats = await lstat(folder).catch(() => undefined);
  if (stats?.isDirectory()) return folder;
  throw new AtriumError('STEP_FAILED', `There is no folder ${path} in the workspace`);
}

/** How many files a plan would commit; none where the folder is not there yet. */
export async function countFiles(workspace: string, path: string | undefined): Promise<number> {
  const folder = await inside(workspace, path ?? '.');
  const stats = await lstat(folder).catch(() => undefined);
  if (!stats?.isDirectory()) return 0;
  return (await entriesOf(folder)).filter(({ kind }) => kind !== 'folder').length;
}

/**
 * @param targetPath folder in the repository that they go to.
 * @throws {AtriumError} PATH_OUTSIDE, STEP_FAILED
 */
export async function commitFiles(
  workspace: string,
  path: string | undefined,
  targetPath: string | undefined,
): Promise<CommitFile[]> {
  const folder = await sourceFolder(workspace, path);
  const entries = (await entriesOf(folder)).filter(({ kind }) => kind !== 'folder');
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > LARGEST_BYTES) {
    throw new AtriumError('STEP_FAILED', `The files are larger than ${LARGEST_BYTES} bytes together`);
  }
  const files: CommitFile[] = [];
  for (const { path: name, kind, mode } of entries) {
    const full = join(folder, name);
    files.push({
      path: repositoryPath(targetPath, name),
      kind: kind === 'link' ? 'link' : 'file',
      executable: (mode & 0o100) !== 0,
      content: kind === 'link' ? Buffer.from(await readlink(full)) : await readFile(full),
    });
  }
  return files;
}

/** @throws {AtriumError} PATH_OUTSIDE */
export function repositoryPath(folder: string | undefined, name: string): string {
  const path = posix.normalize(posix.join(folder ?? '.', name)).replace(/^\/+/, '');
  if (!path.split('/').some((part) => part === '..' || part.toLowerCase() === '.git')) return path;
  throw new AtriumError('PATH_OUTSIDE', `"${path}" is no path that a repository may have`);
}
