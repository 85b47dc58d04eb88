/** Finds git repositories below a folder without starting git. */
import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface FoundRepository {
  folder: string;
  kind: 'checkout' | 'bare';
}

export interface FoundBelow {
  repositories: FoundRepository[];
  /** Files outside any repository, as paths from the folder, sorted. */
  looseFiles: string[];
}

/** How many folders below the target a repository may lie. */
export const MAX_DEPTH = 4;
/** Loose files are descriptors of a plain folder; they may lie deeper than repositories. */
const MAX_LOOSE_DEPTH = 12;

/** Folders that hold what tools made or fetched, never something of the owner's own. */
export const HEAVY_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.mypy_cache',
  '.gradle',
  '.idea',
  '.terraform',
  '.next',
  '.nuxt',
  '.cache',
  '.yarn',
  '.pnpm-store',
  '.svelte-kit',
  '.direnv',
  '.atrium',
]);

/** A checkout's `.git` is a folder, or a file in worktrees and submodules. */
export function isCheckout(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}

export function isBareRepository(folder: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name)));
}

interface Visit {
  /** Path from the top, '' for the top itself. */
  path: string;
  depth: number;
  /** Inside a repository only nested repositories matter. */
  inside: boolean;
}

/**
 * Walks a folder. Unreadable folders are passed over: a neighbour must not hide the others.
 * @param closed links are not followed.
 */
export function findRepositories(top: string, closed = false): FoundBelow {
  const found: FoundBelow = { repositories: [], looseFiles: [] };
  const pending: Visit[] = [{ path: '', depth: 0, inside: false }];
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    pending.push(...look(top, visit, found, closed));
  }
  found.repositories.sort((a, b) => (a.folder < b.folder ? -1 : 1));
  found.looseFiles.sort();
  return found;
}

/** Notes what one folder is and holds; gives the folders to look at next. */
function look(top: string, visit: Visit, found: FoundBelow, closed: boolean): Visit[] {
  const folder = join(top, visit.path);
  const entries = list(folder);
  const names = new Set(entries.map((entry) => entry.name));
  // One that was committed into another repository has a configuration of whoever did that.
  if (!visit.inside && names.has('HEAD') && names.has('objects') && names.has('refs')) {
    found.repositories.push({ folder, kind: 'bare' });
    return [];
  }
  const checkout = names.has('.git');
  if (checkout) found.repositories.push({ folder, kind: 'checkout' });
  const inside = visit.inside || checkout;
  const limit = inside ? MAX_DEPTH : MAX_LOOSE_DEPTH;
  const next: Visit[] = [];
  for (const entry of entries) {
    const path = visit.path === '' ? entry.name : `${visit.path}/${entry.name}`;
    if (entry.isDirectory() || (!closed && isLineUp(entry, folder, visit.depth))) {
      if (!HEAVY_FOLDERS.has(entry.name) && entry.name !== '.git' && visit.depth < limit) {
        next.push({ path, depth: visit.depth + 1, inside });
      }
    } else if (!inside && entry.isFile()) found.looseFiles.push(path);
  }
  return next;
}

/** Links to folders are followed only right below the target, where people line up their checkouts. */
function isLineUp(entry: Dirent, parent: string, depth: number): boolean {
  if (!entry.isSymbolicLink() || depth > 0) return false;
  try {
    return statSync(join(parent, entry.name)).isDirectory();
  } catch {
    return false;
  }
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
