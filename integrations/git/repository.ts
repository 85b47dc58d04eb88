/** One repository at one moment: its files, whether they lie in a folder or only in git. */
import { basename } from 'node:path';
import type { OtherVersions } from '#model/integration.ts';
import { blobFiles, readBareFiles } from './bare-files.ts';
import { type GitAccess, listFiles, originUrl, readHead } from './client.ts';
import type { Tree } from './detector.ts';
import { type Files, folderFiles } from './files.ts';
import { locationOf, parseRemote, type RepositoryPlace } from './remote-links.ts';

export interface Repository {
  /** Stable within its source; parts are keyed by it. */
  key: string;
  name: string;
  kind: 'checkout' | 'bare' | 'plain';
  place: RepositoryPlace;
  files: Files;
  /** How to fetch what a clone lacks. */
  access?: (() => Promise<GitAccess>) | undefined;
  /** What its remote has beside the clone. */
  others?: OtherVersions | undefined;
  /** Links are not followed. */
  closed?: boolean;
}

/** What detectors are promised; see Tree. */
const DETECTOR_LIMIT = 1 << 20;
/** Texts are held while the tree is in use; those beyond are passed over. */
const TREE_LIMIT = 256 << 20;

interface PlainSite {
  key: string;
  folder: string;
  paths?: readonly string[];
  closed?: boolean;
}

export async function openCheckout(
  { key, folder, access, others }: Pick<Repository, 'key' | 'access' | 'others'> & { folder: string },
  signal?: AbortSignal,
): Promise<Repository> {
  const [paths, place] = await Promise.all([listFiles(folder, signal), placeOf(folder, signal)]);
  const files = folderFiles(folder, paths);
  return { key, name: nameOf(place), kind: 'checkout', place, files, access, others };
}

export async function openBare(key: string, folder: string, signal?: AbortSignal): Promise<Repository> {
  const place = await placeOf(folder, signal);
  const files = place.head.revision
    ? await readBareFiles(folder, place.head.revision, signal)
    : blobFiles(folder, new Map(), new Map());
  return { key, name: nameOf(place), kind: 'bare', place, files };
}

export function openPlain({ key, folder, paths, closed = false }: PlainSite): Repository {
  const place = { folder, head: {} };
  const files = folderFiles(folder, paths, closed);
  return { key, name: nameOf(place), kind: 'plain', place, files, closed };
}

async function placeOf(folder: string, signal?: AbortSignal): Promise<RepositoryPlace> {
  const [head, url] = await Promise.all([readHead(folder, signal), originUrl(folder, signal)]);
  const remote = url === undefined ? undefined : parseRemote(url);
  return { folder, head, ...(remote && { remote }) };
}

function nameOf({ folder, remote }: RepositoryPlace): string {
  return (remote ? basename(remote.slug) : basename(folder)).replace(/\.git$/, '');
}

/** The repository as detectors see it. Texts are kept while the tree is in use. */
export function treeOf(repository: Pick<Repository, 'files' | 'place' | 'name'>): Tree {
  const { files, place, name } = repository;
  const texts = new Map<string, string | undefined>();
  const known = new Set(files.paths);
  let left = TREE_LIMIT;
  return {
    files: files.paths,
    name,
    read(path) {
      if (!texts.has(path)) {
        const text = known.has(path) && left > 0 ? readSmall(files, path) : undefined;
        left -= text?.length ?? 0;
        texts.set(path, text);
      }
      return texts.get(path);
    },
    stamp: (path) => files.stamp(path),
    place: (path, line) => ({
      location: locationOf(place, path),
      path,
      ...(line !== undefined && { line }),
    }),
  };
}

function readSmall(files: Files, path: string): string | undefined {
  try {
    const text = files.text(path);
    return text !== undefined && text.length <= DETECTOR_LIMIT ? text : undefined;
  } catch {
    return undefined;
  }
}
