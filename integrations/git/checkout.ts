/** Files of a remote repository at one moment, for whoever needs them once. */
import { mkdirSync } from 'node:fs';
import { AtriumError } from '#model/errors.ts';
import { GitFailure, git, gitOverNetwork } from './client.ts';
import { type Remote, reach } from './remote-access.ts';
import { withoutCredentials } from './remote-links.ts';

/**
 * Checks a repository out, without its history.
 * @param place branch, tag or commit, and behind a slash the path in it; empty for the default branch.
 * @param folder that is made for it.
 * @returns the path of the place.
 * @throws {AtriumError} SOURCE_UNREADABLE when there is no such place, and as `reach` does.
 */
export async function checkOut(
  remote: Remote,
  place: string,
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const { url, access } = await reach(remote);
  mkdirSync(folder, { recursive: true });
  try {
    await git(folder, ['init', '--quiet'], { signal });
    const listed = place === '' ? '' : await gitOverNetwork(folder, ['ls-remote', '--', url], access, signal);
    const found = splitPlace(place, namesOf(listed));
    if (!found) {
      const shown = withoutCredentials(remote.address);
      throw new AtriumError(
        'SOURCE_UNREADABLE',
        `${shown} has no branch, tag or commit ${place.split('/')[0]}`,
      );
    }
    const fetch = ['fetch', '--quiet', '--depth=1', '--no-tags', '--', url, found.ref];
    await gitOverNetwork(folder, fetch, access, signal);
    await git(folder, ['checkout', '--quiet', '--detach', 'FETCH_HEAD'], { signal, timeLimit: 300_000 });
    return found.path;
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const shown = withoutCredentials(remote.address);
    const reason = error.message.replaceAll(url, shown).replaceAll(remote.address, shown);
    throw new AtriumError('SOURCE_UNREADABLE', `${shown} can't be read: ${reason}`, { cause: error });
  }
}

/** Names of branches and tags by what `ls-remote` lists. */
function namesOf(listed: string): Set<string> {
  return new Set([...listed.matchAll(/\trefs\/(?:heads|tags)\/(.+)$/gm)].map(([, name]) => name ?? ''));
}

/** A branch may hold slashes, as may the path behind it: the longest name that there is counts. */
function splitPlace(place: string, names: ReadonlySet<string>): { ref: string; path: string } | undefined {
  if (place === '') return { ref: 'HEAD', path: '' };
  const parts = place.split('/').filter(Boolean);
  for (let length = parts.length; length > 0; length--) {
    const ref = parts.slice(0, length).join('/');
    if (names.has(ref)) return { ref, path: parts.slice(length).join('/') };
  }
  const [first = '', ...rest] = parts;
  const isCommit = first === 'HEAD' || /^[0-9a-f]{40}$/.test(first);
  return isCommit ? { ref: first, path: rest.join('/') } : undefined;
}
