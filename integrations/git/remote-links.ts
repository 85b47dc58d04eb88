/** Turns a path in a repository into the addresses that people and other tools know it by. */
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { annotations } from '#model/entity.ts';
import type { Head } from './client.ts';

export interface Remote {
  host: string;
  /** `org/repo`, or longer on hosts with nested groups. */
  slug: string;
}

type Flavour = 'github' | 'gitlab' | 'bitbucket' | 'gitea';

/** Plain data, so that it can be handed to a worker thread. */
export interface RepositoryPlace {
  /** Absolute folder of the files. */
  folder: string;
  /** Where the repository came from, without credentials. */
  remote?: Remote;
  head: Head;
}

const HOSTS: Record<string, Flavour> = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'bitbucket.org': 'bitbucket',
  'codeberg.org': 'gitea',
};

/** Companies run their own under names such as gitlab.acme.com. */
function flavourOf(host: string): Flavour | undefined {
  const first = host.split('.')[0];
  if (HOSTS[host]) return HOSTS[host];
  if (first === 'github' || first === 'gitlab' || first === 'gitea' || first === 'bitbucket') return first;
  return undefined;
}

/** Reads `https://host/org/repo.git`, `ssh://git@host/org/repo` and `git@host:org/repo.git`. */
export function parseRemote(url: string): Remote | undefined {
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+\.[^:/\s]+):(?!\/\/)(.+)$/.exec(url);
  const address = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^:/]+)(?::\d+)?\/(.+)$/.exec(url);
  const [, host, path] = address ?? scp ?? [];
  if (!host || !path) return undefined;
  const slug = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '');
  return slug ? { host: host.toLowerCase(), slug } : undefined;
}

/** A remote's address may hold a token; it must not reach a log or a page. */
export function withoutCredentials(url: string): string {
  return url.replace(/^(\w+:\/\/)[^@/]*@/, '$1');
}

interface Route {
  file: string;
  folder: string;
  edit?: string;
}

function routes({ remote, head }: RepositoryPlace): Route | undefined {
  const flavour = remote && flavourOf(remote.host);
  const at = head.branch ?? head.revision;
  if (!remote || !flavour || !at) return undefined;
  const base = `https://${remote.host}/${encodePath(remote.slug)}`;
  const ref = encodePath(at);
  switch (flavour) {
    case 'github':
      return { file: `${base}/blob/${ref}/`, folder: `${base}/tree/${ref}/`, edit: `${base}/edit/${ref}/` };
    case 'gitlab':
      return {
        file: `${base}/-/blob/${ref}/`,
        folder: `${base}/-/tree/${ref}/`,
        edit: `${base}/-/edit/${ref}/`,
      };
    case 'bitbucket':
      return { file: `${base}/src/${ref}/`, folder: `${base}/src/${ref}/` };
    case 'gitea': {
      const place = `${base}/src/${head.branch ? 'branch' : 'commit'}/${ref}/`;
      return { file: place, folder: place, edit: `${base}/_edit/${ref}/` };
    }
  }
}

const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** The location ref of a file: a URL where the repository has a home on a known host, else the file. */
export function locationOf(place: RepositoryPlace, path: string): string {
  const route = routes(place);
  return route ? `url:${route.file}${encodePath(path)}` : `file:${posix.join(place.folder, path)}`;
}

/** What the catalog adds to an entity that was read at a path; see compat §4.1. */
export function locationAnnotations(
  place: RepositoryPlace,
  path: string,
  origin: string,
): Record<string, string> {
  const route = routes(place);
  const folder = posix.dirname(path) === '.' ? '' : `${posix.dirname(path)}/`;
  const added: Record<string, string> = {
    [annotations.managedBy]: locationOf(place, path),
    [annotations.managedByOrigin]: locationOf(place, origin),
    [annotations.sourceLocation]: folderLocation(place, folder),
  };
  if (!route) return added;
  added[annotations.viewUrl] = `${route.file}${encodePath(path)}`;
  // Nobody can edit a file as it was at one commit.
  if (route.edit && place.head.branch) added[annotations.editUrl] = `${route.edit}${encodePath(path)}`;
  return added;
}

/** Location ref of a folder, given as '' or with a slash at its end. */
export function folderLocation(place: RepositoryPlace, folder: string): string {
  const route = routes(place);
  return route
    ? `url:${route.folder}${encodePath(folder)}`
    : `file:${posix.join(place.folder, folder || '/')}`;
}

/** The annotation that switches on a host's features for an entity. */
export function slugAnnotation({ remote }: RepositoryPlace): Record<string, string> {
  const flavour = remote && flavourOf(remote.host);
  if (flavour === 'github') return { 'github.com/project-slug': remote?.slug ?? '' };
  if (flavour === 'gitlab') return { 'gitlab.com/project-slug': remote?.slug ?? '' };
  return {};
}

/** `org/repo` of a source location such as `url:https://host/org/repo/tree/main/`. */
export function slugOfSource(location: string): string | undefined {
  return /^url:https:\/\/[^/]+\/(.+?)(?:\/-)?\/(?:tree|blob|src)\//.exec(location)?.[1];
}

/** The path within this repository that a URL names, or undefined when it is of another one. */
export function pathOfUrl(place: RepositoryPlace, url: string): string | undefined {
  if (url.startsWith('file://')) {
    const own = `${pathToFileURL(place.folder).href}/`;
    return url.startsWith(own) ? decodeURIComponent(url.slice(own.length)) : undefined;
  }
  if (!place.remote) return undefined;
  const own = `https://${place.remote.host}/${place.remote.slug}/`;
  if (!url.toLowerCase().startsWith(own.toLowerCase())) return undefined;
  const rest = decodeURIComponent(url.slice(own.length).replace(/[?#].*$/, ''));
  const form = /^(?:-\/)?(?:blob|tree|raw|src|edit)\/(?:branch\/)?(.+)$/.exec(rest)?.[1];
  if (form === undefined) return undefined;
  const { branch } = place.head;
  // A branch may hold slashes; any other ref is taken to be one segment.
  return branch && form.startsWith(`${branch}/`)
    ? form.slice(branch.length + 1)
    : form.split('/').slice(1).join('/');
}
