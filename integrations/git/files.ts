/** The files of a folder, read without ever leaving it. */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { findRepositories } from './find-repositories.ts';

/** Files as the readers need them: paths, and text on demand. */
export interface Files {
  /** All files, sorted; those that git ignores are left out. */
  readonly paths: readonly string[];
  /** Whether there is a file, ignored or not. */
  has(path: string): boolean;
  /** Bytes of a file, 0 when there is none. */
  size(path: string): number;
  /** Is another when the file is; '' when there is none. */
  stamp(path: string): string;
  /** The paths where they are known already. */
  listed(): readonly string[] | undefined;
  /** Text of a file, or undefined when it is absent. @throws {Error} when it is there but can't be read. */
  text(path: string): string | undefined;
}

/** Larger files are no descriptors and no definitions. */
const TEXT_LIMIT = 32 << 20;
/**
 * Files of a folder. Without a list, the folder is walked when somebody asks for all paths.
 * @param closed links are not followed.
 */
export function folderFiles(folder: string, listed?: readonly string[], closed = false): Files {
  let paths = listed;
  let known: Set<string> | undefined = listed && new Set(listed);
  return {
    get paths() {
      if (!paths) {
        paths = findRepositories(folder, closed).looseFiles;
        known = new Set(paths);
      }
      return paths;
    },
    has: (path) =>
      known?.has(path) || (isBelow(folder, join(folder, path)) && existsSync(join(folder, path))),
    size: (path) => lstatSync(join(folder, path), { throwIfNoEntry: false })?.size ?? 0,
    stamp: (path) => stampOf(join(folder, path)),
    listed: () => paths,
    text: (path) => {
      const bytes = readInside(folder, path, known?.has(path) ?? false);
      return bytes && decode(bytes);
    },
  };
}

/** Of a file or a link; nothing is followed. */
export function stampOf(full: string): string {
  const stats = lstatSync(full, { throwIfNoEntry: false });
  return stats ? `${stats.size} ${stats.mtimeMs}` : '';
}

/**
 * Reads a file without leaving the folder: a link in somebody's repository must not show the files of
 * this machine. A listed path has no link above its last name.
 * @throws {Error} when it is there but can't be read.
 */
export function readInside(folder: string, path: string, listed: boolean): Buffer | undefined {
  const full = join(folder, path);
  if (!isBelow(folder, full)) return undefined;
  try {
    if (listed) return readBytes(full);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    if (codeOf(error) !== 'ELOOP') throw error;
  }
  const target = realOrNone(full);
  if (target === undefined) return undefined;
  if (!isBelow(realpathSync.native(folder), target))
    throw new Error('it is a link that leaves its repository');
  return readBytes(target);
}

function realOrNone(full: string): string | undefined {
  try {
    return realpathSync.native(full);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

const isBelow = (folder: string, full: string) =>
  full.startsWith(folder.endsWith(sep) ? folder : folder + sep);

const isAbsence = (error: unknown) => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function readBytes(full: string): Buffer {
  // O_NOFOLLOW tells links apart without a call more; without O_NONBLOCK a named pipe would wait for ever.
  const file = openSync(full, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > TEXT_LIMIT) throw new Error(`it is larger than ${TEXT_LIMIT >> 20} MiB`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

export function decode(bytes: Buffer): string {
  if (bytes.subarray(0, 8000).includes(0)) throw new Error('it is no text');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
