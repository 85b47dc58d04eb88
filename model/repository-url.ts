/** Path segments between a repository and a file, as the Git hosts write them in the addresses of files. */
const fileWords = new Set(['blob', 'tree', 'raw', 'edit', 'blame', 'src']);

/**
 * The repository in which the address of a file lies, as `host/owner/name` in lower case; undefined when the
 * address is not that of a file on a Git host. Knows GitHub, GitLab (with nested groups), Bitbucket, Gitea and
 * Azure DevOps by the form of the path, because companies run them under names of their own.
 */
export function repositoryOf(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const parts = url.pathname.split('/').filter(Boolean);
  const host = url.host.toLowerCase();
  if (host === 'raw.githubusercontent.com')
    return parts.length > 2 ? name('github.com', parts.slice(0, 2)) : undefined;
  const git = parts.indexOf('_git');
  if (git > 0 && parts.length > git + 1) return name(host, parts.slice(0, git + 2));
  const dash = parts.indexOf('-');
  if (dash >= 2 && fileWords.has(parts[dash + 1] ?? '')) return name(host, parts.slice(0, dash));
  const word = parts.findIndex((part, index) => index >= 2 && fileWords.has(part));
  return word === -1 ? undefined : name(host, parts.slice(0, word));
}

function name(host: string, path: string[]): string {
  return [host, ...path].join('/').toLowerCase();
}
