/** Files of what a source has read, at any version that its repository has. */
import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import type { FileChange, FileTools, ListedFile, Versions } from '#model/file-tools.ts';
import type { FilesAtHand, VersionNames } from '#model/integration.ts';
import { GitFailure, git, gitBytes, gitMaybe, listFiles, readHead, splitNul } from './client.ts';
import { decode, readInside } from './files.ts';
import { findRepositories } from './find-repositories.ts';
import { wordsIn } from './words-in.ts';

/** Larger files are no pages and no pictures in pages. */
const LARGEST_FILE_BYTES = 20 << 20;
const LARGEST_TEXT_BYTES = 4 << 20;
const MOST_COMMITS = 5000;
const MOST_NAMES = 200;
const HISTORY_MS = 20_000;
const NO_VERSION = new Map<string, FileChange>();

export const fileTools: FileTools = { list, read, texts, versions, lastChanges, wordsIn };

async function list(
  place: FilesAtHand,
  isWanted: (path: string) => boolean,
  version?: string,
): Promise<ListedFile[]> {
  if (version === undefined && !place.bare) return listFolder(place, isWanted);
  const { folder, commit } = await versionOf(place, version);
  if (commit === undefined) return [];
  const output = await git(folder, ['ls-tree', '-r', '-l', '-z', commit, '--', place.path || '.']);
  return splitNul(output).flatMap((row) => {
    const [, stamp, size, path] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(row) ?? [];
    if (!stamp || !size || !path || !isWanted(within(place, path))) return [];
    return [{ path: within(place, path), stamp, size: Number(size) }];
  });
}

async function listFolder(place: FilesAtHand, isWanted: (path: string) => boolean): Promise<ListedFile[]> {
  const paths = await pathsOf(place.folder);
  const prefix = place.path === '' ? '' : `${place.path}/`;
  return paths.flatMap((path) => {
    if (!path.startsWith(prefix) || !isWanted(within(place, path))) return [];
    const stats = statsOf(join(place.folder, path));
    if (!stats?.isFile()) return [];
    return [{ path: within(place, path), stamp: `${stats.size} ${stats.mtimeMs}`, size: stats.size }];
  });
}

async function pathsOf(folder: string): Promise<readonly string[]> {
  try {
    return await listFiles(folder);
  } catch (error) {
    // A plain folder, which no repository holds.
    if (error instanceof GitFailure) return findRepositories(folder, true).looseFiles;
    throw error;
  }
}

async function read(place: FilesAtHand, path: string, version?: string): Promise<Buffer | undefined> {
  if (!isPlain(path)) return undefined;
  const full = inPlace(place, path);
  if (version === undefined && !place.bare) return readFolder(place.folder, full);
  const { folder, commit } = await versionOf(place, version);
  if (commit === undefined) return undefined;
  const row = await git(folder, ['ls-tree', '-l', '-z', commit, '--', full]);
  const [, id, size] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t/.exec(row) ?? [];
  if (id === undefined) return undefined;
  checkSize(path, Number(size));
  try {
    return await gitBytes(folder, ['cat-file', 'blob', id]);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    // A clone of a remote repository has what lies in the work tree, and of other versions only the names.
    throw new AtriumError('SOURCE_UNREADABLE', `The clone lacks ${path} at ${version ?? 'HEAD'}`);
  }
}

function readFolder(folder: string, path: string): Buffer | undefined {
  const stats = statsOf(join(folder, path));
  if (stats === undefined) return undefined;
  checkSize(path, stats.size);
  try {
    return readInside(folder, path, false);
  } catch {
    // A link that leads out of the repository, or something that is no file.
    return undefined;
  }
}

async function texts(
  place: FilesAtHand,
  paths: readonly string[],
  version?: string,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const keep = (path: string, bytes: Buffer | undefined) => {
    const text = bytes && bytes.length <= LARGEST_TEXT_BYTES ? decoded(bytes) : undefined;
    if (text !== undefined) found.set(path, text);
  };
  if (version === undefined && !place.bare) {
    for (const path of paths)
      keep(path, isPlain(path) ? readFolder(place.folder, inPlace(place, path)) : undefined);
    return found;
  }
  const { folder, commit } = await versionOf(place, version);
  const asked = paths.filter((path) => isPlain(path) && !path.includes('\n'));
  if (commit === undefined || asked.length === 0) return found;
  const input = asked.map((path) => `${commit}:${inPlace(place, path)}\n`).join('');
  const output = await gitBytes(folder, ['cat-file', '--batch'], { input });
  for (const [index, bytes] of blobsOf(output).entries()) keep(asked[index] ?? '', bytes);
  return found;
}

/** What `cat-file --batch` says of each object that it was asked for; undefined for what is no file. */
function blobsOf(output: Buffer): (Buffer | undefined)[] {
  const blobs: (Buffer | undefined)[] = [];
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf(0x0a, at);
    if (lineEnd === -1) break;
    const [, type, size] = /(\w+) (\d+)$/.exec(output.toString('latin1', at, lineEnd)) ?? [];
    at = lineEnd + 1;
    // It may say that a name is missing, or that a name means many.
    if (type === undefined || size === undefined) blobs.push(undefined);
    else {
      blobs.push(type === 'blob' ? output.subarray(at, at + Number(size)) : undefined);
      at += Number(size) + 1;
    }
  }
  return blobs;
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whatever it is written like, it must lie in the place. */
function isPlain(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '..' && part !== '.' && part !== '.git');
}

