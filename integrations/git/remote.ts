/** Keeps a clone of a remote repository in the source's own folder. */
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import { GitFailure, git, gitMaybe, gitOverNetwork } from './client.ts';
import { parseRemote, withoutCredentials } from './remote-links.ts';

/**
 * Clones or brings up to date. Contents of old commits are not fetched, and links become plain files: what a
 * stranger's repository points at on this machine is none of its business.
 * @throws {AtriumError} SOURCE_UNREADABLE when the remote can't be read.
 */
export async function syncRemote(url: string, workDir: string, signal?: AbortSignal): Promise<string> {
  const folder = join(workDir, `clone-${createHash('sha1').update(url).digest('hex').slice(0, 12)}`);
  try {
    if (await isWhole(folder, signal)) await update(folder, signal);
    else await clone(url, workDir, folder, signal);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const reason = error.message.replaceAll(url, withoutCredentials(url));
    throw new AtriumError('SOURCE_UNREADABLE', `${withoutCredentials(url)} can't be read: ${reason}`, {
      cause: error,
    });
  }
  return folder;
}

async function isWhole(folder: string, signal?: AbortSignal): Promise<boolean> {
  if (!existsSync(join(folder, '.git'))) return false;
  return (await gitMaybe(folder, ['rev-parse', '--is-inside-work-tree'], { signal })) === 'true';
}

async function clone(url: string, workDir: string, folder: string, signal?: AbortSignal): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const options = [
    '--filter=blob:none',
    '--no-tags',
    '--single-branch',
    '--quiet',
    '-c',
    'core.symlinks=false',
  ];
  await gitOverNetwork(workDir, ['clone', ...options, '--', url, folder], signal);
}

async function update(folder: string, signal?: AbortSignal): Promise<void> {
  await gitOverNetwork(folder, ['fetch', '--quiet', '--prune', '--no-tags', 'origin'], signal);
  const branch = await gitMaybe(folder, ['symbolic-ref', '--short', '--quiet', 'HEAD'], { signal });
  if (!branch) return;
  const upstream = `refs/remotes/origin/${branch}`;
  // An empty remote has no branch to follow yet.
  if (!(await gitMaybe(folder, ['rev-parse', '--verify', '--quiet', upstream], { signal }))) return;
  await git(folder, ['reset', '--quiet', '--hard', upstream], { signal, timeLimit: 300_000 });
}

/** Commit that the remote's default branch is at, or undefined when it is empty. */
export async function remoteRevision(
  url: string,
  workDir: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return (
    (await gitOverNetwork(workDir, ['ls-remote', '--', url, 'HEAD'], signal)).split(/\s/)[0] || undefined
  );
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
