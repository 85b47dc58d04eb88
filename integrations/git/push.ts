/** Puts a folder into a repository as one commit. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtriumError } from '#model/errors.ts';
import type { Commit } from '#model/repositories.ts';
import { type GitAccess, GitFailure, git, gitMaybe, gitOverNetwork } from './client.ts';
import { type Remote, reach } from './remote-access.ts';
import { withoutCredentials } from './remote-links.ts';

export interface Pushed {
  commit: string;
  /** It was there already, from an earlier try. */
  wasThere: boolean;
}

/**
 * A branch whose head has the same files and message is left as it is, so that trying again does nothing twice.
 * @throws {AtriumError} STEP_FAILED when it is refused, and what `reach` throws.
 */
export async function pushFolder(remote: Remote, options: Commit): Promise<Pushed> {
  const { url, access } = await reach(remote);
  const scratch = await mkdtemp(join(tmpdir(), 'atrium-push-'));
  try {
    await git(scratch, ['init', '--quiet', '--bare', '--template=']);
    return await pushFrom(scratch, url, access, options);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const shown = withoutCredentials(remote.address);
    const reason = error.message.replaceAll(url, shown).replaceAll(remote.address, shown);
    throw new AtriumError('STEP_FAILED', `${shown} could not be pushed to: ${reason}`, { cause: error });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function pushFrom(
  scratch: string,
  url: string,
  access: GitAccess,
  { folder, branch, onto, message, author, at, signal }: Commit,
): Promise<Pushed> {
  const tree = await treeOf(scratch, folder, signal);
  const fetched = async (name: string) => {
    const ref = `refs/heads/${name}`;
    const listed = await gitOverNetwork(scratch, ['ls-remote', '--', url, ref], access, signal);
    if (listed.trim() === '') return undefined;
    await gitOverNetwork(
      scratch,
      ['fetch', '--quiet', '--depth=1', '--', url, `${ref}:${ref}`],
      access,
      signal,
    );
    return (await git(scratch, ['rev-parse', ref])).trim();
  };
  const head = await fetched(branch);
  if (head && (await isSame(scratch, head, tree, message))) return { commit: head, wasThere: true };
  if (head && onto === undefined) {
    throw new AtriumError(
      'STEP_FAILED',
      `The branch ${branch} has commits already: choose another repository or branch`,
    );
  }
  const parent = onto === undefined ? undefined : onto === branch ? head : await fetched(onto);
  if (onto !== undefined && !parent) throw new AtriumError('STEP_FAILED', `There is no branch ${onto}`);
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  const env = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  };
  const parents = parent ? ['-p', parent] : [];
  const commit = (
    await git(scratch, ['commit-tree', tree, ...parents, '-F', '-'], { input: message, env })
  ).trim();
  await gitOverNetwork(
    scratch,
    ['push', '--quiet', '--', url, `${commit}:refs/heads/${branch}`],
    access,
    signal,
  );
  return { commit, wasThere: false };
}

async function treeOf(scratch: string, folder: string, signal: AbortSignal | undefined): Promise<string> {
  const place = ['--git-dir', scratch, '--work-tree', folder];
  await git(folder, [...place, 'add', '--all', '--', '.'], { signal, timeLimit: 120_000 });
  return (await git(folder, [...place, 'write-tree'])).trim();
}

async function isSame(scratch: string, head: string, tree: string, message: string): Promise<boolean> {
  const [there = '', ...text] = (await git(scratch, ['log', '-1', '--format=%T%n%B', head])).split('\n');
  return there === tree && text.join('\n').trim() === message.trim();
}

/** @returns whether it had to be made. */
export async function ensureBareRepository(address: string, branch: string): Promise<boolean> {
  const folder = fileURLToPath(address);
  if (existsSync(join(folder, 'HEAD'))) return false;
  await mkdir(folder, { recursive: true });
  await git(folder, ['init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`]);
  return true;
}

/** @returns the commit at the head of a branch; undefined when there is none. */
export async function headOf(
  remote: Remote,
  branch: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { url, access } = await reach(remote);
  const ref = `refs/heads/${branch}`;
  try {
    const listed = await gitOverNetwork(tmpdir(), ['ls-remote', '--', url, ref], access, signal);
    return listed.split('\t')[0]?.trim() || undefined;
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}

/** Takes a branch away, while its head is still the given commit. */
export async function removeBranch(remote: Remote, branch: string, commit: string): Promise<void> {
  const { url, access } = await reach(remote);
  const ref = `refs/heads/${branch}`;
  if ((await headOf(remote, branch)) !== commit) return;
  const scratch = await mkdtemp(join(tmpdir(), 'atrium-push-'));
  try {
    await git(scratch, ['init', '--quiet', '--bare', '--template=']);
    await gitOverNetwork(
      scratch,
      ['push', '--quiet', `--force-with-lease=${ref}:${commit}`, '--', url, `:${ref}`],
      access,
    );
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    throw new AtriumError('STEP_FAILED', `The branch ${branch} could not be removed: ${error.message}`, {
      cause: error,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Removes a bare repository that nothing was pushed to since. @returns false when it is not as it was left. */
export async function removeBareRepository(
  address: string,
  branch: string,
  commit: string,
): Promise<boolean> {
  const folder = fileURLToPath(address);
  if (!existsSync(join(folder, 'HEAD'))) return true;
  const refs = await gitMaybe(folder, ['for-each-ref', '--format=%(refname) %(objectname)']);
  if (refs && refs !== `refs/heads/${branch} ${commit}`) return false;
  await rm(folder, { recursive: true, force: true });
  return true;
}
