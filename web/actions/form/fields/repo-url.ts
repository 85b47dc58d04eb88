/** The address of a repository as templates want it: `github.com?owner=acme&repo=shop`. */
export interface RepoUrl {
  host: string;
  owner: string;
  repo: string;
}

export function parseRepoUrl(value: unknown): RepoUrl {
  if (typeof value !== 'string') return { host: '', owner: '', repo: '' };
  const [host = '', query = ''] = value.split('?');
  const params = new URLSearchParams(query);
  return { host, owner: params.get('owner') ?? '', repo: params.get('repo') ?? '' };
}

/** Undefined while a part is missing, so that a required field says so. */
export function formatRepoUrl({ host, owner, repo }: RepoUrl): string | undefined {
  if (!host || !repo) return undefined;
  const params = new URLSearchParams({ ...(owner && { owner }), repo });
  return `${host}?${params}`;
}
