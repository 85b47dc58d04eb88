/** Puts a folder into a repository as one commit. */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtriumError } from '#model/errors.ts';
import type { Commit } from '#model/repositories.ts';
import { type GitAccess, GitFailure, git, gitMaybe, gitOverNetwork } from './client.ts';
import { type Remote, reach } from './remote-access.ts';
import { withoutCredentials } from './remote-links.ts';
import { commitEnv, inScratch } from './scratch.ts';

/**
 * A branch whose head has the same files and message is left as it is, so that trying again does nothing twice.
 * @throws {AtriumError} STEP_FAILED when it is refused, and what `reach` throws.
 */
export async function pushFolder(remote: Remote, commit: Commit): Promise<{ commit: string }> {
  const { url, access } = await reach(remote);
  try {
    return { commit: await inScratch((scratch) => pushFrom(scratch, url, access, commit)) };
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const shown = withoutCredentials(remote.address);
    const reason = error.message.replaceAll(url, shown).replaceAll(remote.address, shown);
    throw new AtriumError('STEP_FAILED', `${shown} could not be pushed to: ${reason}`, { cause: error });
  }
}

/** @returns the commit at the head of the branch. */
async function pushFrom(
  scratch: string,
  url: string,
  access: GitAccess,
  { folder, branch, onto, keep, message, author, at, signal }: Commit,
): Promise<string> {
  const fetched = async (name: string) => {
    const ref = `refs/heads/${name}`;
    const listed = await gitOverNetwork(scratch, ['ls-remote', '--', url, ref], access, signal);
    if (listed.trim() === '') return undefined;
    const fetch = ['fetch', '--quiet', '--depth=1', '--', url, `${ref}:${ref}`];
    await gitOverNetwork(scratch, fetch, access, signal);
    return (await git(scratch, ['rev-parse', ref])).trim();
  };
  const head = await fetched(branch);
  const parent = onto === undefined ? undefined : onto === branch ? head : await fetched(onto);
  const tree = await treeOf(scratch, folder, { over: keep ? parent : undefined, signal });
  if (head && (await isSame(scratch, head, tree, message))) return head;
  if (head && onto === undefined) {
    throw new AtriumError(
      'STEP_FAILED',
      `The branch ${branch} has commits already: choose another repository or branch`,
    );
  }
  if (onto !== undefined && !parent) throw new AtriumError('STEP_FAILED', `There is no branch ${onto}`);
  const commitTree = ['commit-tree', tree, ...(parent ? ['-p', parent] : []), '-F', '-'];
  const env = commitEnv(author, author, at);
  const commit = (await git(scratch, commitTree, { input: message, env })).trim();
  await gitOverNetwork(
    scratch,
    ['push', '--quiet', '--', url, `${commit}:refs/heads/${branch}`],
    access,
    signal,
  );
  return commit;
}

/** @param over commit whose other files stay. */
async function treeOf(
  scratch: string,
  folder: string,
  { over, signal }: { over: string | undefined; signal: AbortSignal | undefined },
): Promise<string> {
  const place = ['--git-dir', scratch, '--work-tree', folder];
  if (over) await git(folder, [...place, 'read-tree', over], { signal });
  const how = over ? '--no-all' : '--all';
  await git(folder, [...place, 'add', how, '--', '.'], { signal, timeLimit: 120_000 });
  return (await git(folder, [...place, 'write-tree'])).trim();
}

async function isSame(scratch: string, head: string, tree: string, message: string): Promise<boolean> {
  const [there = '', ...text] = (await git(scratch, ['log', '-1', '--format=%T%n%B', head])).split('\n');
  return there === tree && text.join('\n').trim() === message.trim();
}

const MADE_FOR = 'atrium.madeFor';

/**
 * A process may end before it can tell that it has made one, so the repository itself says for what it was made.
 * @returns whether it was made for that, now or before.
 */
export async function ensureBareRepository(
  address: string,
  branch: string,
  madeFor: string,
): Promise<boolean> {
  const folder = fileURLToPath(address);
  if (existsSync(join(folder, 'HEAD'))) {
    return (await gitMaybe(folder, ['config', '--get', MADE_FOR]))?.trim() === madeFor;
  }
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const unfinished = `.new-${hash('sha1', madeFor)}-`;
  const fresh = await mkdtemp(join(parent, unfinished));
  try {
    await git(fresh, ['init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`]);
    await git(fresh, ['config', MADE_FOR, madeFor]);
    // Those of processes that ended while they were at it.
    for (const name of await readdir(parent)) {
      const isLeft = name.startsWith(unfinished) && name !== basename(fresh);
      if (isLeft) await rm(join(parent, name), { recursive: true, force: true });
    }
    await rename(fresh, folder);
    return true;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (existsSync(join(folder, 'HEAD'))) return ensureBareRepository(address, branch, madeFor);
    throw error;
  }
}

/** Takes a branch away, while its head is still the given commit. */
export async function removeBranch(remote: Remote, branch: string, commit: string): Promise<void> {
  const { url, access } = await reach(remote);
  const ref = `refs/heads/${branch}`;
  const push = ['push', '--quiet', `--force-with-lease=${ref}:${commit}`, '--', url, `:${ref}`];
  try {
    await inScratch(async (scratch) => {
      const listed = await gitOverNetwork(scratch, ['ls-remote', '--', url, ref], access);
      if (listed.startsWith(`${commit}\t`)) await gitOverNetwork(scratch, push, access);
    });
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    throw new AtriumError('STEP_FAILED', `The branch ${branch} could not be removed: ${error.message}`, {
      cause: error,
    });
  }
}

/** Removes a bare repository that nothing was pushed to since. @returns false when it is not as it was left. */
export async function removeBareRepository(
  address: string,
  branch: string,
  commit: string,
): Promise<boolean> {
  const folder = fileURLToPath(address);
  // A removal that a process ended in left it under this name.
  const gone = join(dirname(folder), `.gone-${basename(folder)}`);
  await rm(gone, { recursive: true, force: true });
  if (!existsSync(join(folder, 'HEAD'))) return true;
  const refs = (await git(folder, ['for-each-ref', '--format=%(refname) %(objectname)'])).trim();
  if (refs && refs !== `refs/heads/${branch} ${commit}`) return false;
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true });
  return true;
}
