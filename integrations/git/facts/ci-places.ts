/** The folders that a command names as what it works on. */
import type { Tree } from '../detector.ts';
import { folderOf, joinPath } from '../reading/paths.ts';

/** Programs whose arguments without a dash in front of them are files and folders. */
const BY_PATH =
  /^(go|dotnet|pytest|py\.test|python3?|phpunit|pest|rspec|bats|mocha|jest|vitest|prove|docker|podman)$/;

const known = new WeakMap<Tree, ReadonlySet<string>>();

/** @returns none where it names none: then it works where it is called. */
export function placesNamed(tree: Tree, words: readonly string[], folder: string | undefined): string[] {
  const start = words.findIndex((word) => BY_PATH.test(word.slice(word.lastIndexOf('/') + 1)));
  if (start === -1) return [];
  const places = words.slice(start + 1).flatMap((word, index) => {
    // It may belong to the option before it.
    const isValue = index > 0 && /^-[^=]*$/.test(words[start + index] ?? '');
    if (isValue || !/^[\w./-]{1,200}$/.test(word) || word.startsWith('-') || word.startsWith('/')) return [];
    const path = joinPath(folder ?? '', word.replace(/\/\.\.\.$/, ''));
    if (path === '') return word === '.' || word.startsWith('./') ? [''] : [];
    if (foldersOf(tree).has(path)) return [path];
    return tree.read(path) === undefined ? [] : [folderOf(path)];
  });
  return [...new Set(places)];
}

function foldersOf(tree: Tree): ReadonlySet<string> {
  let folders = known.get(tree);
  if (!folders) {
    const all = new Set<string>();
    for (const path of tree.files)
      for (let at = folderOf(path); at !== '' && !all.has(at); at = folderOf(at)) all.add(at);
    folders = all;
    known.set(tree, folders);
  }
  return folders;
}
