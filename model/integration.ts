import type { PartReading } from './contribution.ts';
import type { FactDeclaration, FactReading } from './fact.ts';
import type { KindRegistry } from './kinds.ts';

/** What a source tells while it reads, shown in the terminal and on the sources page. */
export interface Progress {
  /** Repositories or files read so far, and how many there are, where known. */
  done: number;
  total?: number;
  /** What is being read now. */
  current?: string;
}

/** A value that is used and never shown. */
export interface SecretValue {
  reveal(): string;
}

/** Where an address leads, once it was checked: connect to one of these and to nothing else. */
export interface CheckedAddress {
  host: string;
  port: number;
  addresses: readonly string[];
}

/** Says what a source may touch whose target is not the operator's word. */
export interface SourceGuard {
  /** @throws {AtriumError} ADDRESS_REFUSED, FETCH_FAILED when the host has no address. */
  address(url: string): Promise<CheckedAddress>;
  /** @returns the path without links. @throws {AtriumError} PATH_REFUSED */
  path(path: string): string;
}

/** Asks another machine by HTTP, with limits of time and size. */
export type OutsideFetch = (
  address: string,
  request: {
    method: 'GET' | 'POST';
    headers: Readonly<Record<string, string>>;
    body?: string;
    /** Milliseconds for all of it. */
    timeLimit: number;
    /** Bytes of the answer's body. */
    largest: number;
    signal: AbortSignal;
  },
) => Promise<{ status: number; body: Buffer }>;

/** An entity with those of its annotations that were asked for. */
export interface AnnotatedEntity {
  /** Canonical. */
  ref: string;
  annotations: Readonly<Record<string, string>>;
}

/** What the server lends to an integration for one source. */
export interface SourceContext {
  sourceId: string;
  kinds: KindRegistry;
  /** A folder of this source's own, kept between runs (clones, caches). */
  workDir: string;
  signal: AbortSignal;
  now: () => Date;
  /** Absent for sources of the configuration, which may read all that the server can reach. */
  guard?: SourceGuard;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /**
   * For what speaks to systems by HTTP; absent for sources that somebody has registered.
   * @throws {AtriumError} FETCH_FAILED, FETCH_TOO_LARGE; any status is an answer.
   */
  fetch?: OutsideFetch;
  /** The latest facts of one kind that configured sources observe, of every entity; absent as above. */
  observed?(name: string): Promise<FactReading[]>;
  /** The first so many entities with any of these annotations, by ref, as configured sources say; absent as above. */
  annotated?(names: readonly string[], most: number): Promise<AnnotatedEntity[]>;
  /** Hands over readings. Resolves once they are stored, so a source can't run ahead of the store. */
  apply(readings: PartReading[]): Promise<void>;
  /** Says that these parts are gone. Their entities leave unless another source claims them. */
  remove(parts: string[]): Promise<void>;
  progress(progress: Progress): void;
  /**
   * Says that files below a folder are others now, whether or not anything was read from them.
   * @param paths in the folder; all of them when it is empty.
   */
  touched?(folder: string, paths: readonly string[]): void;
}

/** Where files that a source reads lie on this machine. */
export interface FilesAtHand {
  folder: string;
  /** In the folder; empty for all of it. */
  path: string;
  /** They lie in a bare repository, not as files. */
  bare: boolean;
  /** Of a clone, which holds one version. */
  others?: OtherVersions | undefined;
}

export interface VersionNames {
  branches: string[];
  /** Newest first. */
  tags: string[];
}

export interface VersionPlace {
  /** A bare repository. */
  folder: string;
  commit: string;
}

/** What the remote of a clone has beside the version that was cloned. */
export interface OtherVersions {
  /** @throws {AtriumError} SOURCE_UNREADABLE, and others for an address that may not be reached. */
  names(): Promise<VersionNames>;
  /**
   * Fetches a branch, a tag, or a change that is proposed (`pull/12`, `merge-requests/12`).
   * @returns undefined when there is none of that name. @throws as `names` does.
   */
  bring(version: string): Promise<VersionPlace | undefined>;
}

/** A change of one file that somebody is to review. */
export interface ProposedChange {
  /** Key of the part that was read from the file. */
  part: string;
  /** Gives the new text of the file. @throws {AtriumError} when it can't be changed. */
  edit(text: string): string;
  branch: string;
  title: string;
  /** Why; below the title. */
  body: string;
  author: { name: string; email: string };
  at: Date;
  /** The repository is left as it is: a patch is all that is made. */
  readOnly: boolean;
}

export interface Proposal {
  /** Repository and path as the source knows them. */
  repository: string;
  path: string;
  patch: string;
  /** Undefined when the repository was not written to. */
  branch: string | undefined;
  /** What became of it, as a sentence. */
  note: string;
}

/** One configured use of an integration. */
export interface Source {
  /**
   * Reads everything. Resolves to the keys of all parts that exist now: what the store knows beyond them
   * is removed, unless the answer is empty.
   * @throws {AtriumError} SOURCE_UNREADABLE when nothing could be read; nothing is removed then.
   */
  read(context: SourceContext): Promise<string[]>;
  /** Watches for changes and hands them over until the signal aborts. Absent when only `read` is possible. */
  watch?(context: SourceContext): Promise<void>;
  /** Finds what is behind an address; undefined when this source has not read it. */
  find?(address: string): FilesAtHand | undefined;
  /**
   * Opens a change of a file on a branch of its own; what lies in a work tree or is staged there stays as it is.
   * @returns undefined when the file says so already.
   * @throws {AtriumError} SOURCE_UNREADABLE when there is no such file, and what `edit` throws.
   */
  propose?(change: ProposedChange): Promise<Proposal | undefined>;
}

/** The code that speaks to one outside system. */
export interface Integration<Config = unknown> {
  /** The folder's name: `git`, `github`, … */
  id: string;
  title: string;
  /**
   * JSON Schema of one source's configuration. Where a property says `secret: true`, the configuration has
   * `{ env }` or `{ file }`, and `create` gets a SecretValue.
   */
  configSchema: object;
  /** What it observes of entities beside what their descriptors say. */
  facts?: readonly FactDeclaration[];
  create(config: Config): Source;
}
