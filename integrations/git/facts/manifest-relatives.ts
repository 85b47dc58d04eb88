/** Manifests whose packages a build takes over from others in the repository. */
import type { Tree } from '../detector.ts';
import { dig, list, parsed, parseXml, text } from '../reading/parse.ts';
import { ancestry, baseOf, folderOf, joinPath } from '../reading/paths.ts';
import type { Manifest } from './manifest.ts';

const MOST = 20;
/** A parent may have a parent. */
const DEEPEST = 3;

/** Paths of parents of a pom, projects that a project of .NET refers to, and builds around one of Gradle. */
export function relativesOf(tree: Tree, { path }: Pick<Manifest, 'path'>): string[] {
  const found = new Set<string>();
  let next = [path];
  for (let depth = 0; depth < DEEPEST && found.size < MOST; depth += 1) {
    next = next.flatMap((one) => nearestOf(tree, one)).filter((one) => one !== path && !found.has(one));
    for (const one of next.slice(0, MOST)) if (tree.read(one) !== undefined) found.add(one);
  }
  return [...found].slice(0, MOST);
}

function nearestOf(tree: Tree, path: string): string[] {
  const name = baseOf(path);
  if (name === 'pom.xml') return parentPom(tree, path);
  if (/\.(cs|fs|vb)proj$/.test(name)) return projectReferences(tree.read(path) ?? '', path);
  return name.startsWith('build.gradle') ? buildsAround(tree, path) : [];
}

function parentPom(tree: Tree, path: string): string[] {
  const parent = dig(parsed(tree, path, parseXml), 'project', 'parent');
  if (parent === undefined) return [];
  const relative = text(dig(list(parent)[0], 'relativePath')) ?? '../pom.xml';
  return [joinPath(folderOf(path), relative.endsWith('.xml') ? relative : `${relative}/pom.xml`)];
}

/** As paths within the tree. */
export function projectReferences(source: string, path: string): string[] {
  const found = source.matchAll(/<ProjectReference\s+Include="([^"]{1,500})"/g);
  return [...found].map((match) => joinPath(folderOf(path), (match[1] ?? '').replaceAll('\\', '/')));
}

/** Those that say something for all builds within. */
function buildsAround(tree: Tree, path: string): string[] {
  return ancestry(folderOf(path))
    .slice(1)
    .flatMap((at) => [joinPath(at, 'build.gradle'), joinPath(at, 'build.gradle.kts')])
    .filter((one) => /\b(subprojects|allprojects)\b/.test(tree.read(one) ?? ''));
}