function inPlace({ path: place }: FilesAtHand, path: string): string {
  return place === '' ? path : `${place}/${path}`;
}

/** Undefined where there is nothing, or a file where a folder should be. */
function statsOf(full: string): Stats | undefined {
  try {
    return lstatSync(full, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function checkSize(path: string, size: number): void {
  if (size <= LARGEST_FILE_BYTES) return;
  throw new AtriumError('PAYLOAD_TOO_LARGE', `${path} is larger than ${LARGEST_FILE_BYTES >> 20} MiB`);
}

/** Where a version lies: in the place itself, or fetched for it. @throws {AtriumError} as FileTools does. */
async function versionOf(
  place: FilesAtHand,
  version?: string,
): Promise<{ folder: string; commit: string | undefined }> {
  const { folder, others } = place;
  if (version !== undefined && isName(version) && others && (await readHead(folder)).branch !== version) {
    const brought = await others.bring(version);
    if (brought) return brought;
  }
  return { folder, commit: await commitOf(place, version) };
}

/** What begins like an option would be one. */
function isName(version: string): boolean {
  return /^[^-][^\s~^:?*[\\]*$/.test(version) && !version.includes('..');
}

/** @returns undefined for a repository without commits when no version is named. */
async function commitOf({ folder }: FilesAtHand, version?: string): Promise<string | undefined> {
  if (version === undefined) return (await readHead(folder)).revision;
  for (const form of isName(version)
    ? [`refs/heads/${version}`, `refs/tags/${version}`, `refs/remotes/origin/${version}`, version]
    : []) {
    const commit = await gitMaybe(folder, ['rev-parse', '--verify', '--quiet', `${form}^{commit}`]);
    if (commit) return commit;
  }
  throw new AtriumError('VERSION_NOT_FOUND', `There is no branch, tag or commit ${version}`);
}

async function versions({ folder, others }: FilesAtHand): Promise<Versions> {
  try {
    // A remote that can't be reached now takes away the choice, and not the page.
    const fetched = others?.names().catch(() => undefined);
    const [head, names] = await Promise.all([readHead(folder), fetched]);
    const named = names ?? (await namesOf(folder));
    return { current: head.branch ?? null, revision: head.revision ?? null, ...named };
  } catch (error) {
    if (error instanceof GitFailure) return { current: null, revision: null, branches: [], tags: [] };
    throw error;
  }
}

/** A clone knows the branches of its origin only as remote ones. */
async function namesOf(folder: string): Promise<VersionNames> {
  const refs = async (sort: string, ...patterns: string[]) => {
    const args = [
      'for-each-ref',
      `--count=${MOST_NAMES}`,
      `--sort=${sort}`,
      '--format=%(refname)',
      ...patterns,
    ];
    return (await git(folder, args)).split('\n').filter(Boolean);
  };
  const [branches, tags] = await Promise.all([
    refs('-committerdate', 'refs/heads', 'refs/remotes/origin'),
    refs('-creatordate', 'refs/tags'),
  ]);
  const names = branches.map((ref) => ref.replace(/^refs\/(heads|remotes\/origin)\//, ''));
  return {
    branches: [...new Set(names)].filter((name) => name !== 'HEAD'),
    tags: tags.map((ref) => ref.replace(/^refs\/tags\//, '')),
  };
}

async function lastChanges(place: FilesAtHand, version?: string): Promise<Map<string, FileChange>> {
  const { folder, commit } = await versionOf(place, version).catch((error: unknown) => {
    if (error instanceof GitFailure) return { folder: place.folder, commit: undefined };
    throw error;
  });
  // What was fetched came without its history.
  if (commit === undefined || folder !== place.folder) return NO_VERSION;
  const format = '--format=%x01%H%x00%aN%x00%aE%x00%aI%x00%s%x00';
  const args = [
    'log',
    '--no-merges',
    '--no-renames',
    '--name-only',
    '-z',
    `-n${MOST_COMMITS}`,
    format,
    commit,
  ];
  try {
    const output = await git(place.folder, [...args, '--', place.path || '.'], { timeLimit: HISTORY_MS });
    return readChanges(place, output);
  } catch (error) {
    // History only adds to what files tell: too long a one costs nothing else.
    if (error instanceof GitFailure) return NO_VERSION;
    throw error;
  }
}

function readChanges(place: FilesAtHand, output: string): Map<string, FileChange> {
  const changes = new Map<string, FileChange>();
  for (const record of output.split('\x01').slice(1)) {
    const [commit = '', author = '', email = '', at = '', subject = '', ...paths] = record.split('\0');
    const change = { commit, author, email, at, subject };
    for (const written of paths) {
      const path = within(place, written.trim());
      if (path !== '' && !changes.has(path)) changes.set(path, change);
    }
  }
  return changes;
}

function within({ path: place }: FilesAtHand, path: string): string {
  return place === '' ? path : path.slice(place.length + 1);
}
