/** Addresses of files at the host of a repository, made from the one of a folder. */
import type { Site } from './site.ts';

/**
 * Reads `https://host/org/repo/tree/main/folder/` of GitHub, and its like of GitLab (`/-/tree/`).
 * @returns null where the host is not known.
 */
export function hostOf(address: string): Site['host'] {
  const [, repository, dash = '', ref] =
    /^(https:\/\/[^/]+\/.+?)(\/-)?\/(?:tree|blob)\/(.+?)\/?$/.exec(address) ?? [];
  if (repository === undefined || ref === undefined) return null;
  return {
    view: `${repository}${dash}/blob/${ref}/`,
    // Nobody can edit files as they were at one commit.
    edit: /^[0-9a-f]{40}(\/|$)/.test(ref) ? null : `${repository}${dash}/edit/${ref}/`,
    commit: `${repository}${dash}/commit/`,
  };
}
