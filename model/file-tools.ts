/** Files of a repository or folder at one version, and who changed them; what documentation is read from. */
import type { FilesAtHand, VersionNames } from './integration.ts';

export interface ListedFile {
  /** In the place, `/`-separated. */
  path: string;
  /** Another when the content is; never empty. */
  stamp: string;
  /** Bytes. */
  size: number;
}

export interface FileChange {
  commit: string;
  author: string;
  email: string;
  /** ISO 8601. */
  at: string;
  subject: string;
}

export interface Versions extends VersionNames {
  /** The branch that is read when no version is asked for; null where there is none. */
  current: string | null;
  /** Commit of it. */
  revision: string | null;
}

/** A place is what lies at hand of a source; a version is a branch, a tag or a commit, and absent what lies there now. */
export interface FileTools {
  /** Those of interest; what git ignores is left out. @throws {AtriumError} VERSION_NOT_FOUND */
  list(place: FilesAtHand, isWanted: (path: string) => boolean, version?: string): Promise<ListedFile[]>;
  /**
   * @returns undefined when there is no such file, or it leads out of the place.
   * @throws {AtriumError} PAYLOAD_TOO_LARGE, VERSION_NOT_FOUND, SOURCE_UNREADABLE where a clone lacks it
   */
  read(place: FilesAtHand, path: string, version?: string): Promise<Buffer | undefined>;
  /** Many texts at once, by path; what is not there, too large or no text is left out. */
  texts(place: FilesAtHand, paths: readonly string[], version?: string): Promise<Map<string, string>>;
  versions(place: FilesAtHand): Promise<Versions>;
  /** The last change of each file of the place, by path; of the newest 5,000 commits. */
  lastChanges(place: FilesAtHand, version?: string): Promise<Map<string, FileChange>>;
  /**
   * Those of the words that the code of the whole repository around the place holds, whole and as they are written;
   * pages are no code.
   * @param commit what lies there now when absent.
   * @returns undefined when nobody can tell: no repository, or a clone that lacks what was.
   */
  wordsIn(
    place: FilesAtHand,
    words: readonly string[],
    commit?: string,
  ): Promise<ReadonlySet<string> | undefined>;
}
