/** Reads the manifests of Python's package managers. */
import type { Tree } from '../detector.ts';
import { dig, fields, isFields, list, parsed, parseToml, text } from '../reading/parse.ts';
import { folderOf, joinPath } from '../reading/paths.ts';
import { namesIn } from './folder-names.ts';
import { type ManifestReader, type Package, unique } from './manifest-reader.ts';

const REQUIREMENT = /^([A-Za-z0-9][\w.-]{0,100})\s*(?:\[[^\]]*\])?\s*(.*)$/;
const EXACT = /^\(?={2,3}\s*[^\s*,)]+\)?$/;

/** A line of requirements as PEP 508 has it. */
function requirement(line: string): Package[] {
  const plain = (line.split(/\s#|^#|;|\s--hash/, 1)[0] ?? '').trim();
  const found = plain.length > 500 ? null : REQUIREMENT.exec(plain);
  const rest = found?.[2]?.trim() ?? '';
  // What lies in the same repository is given by its path.
  if (!found?.[1] || /^@\s*(file:|\.)/.test(rest) || /^[+/\\:]/.test(rest)) return [];
  return [{ name: normal(found[1]), exact: EXACT.test(rest) || /@.*[0-9a-f]{40}/.test(rest) }];
}

/** Names of packages are compared so. */
function normal(name: string): string {
  return name.toLowerCase().replace(/[._-]+/g, '-');
}

export const ofRequirements: ManifestReader = (tree, path) => {
  const source = tree.read(path);
  if (source === undefined || isCompiled(tree, path)) return undefined;
  return unique(
    source
      .replace(/\\\r?\n/g, ' ')
      .split(/\r?\n/)
      .flatMap((line) => requirement(line.trim())),
  );
};

/** `requirements.txt` beside `requirements.in` is made from it: the lock file of that. */
export function isCompiled(tree: Tree, path: string): boolean {
  return path.endsWith('.txt') && namesIn(tree, folderOf(path)).includes(inputOf(path));
}

function inputOf(path: string): string {
  return `${path.slice(path.lastIndexOf('/') + 1, -'.txt'.length)}.in`;
}

export const ofPyproject: ManifestReader = (tree, path) => {
  const manifest = parsed(tree, path, parseToml);
  const project = dig(manifest, 'project');
  const poetry = dig(manifest, 'tool', 'poetry');
  const groups = Object.values(fields(dig(manifest, 'dependency-groups')));
  if (!isFields(project) && !isFields(poetry) && groups.length === 0) return undefined;
  const listed = [
    ...list(dig(project, 'dependencies')),
    ...Object.values(fields(dig(project, 'optional-dependencies'))).flatMap(list),
    ...groups.flatMap(list),
  ];
  const tables = [
    dig(poetry, 'dependencies'),
    dig(poetry, 'dev-dependencies'),
    ...Object.values(fields(dig(poetry, 'group'))).map((group) => dig(group, 'dependencies')),
  ];
  return unique([...listed.flatMap((one) => requirement(text(one) ?? '')), ...tables.flatMap(table)]);
};

export const ofPipfile: ManifestReader = (tree, path) => {
  const manifest = parsed(tree, path, parseToml);
  return unique([...table(dig(manifest, 'packages')), ...table(dig(manifest, 'dev-packages'))]);
};

/** Names and versions, as Poetry and Pipenv write them. */
function table(value: unknown): Package[] {
  return Object.entries(fields(value)).flatMap(([name, said]) => {
    if (name.toLowerCase() === 'python' || dig(said, 'path') !== undefined) return [];
    const version = (text(said) ?? text(dig(said, 'version')) ?? '').trim();
    const exact = /^(={2,3}\s*)?\d[\w.+-]*$/.test(version) || dig(said, 'rev') !== undefined;
    return [{ name: normal(name), exact }];
  });
}

/** Only where no other manifest in the folder says it. */
export const ofSetup: ManifestReader = (tree, path) => {
  const names = namesIn(tree, folderOf(path));
  const source = tree.read(path);
  if (source === undefined || hasProject(tree, folderOf(path))) return undefined;
  const listed = path.endsWith('.py')
    ? /\binstall_requires\s*=\s*\[([^\]]*)\]/.exec(source)?.[1]?.match(/['"][^'"\n]+['"]/g)
    : /^install_requires[ \t]*=(.*(?:\n[ \t]+.*)*)/m.exec(source)?.[1]?.split('\n');
  if (!listed && names.some((name) => /^requirements.*\.txt$|^Pipfile$/.test(name))) return undefined;
  return unique((listed ?? []).flatMap((one) => requirement(one.replace(/['"]/g, '').trim())));
};

function hasProject(tree: Tree, folder: string): boolean {
  return isFields(dig(parsed(tree, joinPath(folder, 'pyproject.toml'), parseToml), 'project'));
}
