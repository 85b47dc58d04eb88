/** Keeps a clone of a remote repository in the source's own folder. */
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import { type GitAccess, GitFailure, git, gitMaybe, gitOverNetwork } from './client.ts';
import { type ReachableRemote, type Remote, reach } from './remote-access.ts';
import { parseRemote, withoutCredentials } from './remote-links.ts';

/**
 * Clones or brings up to date. Contents of old commits are not fetched, and links become plain files: what a
 * stranger's repository points at on this machine is none of its business.
 * @throws {AtriumError} SOURCE_UNREADABLE when the remote can't be read, and as `reach` does.
 */
export async function syncRemote(remote: Remote, workDir: string, signal?: AbortSignal): Promise<string> {
  const folder = cloneFolder(remote, workDir);
  const reachable = await reach(remote);
  try {
    if (await isWhole(folder, signal)) await update(folder, reachable.access, signal);
    else await clone(reachable, workDir, folder, signal);
  } catch (error) {
    throw unreadable(remote, error);
  }
  return folder;
}

function cloneFolder({ address }: Remote, workDir: string): string {
  return join(workDir, `clone-${createHash('sha1').update(address).digest('hex').slice(0, 12)}`);
}

/** What to throw for a failure of git. */
export function unreadable({ address }: Remote, error: unknown): unknown {
  if (!(error instanceof GitFailure)) return error;
  const shown = withoutCredentials(address);
  const reason = error.message.replaceAll(address, shown);
  return new AtriumError('SOURCE_UNREADABLE', `${shown} can't be read: ${reason}`, { cause: error });
}

async function isWhole(folder: string, signal?: AbortSignal): Promise<boolean> {
  if (!existsSync(join(folder, '.git'))) return false;
  return (await gitMaybe(folder, ['rev-parse', '--is-inside-work-tree'], { signal })) === 'true';
}

const CLONE = ['--filter=blob:none', '--no-tags', '--single-branch', '--quiet', '-c', 'core.symlinks=false'];
/** Where redirects are not followed, GitLab's answer to an address without `.git`. */
const REDIRECTED = /returned error: 30[1278]/;

async function clone(
  { url, access }: ReachableRemote,
  workDir: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const from = (address: string) => {
    rmSync(folder, { recursive: true, force: true });
    return gitOverNetwork(workDir, ['clone', ...CLONE, '--', address, folder], access, signal);
  };
  try {
    await from(url);
  } catch (error) {
    if (!(error instanceof GitFailure && REDIRECTED.test(error.stderr)) || url.endsWith('.git')) throw error;
    await from(`${url.replace(/\/+$/, '')}.git`);
  }
}

async function update(folder: string, access: GitAccess, signal?: AbortSignal): Promise<void> {
  await gitOverNetwork(folder, ['fetch', '--quiet', '--prune', '--no-tags', 'origin'], access, signal);
  const branch = await gitMaybe(folder, ['symbolic-ref', '--short', '--quiet', 'HEAD'], { signal });
  if (!branch) return;
  const upstream = `refs/remotes/origin/${branch}`;
  // An empty remote has no branch to follow yet.
  if (!(await gitMaybe(folder, ['rev-parse', '--verify', '--quiet', upstream], { signal }))) return;
  await git(folder, ['reset', '--quiet', '--hard', upstream], { signal, access, timeLimit: 300_000 });
}

/** Commit that the remote's default branch is at, or undefined when it is empty or not cloned. */
export async function remoteRevision(
  remote: Remote,
  workDir: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const folder = cloneFolder(remote, workDir);
  if (!(await isWhole(folder, signal))) return undefined;
  const { access } = await reach(remote);
  const listed = await gitOverNetwork(folder, ['ls-remote', '--', 'origin', 'HEAD'], access, signal);
  return listed.split(/\s/)[0] || undefined;
}

/** A stable name for people: `org/repo`, or the last folder of a file address. */
export function remoteName(url: string): string {
  const slug = parseRemote(url)?.slug;
  return (
    slug ??
    withoutCredentials(url)
      .replace(/\/+$/, '')
      .replace(/\/?\.git$/, '')
      .split('/')
      .at(-1) ??
    'remote'
  );
}
