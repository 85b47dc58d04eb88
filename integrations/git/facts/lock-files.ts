/** Which file holds the versions that a manifest's packages were resolved to. */
import type { Tree } from '../detector.ts';
import { dig, parsed, parseJson, parseToml } from '../reading/parse.ts';
import { ancestry, baseOf, folderOf, joinPath } from '../reading/paths.ts';
import { namesIn } from './folder-names.ts';
import type { Ecosystem, Manifest } from './manifest.ts';

const LOCKS: Readonly<Record<Ecosystem, RegExp>> = {
  npm: /^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock)$/,
  go: /^go\.sum$/,
  cargo: /^Cargo\.lock$/,
  pypi: /^(poetry\.lock|uv\.lock|pdm\.lock|pylock(\.[\w-]+)?\.toml|Pipfile\.lock)$/,
  gem: /^(Gemfile\.lock|gems\.locked)$/,
  composer: /^composer\.lock$/,
  hex: /^mix\.lock$/,
  maven: /^gradle\.lockfile$/,
  nuget: /^packages\.lock\.json$/,
};
const WORKSPACE = /^(pnpm-workspace\.yaml|lerna\.json|rush\.json|nx\.json)$/;

/** Every name that one of them has. */
export function isLockFile(path: string): boolean {
  const name = baseOf(path);
  return Object.values(LOCKS).some((pattern) => pattern.test(name)) || name === 'go.work.sum';
}

/** The lock file of a manifest: beside it, or where the workspace of which it is a part has its own. */
export function lockOf(tree: Tree, { ecosystem, path }: Manifest): string | undefined {
  const folder = folderOf(path);
  for (const at of ancestry(folder)) {
    if (at !== folder && !isWorkspace(tree, at)) continue;
    const name = namesIn(tree, at).find((one) => LOCKS[ecosystem].test(one));
    if (name !== undefined) return joinPath(at, name);
  }
  return ecosystem === 'pypi' ? pinnedRequirements(tree, folder, path) : undefined;
}

function isWorkspace(tree: Tree, folder: string): boolean {
  const names = namesIn(tree, folder);
  return (
    names.some((name) => WORKSPACE.test(name)) ||
    (names.includes('package.json') &&
      holds(parsed(tree, joinPath(folder, 'package.json'), parseJson), 'workspaces')) ||
    (names.includes('Cargo.toml') &&
      holds(parsed(tree, joinPath(folder, 'Cargo.toml'), parseToml), 'workspace')) ||
    (names.includes('pyproject.toml') &&
      holds(parsed(tree, joinPath(folder, 'pyproject.toml'), parseToml), 'tool', 'uv', 'workspace')) ||
    (names.includes('mix.exs') && (tree.read(joinPath(folder, 'mix.exs')) ?? '').includes('apps_path:')) ||
    names.some((name) => /^settings\.gradle/.test(name))
  );
}

const holds = (value: unknown, ...keys: string[]) => dig(value, ...keys) !== undefined;

const PIN = /^[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\])?\s*={2,3}\s*[^\s*]+/;

/** `requirements.txt` in which every line names one version is as good as a lock file. */
function pinnedRequirements(tree: Tree, folder: string, manifest: string): string | undefined {
  const isOne = /^requirements([._-][\w.-]+)?\.txt$/.test(baseOf(manifest));
  const name = manifest.endsWith('.in') ? baseOf(manifest).replace(/\.in$/, '.txt') : 'requirements.txt';
  const path = isOne ? manifest : joinPath(folder, name);
  const lines = (tree.read(path) ?? '')
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(#|-)/.test(line));
  return lines.length > 0 && lines.every((line) => PIN.test(line.slice(0, 300))) ? path : undefined;
}
