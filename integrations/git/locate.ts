/** Finds out which repositories a source has. */
import { mkdirSync } from 'node:fs';
import { basename, relative } from 'node:path';
import type { OtherVersions, SourceContext } from '#model/integration.ts';
import type { GitAccess } from './client.ts';
import { findTarget, type GitConfig, type Target } from './config.ts';
import { findRepositories } from './find-repositories.ts';
import { remoteName, syncRemote } from './remote.ts';
import { type Remote, reach } from './remote-access.ts';
import { RemoteVersions } from './remote-versions.ts';
import { openBare, openCheckout, openPlain, type Repository } from './repository.ts';

/** One repository, or the files outside any, before it is opened. */
export interface Site {
  key: string;
  kind: 'checkout' | 'bare' | 'plain';
  folder: string;
  /** Set when only this descriptor, and what it leads to, is read. */
  only?: string;
  /** Files of a plain folder. */
  paths?: readonly string[];
  /** Whether things may be discovered that no descriptor tells of. */
  discover: boolean;
  /** How to fetch what a clone lacks. */
  access?: () => Promise<GitAccess>;
  /** What its remote has beside the clone. */
  others?: OtherVersions;
  /** Links are not followed: whoever named the folder may not be allowed to read where they lead. */
  closed?: boolean;
}

export interface Located {
  target: Target;
  sites: Site[];
}

type Lent = Pick<SourceContext, 'workDir' | 'signal' | 'guard'>;

/** @throws {AtriumError} SOURCE_UNREADABLE when there is nothing at the target, and as `reach` does. */
export async function locate(config: GitConfig, { workDir, signal, guard }: Lent): Promise<Located> {
  const target = await findTarget(config.target, guard, signal);
  switch (target.kind) {
    case 'remote': {
      mkdirSync(workDir, { recursive: true });
      const remote = remoteOf(config, guard);
      const folder = await syncRemote(remote, workDir, signal);
      const access = async () => (await reach(remote)).access;
      const key = remoteName(target.url);
      const others = new RemoteVersions(remote, workDir);
      return { target, sites: [{ key, kind: 'checkout', folder, discover: true, access, others }] };
    }
    case 'bare': {
      const key = basename(target.folder).replace(/\.git$/, '');
      return { target, sites: [{ key, kind: 'bare', folder: target.folder, discover: true }] };
    }
    case 'file': {
      const { folder, path, checkout } = target;
      const kind = checkout ? 'checkout' : 'plain';
      const site = { key: basename(folder), kind, folder, only: path, discover: false } as const;
      return { target, sites: [guard ? { ...site, closed: true } : site] };
    }
    case 'folder':
      return { target, sites: sitesBelow(target.folder, guard !== undefined) };
  }
}

export function remoteOf({ target, credentials }: GitConfig, guard: SourceContext['guard']): Remote {
  return { address: target, credentials, guard };
}

/** @param closed links are not followed. */
export function sitesBelow(top: string, closed: boolean): Site[] {
  return allBelow(top, closed).map((site) => (closed ? { ...site, closed } : site));
}

function allBelow(top: string, closed: boolean): Site[] {
  const { repositories, looseFiles } = findRepositories(top, closed);
  const name = basename(top) || 'root';
  const isTopCheckout = repositories.some(({ folder }) => folder === top);
  const sites: Site[] = repositories.map(({ folder, kind }) => {
    const path = relative(top, folder).replace(/\.git$/, '');
    const key = path === '' ? name : isTopCheckout ? `${name}/${path}` : path;
    return { key, kind, folder, discover: true };
  });
  if (repositories.length === 0)
    sites.push({ key: name, kind: 'plain', folder: top, paths: looseFiles, discover: true });
  // Beside checkouts, loose files are descriptors at most.
  else if (!isTopCheckout)
    sites.push({ key: '.', kind: 'plain', folder: top, paths: looseFiles, discover: false });
  return sites;
}

export function openSite(site: Site, signal?: AbortSignal): Promise<Repository> {
  switch (site.kind) {
    case 'checkout':
      return openCheckout(site, signal);
    case 'bare':
      return openBare(site.key, site.folder, signal);
    case 'plain':
      return Promise.resolve(openPlain(site));
  }
}
