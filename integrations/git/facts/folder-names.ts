import type { Tree } from '../detector.ts';
import { baseOf, folderOf } from '../reading/paths.ts';

const known = new WeakMap<Tree, ReadonlyMap<string, readonly string[]>>();

/** Names of the files right in a folder, sorted. Folders are listed once per tree. */
export function namesIn(tree: Tree, folder: string): readonly string[] {
  let folders = known.get(tree);
  if (!folders) {
    folders = listFolders(tree);
    known.set(tree, folders);
  }
  return folders.get(folder) ?? [];
}

function listFolders(tree: Tree): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of tree.files) {
    const folder = folderOf(path);
    const names = folders.get(folder);
    if (names) names.push(baseOf(path));
    else folders.set(folder, [baseOf(path)]);
  }
  return folders;
}
