/** What decides whether something has to be read again. */
import { findRepositories } from './find-repositories.ts';
import type { Site } from './locate.ts';
import type { DescriptorFile, DescriptorPart } from './part.ts';
import type { Repository } from './repository.ts';
import { skeletonFolders } from './skeletons.ts';

/** What changed in a repository. */
export interface Change {
  paths: ReadonlySet<string>;
  /** Files came or went, so that globs may match others. */
  files: boolean;
  /** Read all again, because the commit changed. */
  all?: boolean;
}

export function isTouched(part: DescriptorPart, file: DescriptorFile, change: Change): boolean {
  return (
    change.all === true ||
    part.file.origin !== file.origin ||
    change.paths.has(file.path) ||
    part.uses.some((path) => change.paths.has(path)) ||
    (change.files && part.isLocation)
  );
}

/** A plain folder's list of files is part of its site, so it is made anew. */
export function siteAgain(site: Site): Site {
  return site.kind === 'plain' && site.paths
    ? { ...site, paths: findRepositories(site.folder, site.closed).looseFiles }
    : site;
}

/** Skeletons of the Templates that no descriptor glob matches, because Locations lead to them. */
export function skeletonsOf({ files }: Repository): string[] {
  const templates = files.paths.filter((path) => /(^|\/)template\.ya?ml$/.test(path));
  return templates.flatMap((path) => {
    try {
      return skeletonFolders(files.text(path) ?? '', path);
    } catch {
      // What can't be read is reported when it is read as a descriptor.
      return [];
    }
  });
}
