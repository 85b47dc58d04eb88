import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tree } from './detector.ts';
import { stampOf } from './files.ts';

const LARGEST_FILE = 1024 * 1024;
/** A walk stops here: a folder that is no repository may be anything, a home folder for one. */
const MOST_FILES = 50_000;
const MADE_OR_BORROWED = new Set(
  '.git node_modules vendor dist build target out .venv venv __pycache__ .gradle .idea .next .cache bower_components'.split(
    ' ',
  ),
);

/** A folder on disk as a tree: what git knows of it, or what lies in it when it is no repository. */
export function openFolderTree(folder: string, files?: readonly string[]): Tree {
  const root = resolve(folder);
  const paths = [...(files ?? listFiles(root))].sort();
  const present = new Set(paths);
  const texts = new Map<string, string | undefined>();
  return {
    name: basename(root),
    files: paths,
    read(path) {
      if (!present.has(path)) return undefined;
      if (!texts.has(path)) texts.set(path, readText(join(root, path)));
      return texts.get(path);
    },
    stamp: (path) => (present.has(path) ? stampOf(join(root, path)) : ''),
    place(path, line) {
      const location = `file:${pathToFileURL(join(root, path)).pathname}`;
      return { location, path, ...(line === undefined ? {} : { line }) };
    },
  };
}

function listFiles(root: string): string[] {
  return existsSync(join(root, '.git')) ? (gitFiles(root) ?? walk(root)) : walk(root);
}

function gitFiles(root: string): string[] | undefined {
  try {
    const args = ['-C', root, 'ls-files', '-co', '--exclude-standard', '-z'];
    const listed = execFileSync('git', args, {
      encoding: 'utf8',
      maxBuffer: 256 * LARGEST_FILE,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [...new Set(listed.split('\0').filter(Boolean))];
  } catch {
    return undefined;
  }
}

function walk(root: string): string[] {
  const found: string[] = [];
  const pending = [''];
  for (
    let folder = pending.pop();
    folder !== undefined && found.length < MOST_FILES;
    folder = pending.pop()
  ) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !MADE_OR_BORROWED.has(entry.name)) pending.push(path);
      else if (entry.isFile()) found.push(path);
    }
  }
  return found.slice(0, MOST_FILES);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readText(file: string): string | undefined {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > LARGEST_FILE) return undefined;
    const bytes = readFileSync(file);
    return bytes.subarray(0, 8000).includes(0) ? undefined : bytes.toString('utf8');
  } catch {
    return undefined;
  }
}
