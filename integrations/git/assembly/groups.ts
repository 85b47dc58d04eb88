import type { ComponentFinding, Tree } from '../detector.ts';
import { codeFiles } from '../reading/code.ts';
import { looseKey, nameKey, shortName } from '../reading/names.ts';
import { ancestry, baseOf, folderName, folderOf, isOurs, isWithin } from '../reading/paths.ts';

/** Who said it: detectors differ in how much their word for a name counts. */
export interface Said<T> {
  by: string;
  finding: T;
}

/** All that was said of one folder: a component in the making. */
export interface Group {
  folder: string;
  said: Said<ComponentFinding>[];
  /** Names under which it runs, by who said so. */
  runtime: { by: string; name: string }[];
  aliases: Set<string>;
}

/** Files of scripts and settings at the root serve the repository and not a product. */
const UPKEEP = /^([^/]+|(scripts?|tools?|hack|ci|config|configs|build|\.?github|infra|deploy|bin)\/.*)$/;
const RUNS_IT = new Set(['dockerfile', 'compose', 'spring']);

export function groupByFolder(tree: Tree, said: readonly Said<ComponentFinding>[]): Group[] {
  const ours = said.filter(({ finding }) =>
    isOurs(finding.type === 'pipeline' ? folderOf(finding.folder) : finding.folder),
  );
  const folders = new Set(ours.map(({ finding }) => finding.folder));
  const groups = new Map<string, Group>();
  for (const one of ours) {
    const folder = foldSource(one.finding.folder, folders);
    const group: Group = groups.get(folder) ?? { folder, said: [], runtime: [], aliases: new Set() };
    group.said.push(one);
    for (const alias of one.finding.aliases ?? []) group.aliases.add(alias);
    if (folder !== one.finding.folder) group.aliases.add(baseOf(folder));
    groups.set(folder, group);
  }
  foldContainers(groups);
  foldIntoContainer(tree, groups);
  return withCode(tree, groups);
}

/** `cart/src` with all of a project's files is the project `cart`. */
function foldSource(folder: string, folders: ReadonlySet<string>): string {
  if (!/(^|\/)(src|app|source|code)$/.test(folder)) return folder;
  const parent = folderOf(folder);
  const siblings = [...folders].some((other) => other !== folder && isWithin(folder, other));
  if (siblings || (parent === '' && [...folders].some((other) => other !== folder))) return folder;
  return parent;
}

const isOnlyContainer = (group: Group): boolean => group.said.every(({ by }) => by === 'dockerfile');

/** One Dockerfile further inside a project builds that project; several build its several programs. */
function foldContainers(groups: Map<string, Group>): void {
  const inner = Map.groupBy(
    [...groups.values()].filter(isOnlyContainer),
    (group) =>
      ancestry(folderOf(group.folder)).find((at) => group.folder !== '' && isManifest(groups.get(at))) ??
      null,
  );
  for (const [outer, found] of inner) {
    const [only] = found;
    const target = outer === null ? undefined : groups.get(outer);
    if (!target || !only || found.length > 1) continue;
    groups.delete(only.folder);
  }
}

/** A Dockerfile above a project's only build file, with nothing else to build, is that project's. */
function foldIntoContainer(tree: Tree, groups: Map<string, Group>): void {
  for (const outer of [...groups.values()].filter((group) => !hasManifest(group) && group.folder !== '')) {
    const inner = [...groups.values()].filter(
      (group) => group !== outer && isWithin(outer.folder, group.folder),
    );
    const [only] = inner;
    if (!only || inner.length > 1) continue;
    const elsewhere = codeFiles(tree).some(
      ({ path }) => isWithin(outer.folder, path) && !isWithin(only.folder, path),
    );
    if (elsewhere) continue;
    groups.delete(only.folder);
    outer.said.unshift(...only.said);
    for (const alias of only.aliases) outer.aliases.add(alias);
  }
}

function hasManifest(group: Group): boolean {
  return group.said.some(({ by }) => by !== 'dockerfile' && by !== 'compose');
}

function isManifest(group: Group | undefined): boolean {
  return group !== undefined && !isOnlyContainer(group);
}

/**
 * Leaves out folders with no source of their own: gatherers of workspaces and modules, and folders of
 * settings. A root beside other components also needs more than scripts, unless it is itself deployed.
 */
function withCode(tree: Tree, groups: Map<string, Group>): Group[] {
  const own = new Map<string, { all: number; product: Set<string> }>();
  for (const { path, language } of codeFiles(tree)) {
    const owner = groups.has(path) ? path : ancestry(folderOf(path)).find((folder) => groups.has(folder));
    if (owner === undefined) continue;
    const count = own.get(owner) ?? { all: 0, product: new Set<string>() };
    count.all += 1;
    if (!UPKEEP.test(path)) count.product.add(spoken(language));
    own.set(owner, count);
  }
  const kept = [...groups.values()].filter((group) => {
    const isPipeline = group.said.some(({ finding }) => finding.type === 'pipeline');
    return isPipeline || (own.get(group.folder)?.all ?? 0) > 0 || isPlainSite(tree, group);
  });
  const isAlone = kept.every((group) => group.folder === '');
  return kept.filter((group) => {
    const runs = group.said.some(({ by }) => RUNS_IT.has(by));
    const product = own.get('')?.product ?? new Set();
    const isOwn = group.said.some(
      ({ finding }) => finding.language === undefined || product.has(spoken(finding.language)),
    );
    return group.folder !== '' || isAlone || runs || (isOwn && product.size > 0);
  });
}

function spoken(language: string): string {
  return language === 'TypeScript' ? 'JavaScript' : language;
}

function isPlainSite(tree: Tree, group: Group): boolean {
  const prefix = group.folder === '' ? '' : `${group.folder}/`;
  return (
    tree.read(`${prefix}index.html`) !== undefined || tree.read(`${prefix}public/index.html`) !== undefined
  );
}

/** The names by which a group's workloads and callers may know it. */
export function keysOf(tree: Tree, group: Group): Set<string> {
  const names = group.said.flatMap(({ finding }) =>
    finding.name ? [finding.name, shortName(finding.name)] : [],
  );
  const plain = [...group.aliases].map((alias) => alias.replace(/^[a-z]+:/, ''));
  return new Set([folderName(tree, group.folder), ...names, ...plain.map(shortName)].map(nameKey));
}

export function looseKeysOf(keys: ReadonlySet<string>): Set<string> {
  return new Set([...keys].map(looseKey));
}
