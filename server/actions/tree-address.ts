/** What the address of a template's skeleton names: a repository and a place in it, or a single file. */

export interface RepositoryAddress {
  /** To be cloned. */
  repository: string;
  /** Branch, tag or commit, and the path behind it; empty for the default branch. */
  place: string;
}

const placeWords = new Set(['blob', 'tree', 'raw', 'edit', 'src']);

/**
 * Reads addresses as GitHub, GitLab, Bitbucket, Gitea and Azure DevOps write them, whatever their host.
 * @returns undefined for an address that is not of a repository.
 */
export function repositoryAddress(address: string): RepositoryAddress | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (url.host === 'raw.githubusercontent.com') {
    return parts.length > 2 ? named('https://github.com', parts.slice(0, 2), parts.slice(2)) : undefined;
  }
  const azure = parts.indexOf('_git');
  if (azure > 0) return azureAddress(url, parts.slice(0, azure + 2));
  const dash = parts.indexOf('-');
  if (dash >= 2 && placeWords.has(parts[dash + 1] ?? '')) {
    return named(url.origin, parts.slice(0, dash), parts.slice(dash + 2));
  }
  const word = parts.findIndex((part, index) => index >= 2 && placeWords.has(part));
  if (word !== -1) return named(url.origin, parts.slice(0, word), placeBehind(parts.slice(word)));
  const last = parts.at(-1) ?? '';
  const isWhole = last.endsWith('.git') || (parts.length === 2 && !url.search);
  return isWhole ? named(url.origin, parts, []) : undefined;
}

function named(origin: string, repository: string[], place: string[]): RepositoryAddress {
  return {
    repository: `${origin}/${repository.map(encodeURIComponent).join('/')}`,
    place: place.join('/'),
  };
}

/** Gitea says of which kind the reference is: `src/branch/main/…`. */
function placeBehind([word, first = '', ...rest]: string[]): string[] {
  return word !== 'blob' && word !== 'tree' && ['branch', 'tag', 'commit'].includes(first)
    ? rest
    : [first, ...rest];
}

/** `…/_git/repo?path=/docs&version=GBmain` */
function azureAddress(url: URL, repository: string[]): RepositoryAddress | undefined {
  if (repository.at(-1) === '_git') return undefined;
  const path = url.searchParams.get('path')?.replace(/^\/+/, '') ?? '';
  const version = url.searchParams.get('version')?.replace(/^G[BTC]/, '');
  // Without a version it is the default branch, whose path can't be told apart from a name.
  if (path && !version) return named(url.origin, repository, ['HEAD', path]);
  return named(url.origin, repository, [version ?? '', path].filter(Boolean));
}
