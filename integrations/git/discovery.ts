/** Keeps what was found in each repository, and tells which readings differ from those handed over before. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { PartReading } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import type { SourceContext } from '#model/integration.ts';
import { TooSlow, within } from '#model/time-limit.ts';
import { discoveredReadings } from './discovered.ts';
import { datesOf, type FolderHistory, readCommits, readHistory } from './history.ts';
import type { Site } from './locate.ts';
import { type Insight, type Knowledge, lookInto } from './look-into.ts';
import { type Declared, type DescriptorPart, folderOfDescriptor } from './part.ts';
import { type Repository, treeOf } from './repository.ts';

interface Found extends Insight {
  history: ReadonlyMap<string, FolderHistory>;
}

type LookContext = Pick<SourceContext, 'signal' | 'log' | 'now'>;

export interface ReadSite {
  site: Site;
  repository: Repository;
  parts: ReadonlyMap<string, DescriptorPart>;
}

export interface DiscoveryOptions {
  /** Whether things may be found that no descriptor tells of; facts are observed of what is declared anyway. */
  finds: boolean;
  isLookedInto: (read: ReadSite) => boolean;
}

export class Discovery {
  readonly #options: DiscoveryOptions;
  readonly #found = new Map<string, Found>();
  /** Digest of what was handed over, by part. */
  #handed = new Map<string, string>();

  constructor(options: DiscoveryOptions) {
    this.#options = options;
  }

  /** The parts that there are. */
  parts(): ReadonlySet<string> {
    return new Set(this.#handed.keys());
  }

  /** Makes the next update tell everything. */
  forget(): void {
    this.#handed = new Map();
  }

  /** Looks into some repositories again. @returns what differs now, in these or, by dependencies, in others. */
  async update(
    sites: ReadonlyMap<string, ReadSite>,
    keys: readonly string[],
    context: LookContext,
  ): Promise<PartReading[]> {
    for (const key of keys) {
      context.signal.throwIfAborted();
      const read = sites.get(key);
      if (read && this.#options.isLookedInto(read)) await this.#look(key, read, context);
      // Others have waited long enough for this thread.
      await turn();
    }
    for (const key of this.#found.keys()) if (!sites.has(key)) this.#found.delete(key);
    return this.#changed(this.#readings(sites));
  }

  /** What can't be looked into has nothing to say; the others have. */
  async #look(key: string, read: ReadSite, context: LookContext): Promise<void> {
    const { signal, log } = context;
    try {
      this.#found.set(key, await look(read, this.#options.finds, context));
    } catch (error) {
      if (signal.aborted || error instanceof AtriumError) throw error;
      log.warn({ repository: key, error: String(error) }, 'Nothing could be discovered in a repository');
      this.#found.delete(key);
    }
  }

  #readings(sites: ReadonlyMap<string, ReadSite>): PartReading[] {
    const declared = [...sites.values()].flatMap(({ parts }) =>
      [...parts.values()].flatMap((part) => part.declared),
    );
    const repositories = [...this.#found].flatMap(([key, found]) => {
      const read = sites.get(key);
      if (!read) return [];
      const { name, place } = read.repository;
      const own = [...read.parts.values()].flatMap((part) => part.declared);
      return [{ key, name, place, slug: place.remote?.slug, declared: own, ...found }];
    });
    return discoveredReadings(repositories, declared);
  }

  #changed(readings: PartReading[]): PartReading[] {
    const before = this.#handed;
    this.#handed = new Map(readings.map((reading) => [reading.part, digest(reading)]));
    return readings.filter(({ part }) => before.get(part) !== this.#handed.get(part));
  }
}

async function look(
  { repository, parts }: ReadSite,
  finds: boolean,
  { signal, now }: LookContext,
): Promise<Found> {
  const { key, kind, place } = repository;
  const commits = kind === 'plain' ? [] : await readCommits(place.folder, signal);
  const declared = [...parts.values()].flatMap((part) => part.declared);
  const knowledge = { finds, dates: datesOf(commits), folders: foldersOf(declared) };
  const { inventory, observed } = await assemble(repository, knowledge, signal);
  const { components, apis } = inventory;
  const folders = [
    ...new Set([...[...components, ...apis].map(({ folder }) => folder), ...knowledge.folders]),
  ];
  const history = await readHistory(place.folder, folders, { commits, now: now(), signal });
  return { inventory: { ...inventory, repository: key }, observed, history };
}

/** In which declared components lie. */
function foldersOf(declared: readonly Declared[]): string[] {
  const components = declared.filter(({ kind }) => kind.toLowerCase() === 'component');
  return [...new Set(components.map(({ path }) => folderOfDescriptor(path)))];
}

/** Small repositories take less time than starting a thread for them. */
const WORTH_FILES = 2000;
/** Those that seemed small and are not, or were made to take for ever, go to a thread after all. */
const QUICK_MS = 1000;
/** Of one detector or collector, where no thread can do it. */
const PATIENCE_MS = 3000;

async function assemble(repository: Repository, knowledge: Knowledge, signal: AbortSignal): Promise<Insight> {
  if (repository.kind === 'bare') return lookInto(treeOf(repository), knowledge, PATIENCE_MS);
  if (repository.files.paths.length < WORTH_FILES) {
    try {
      return within(QUICK_MS, () => lookInto(treeOf(repository), knowledge));
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
    }
  }
  return assembleInThread(repository, knowledge, signal);
}

async function assembleInThread(
  { name, place, files }: Repository,
  knowledge: Knowledge,
  signal: AbortSignal,
): Promise<Insight> {
  const workerData = { name, place, paths: files.paths, knowledge };
  const worker = new Worker(new URL('./assemble-worker.ts', import.meta.url), { workerData });
  try {
    const [insight] = (await once(worker, 'message', { signal })) as [Insight];
    return insight;
  } finally {
    await worker.terminate();
  }
}

function digest(reading: PartReading): string {
  return createHash('sha1')
    .update(JSON.stringify([reading.revision, reading.contributions]))
    .digest('hex');
}
