/** Which files and folders a repository has, asked by paths as pages write them. */

const INDEXES = ['index.md', 'README.md', 'readme.md'];

export class RepositoryTree {
  readonly #files: ReadonlySet<string>;
  #folders: ReadonlySet<string> | undefined;
  #byName: ReadonlyMap<string, string[]> | undefined;
  #foldersByName: ReadonlyMap<string, string[]> | undefined;
  readonly #kinds = new Map<string, boolean>();

  /** @param files `/`-separated, relative to the repository. */
  constructor(files: Iterable<string>) {
    this.#files = new Set(files);
  }

  hasFolder(path: string): boolean {
    if (path === '') return true;
    return this.#allFolders().has(path);
  }

  #allFolders(): ReadonlySet<string> {
    this.#folders ??= foldersOf(this.#files);
    return this.#folders;
  }

  /** A file, or a folder. */
  has(path: string): boolean {
    return this.#files.has(path) || this.hasFolder(path);
  }

  /** As links lead to pages: without their ending, as the folder of an index, or as the address it is published at. */
  leadsTo(path: string): boolean {
    if (this.has(path)) return true;
    const bare = path.replace(/(?:^|\/)index\.html$|\.html$/, '');
    return (
      ['.md', '.markdown', '.mdx'].some((ending) => this.#files.has(`${bare}${ending}`)) ||
      INDEXES.some((name) => this.#files.has(bare === '' ? name : `${bare}/${name}`))
    );
  }

  /** Whether something ends so, wherever it lies: `docs/pages.ts` may stand for `server/docs/pages.ts`. */
  hasEnding(path: string): boolean {
    const name = nameOf(path);
    this.#foldersByName ??= Map.groupBy(this.#allFolders(), nameOf);
    const all = [...this.named(name), ...(this.#foldersByName.get(name) ?? [])];
    return all.some((found) => found === path || found.endsWith(`/${path}`));
  }

  /** Whether there are files that end so anywhere in a folder. */
  hasSuch(folder: string, ending: string): boolean {
    if (folder === '' || !this.hasFolder(folder)) return false;
    const known = this.#kinds.get(`${folder} ${ending}`);
    if (known !== undefined) return known;
    const found = [...this.#files].some((path) => path.startsWith(`${folder}/`) && path.endsWith(ending));
    this.#kinds.set(`${folder} ${ending}`, found);
    return found;
  }

  /** Files of this name, wherever they lie. */
  named(name: string): readonly string[] {
    this.#byName ??= Map.groupBy(this.#files, nameOf);
    return this.#byName.get(name) ?? [];
  }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function foldersOf(files: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of files) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      // Those around it are there already.
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

export function joinPath(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Without `.` and `..`; undefined when it leads out of the repository. */
export function normalPath(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
