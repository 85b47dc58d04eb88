/** Finds out which repositories a source has. */
import { mkdirSync } from 'node:fs';
import { basename, relative } from 'node:path';
import type { SourceContext } from '#model/integration.ts';
import { findTarget, type Target } from './config.ts';
import { findRepositories } from './find-repositories.ts';
import { remoteName, syncRemote } from './remote.ts';
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
}

export interface Located {
  target: Target;
  sites: Site[];
}

type Lent = Pick<SourceContext, 'workDir' | 'signal'>;

/** @throws {AtriumError} SOURCE_UNREADABLE when there is nothing at the target. */
export async function locate(configured: string, { workDir, signal }: Lent): Promise<Located> {
  const target = await findTarget(configured, signal);
  switch (target.kind) {
    case 'remote': {
      mkdirSync(workDir, { recursive: true });
      const folder = await syncRemote(target.url, workDir, signal);
      return { target, sites: [{ key: remoteName(target.url), kind: 'checkout', folder, discover: true }] };
    }
    case 'bare': {
      const key = basename(target.folder).replace(/\.git$/, '');
      return { target, sites: [{ key, kind: 'bare', folder: target.folder, discover: true }] };
    }
    case 'file': {
      const { folder, path, checkout } = target;
      const kind = checkout ? 'checkout' : 'plain';
      return { target, sites: [{ key: basename(folder), kind, folder, only: path, discover: false }] };
    }
    case 'folder':
      return { target, sites: sitesBelow(target.folder) };
  }
}

export function sitesBelow(top: string): Site[] {
  const { repositories, looseFiles } = findRepositories(top);
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
      return openCheckout(site.key, site.folder, signal);
    case 'bare':
      return openBare(site.key, site.folder, signal);
    case 'plain':
      return Promise.resolve(openPlain(site.key, site.folder, site.paths));
  }
}
