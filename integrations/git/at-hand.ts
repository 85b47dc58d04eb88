/** Finds the files behind an address in the repositories that a source has read. */
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FilesAtHand, OtherVersions } from '#model/integration.ts';
import { pathOfUrl, type RepositoryPlace } from './remote-links.ts';

interface Held {
  kind: 'checkout' | 'bare' | 'plain';
  place: RepositoryPlace;
  others?: OtherVersions | undefined;
}

/** @param address `https://…` or `file://…`; only what is at the commit that was read is found. */
export function atHand(repositories: Iterable<Held>, address: string): FilesAtHand | undefined {
  let nearest: FilesAtHand | undefined;
  for (const { kind, place, others } of repositories) {
    const path = address.startsWith('file:') ? pathOfFile(place, address) : pathAtHead(place, address);
    // The folder around repositories, and a repository around others, hold the same file farther away.
    if (path === undefined || (nearest && place.folder.length <= nearest.folder.length)) continue;
    nearest = { folder: place.folder, path, bare: kind === 'bare', ...(others && { others }) };
  }
  return nearest;
}

function pathOfFile({ folder }: RepositoryPlace, address: string): string | undefined {
  const path = relative(folder, fileURLToPath(address));
  return path === '..' || path.startsWith('../') || isAbsolute(path) ? undefined : path;
}

function pathAtHead(place: RepositoryPlace, address: string): string | undefined {
  const path = pathOfUrl(place, address);
  const { branch, revision } = place.head;
  if (path === undefined) return undefined;
  const plain = `${decodeURIComponent(address.replace(/[?#].*$/, ''))}/`;
  const isHere = [branch, revision].some((ref) => ref !== undefined && plain.includes(`/${ref}/`));
  return isHere ? path.replace(/\/+$/, '') : undefined;
}
