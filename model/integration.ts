import type { PartReading } from './contribution.ts';
import type { KindRegistry } from './kinds.ts';

/** What a source tells while it reads, shown in the terminal and on the sources page. */
export interface Progress {
  /** Repositories or files read so far, and how many there are, where known. */
  done: number;
  total?: number;
  /** What is being read now. */
  current?: string;
}

/** What the server lends to an integration for one source. */
export interface SourceContext {
  sourceId: string;
  kinds: KindRegistry;
  /** A folder of this source's own, kept between runs (clones, caches). */
  workDir: string;
  signal: AbortSignal;
  now: () => Date;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** Hands over readings. Resolves once they are stored, so a source can't run ahead of the store. */
  apply(readings: PartReading[]): Promise<void>;
  /** Says that these parts are gone. Their entities leave unless another source claims them. */
  remove(parts: string[]): Promise<void>;
  progress(progress: Progress): void;
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
}

/** The code that speaks to one outside system. */
export interface Integration<Config = unknown> {
  /** The folder's name: `git`, `github`, … */
  id: string;
  title: string;
  /** JSON Schema of one source's configuration. */
  configSchema: object;
  create(config: Config): Source;
}
