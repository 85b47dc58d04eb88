/** Recognises files that Templates copy and fill in. */
import { posix } from 'node:path';

const TEMPLATE_KIND = /^kind:[ \t]*['"]?Template\b/m;

/** Files that cookiecutter will fill in are no YAML yet. Expressions of templates (`${{`) the model knows. */
export function isCookiecutter(text: string): boolean {
  return /\{\{-?\s*cookiecutter\./.test(text) && !TEMPLATE_KIND.test(text);
}

/** Folders that the fetch steps of the Templates in a file name, as paths in the repository. */
export function skeletonFolders(text: string, path: string): string[] {
  if (!TEMPLATE_KIND.test(text)) return [];
  const home = posix.dirname(path);
  const folders = new Set<string>();
  for (const [, url] of text.matchAll(/^[ \t]*(?:-[ \t]+)?url:[ \t]*['"]?([^\s'"#]+)/gm)) {
    if (url === undefined || /:|\$\{\{|^\//.test(url)) continue;
    const folder = posix.join(home, url).replace(/\/+$/, '');
    // `url: .` copies the folder of the Template itself, which must stay readable.
    if (folder !== home && folder !== '.' && !folder.startsWith('..')) folders.add(folder);
  }
  return [...folders];
}

export function isBelowAny(path: string, folders: Iterable<string>): boolean {
  for (const folder of folders) if (path.startsWith(`${folder}/`)) return true;
  return false;
}
