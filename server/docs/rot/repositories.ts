/** What the problems of several sites in one repository are told by: its files and its history, read once for all. */
import { LRUCache } from 'lru-cache';
import type { FileChange, FileTools } from '#model/file-tools.ts';
import type { FilesAtHand } from '#model/integration.ts';
import { RepositoryTree } from './repository-tree.ts';

export interface RepositoryNow {
  tree: RepositoryTree;
  /** By path in the repository; files that are gone among them. */
  changes: ReadonlyMap<string, FileChange>;
}

/** Of a large one, names and history are some ten megabytes. */
const MOST_HELD = 3;
/** Words of a commit are always the same. */
const MOST_COMMITS = 200;

export class Repositories {
  readonly #files: FileTools;
  readonly #held = new LRUCache<string, Promise<RepositoryNow>>({ max: MOST_HELD });
  readonly #words = new LRUCache<string, ReadonlySet<string>>({ max: MOST_COMMITS });

  constructor(files: FileTools) {
    this.#files = files;
  }

  of({ folder, bare }: FilesAtHand): Promise<RepositoryNow> {
    const held = this.#held.get(folder);
    if (held) return held;
    const reading = this.#read({ folder, path: '', bare });
    this.#held.set(folder, reading);
    reading.catch(() => this.#held.delete(folder));
    return reading;
  }

  /** To be called when files may be others. */
  forget(): void {
    this.#held.clear();
  }

  /** Those of the words that the code has now. */
  async wordsNow(place: FilesAtHand, words: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    return this.#files.wordsIn(place, words);
  }

  /** Those that it had at a commit; none where nobody can tell. */
  async wordsAt(place: FilesAtHand, words: readonly string[], commit: string): Promise<ReadonlySet<string>> {
    const key = `${place.folder}\n${commit}\n${words.join(' ')}`;
    const known = this.#words.get(key);
    if (known) return known;
    const found = (await this.#files.wordsIn(place, words, commit)) ?? new Set<string>();
    this.#words.set(key, found);
    return found;
  }

  async #read(root: FilesAtHand): Promise<RepositoryNow> {
    const paths: string[] = [];
    // Names are enough, so that not each of the files is looked at.
    await this.#files.list(root, (path) => {
      paths.push(path);
      return false;
    });
    return { tree: new RepositoryTree(paths), changes: await this.#files.lastChanges(root) };
  }
}
