/** Files of a workspace. Every path that a template names goes through `inside`. */
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { AtriumError } from '#model/errors.ts';

const MOST_LINKS = 40;
/** More than a workspace may hold. */
const MOST_ENTRIES = 100_000;

/**
 * Where a path of a folder really is, every link followed. Nothing needs to be there.
 * @param path relative to the folder, or absolute and in it.
 * @param keepLink whether a link at its very end is meant itself.
 * @throws {AtriumError} PATH_OUTSIDE when it is not in the folder, or a link leads out of it.
 */
export async function inside(folder: string, path: string, keepLink = false): Promise<string> {
  if (path.includes('\0')) throw outside(path);
  const root = await realpath(folder);
  const wanted = relative(resolve(folder), resolve(folder, path));
  if (!staysBelow(wanted)) throw outside(path);
  return follow({ root, shown: path, keepLink }, root, segments(wanted), 0);
}

interface Walk {
  root: string;
  shown: string;
  keepLink: boolean;
}

async function follow(walk: Walk, from: string, parts: string[], links: number): Promise<string> {
  let at = from;
  for (const [index, part] of parts.entries()) {
    const next = join(at, part);
    const stats = await lstat(next).catch(() => undefined);
    if (!stats) return join(next, ...parts.slice(index + 1));
    if (stats.isSymbolicLink() && !(walk.keepLink && index === parts.length - 1)) {
      const target = relative(walk.root, resolve(at, await readlink(next)));
      if (!staysBelow(target) || links >= MOST_LINKS) throw outside(walk.shown);
      return follow(walk, walk.root, [...segments(target), ...parts.slice(index + 1)], links + 1);
    }
    at = next;
  }
  return at;
}

const segments = (path: string) => path.split(sep).filter(Boolean);

function staysBelow(path: string): boolean {
  return path !== '..' && !path.startsWith(`..${sep}`) && !path.startsWith(sep);
}

function outside(path: string): AtriumError {
  return new AtriumError('PATH_OUTSIDE', `"${path.replaceAll('\0', '\\0')}" is not within the workspace`);
}

export interface Entry {
  /** From the folder, with slashes. */
  path: string;
  kind: 'file' | 'folder' | 'link';
  /** Permission bits. */
  mode: number;
  size: number;
}

/** Everything in a folder, folders before what they hold; links are not followed. Git's own folder is left out. */
export async function entriesOf(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const visit = async (below: string): Promise<void> => {
    const found = await readdir(join(folder, below), { withFileTypes: true });
    for (const item of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (item.name === '.git') continue;
      const path = below ? `${below}/${item.name}` : item.name;
      if (entries.length >= MOST_ENTRIES) {
        throw new AtriumError('STEP_FAILED', `There are more than ${MOST_ENTRIES} files`);
      }
      const kind = item.isSymbolicLink() ? 'link' : item.isDirectory() ? 'folder' : 'file';
      // Pipes and sockets can't be copied.
      if (kind === 'file' && !item.isFile()) continue;
      const { mode, size } = await lstat(join(folder, path));
      entries.push({ path, kind, mode: mode & 0o777, size });
      if (kind === 'folder') await visit(path);
    }
  };
  await visit('');
  return entries;
}

/** Writes a file, and the folders above it. @throws {AtriumError} PATH_OUTSIDE */
export async function writeInside(
  folder: string,
  path: string,
  content: string | Uint8Array,
  mode?: number,
): Promise<void> {
  const full = await inside(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
  if (mode !== undefined) await chmod(full, mode | 0o600);
}

/**
 * Copies a file or a link. A link is copied as it is, when it stays within the folder.
 * @returns false when it is a link that would lead out of the folder.
 * @throws {AtriumError} PATH_OUTSIDE
 */
export async function copyInside(from: string, entry: Entry, folder: string, path: string): Promise<boolean> {
  if (entry.kind === 'link') return copyLink(from, folder, path);
  const full = await inside(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await copyFile(from, full);
  await chmod(full, entry.mode | 0o600);
  return true;
}

async function copyLink(from: string, folder: string, path: string): Promise<boolean> {
  const full = await inside(folder, path, true);
  const target = await readlink(from);
  const root = await realpath(folder);
  try {
    await inside(root, resolve(dirname(full), target));
  } catch {
    return false;
  }
  if (target.startsWith(sep)) return false;
  await mkdir(dirname(full), { recursive: true });
  await rm(full, { force: true, recursive: true });
  await symlink(target, full);
  return true;
}

/** Makes a folder, and those above it. @throws {AtriumError} PATH_OUTSIDE */
export async function makeInside(folder: string, path: string): Promise<void> {
  await mkdir(await inside(folder, path), { recursive: true });
}

/** Whether something is there; a link counts as what it leads to. @throws {AtriumError} PATH_OUTSIDE */
export async function existsInside(folder: string, path: string): Promise<boolean> {
  return (await lstat(await inside(folder, path)).catch(() => undefined)) !== undefined;
}
