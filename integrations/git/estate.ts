/** All repositories of one source and what was last read of them. */
import picomatch from 'picomatch';
import type { PartReading } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import { inPool } from '#model/in-pool.ts';
import type { Proposal, ProposedChange, SourceContext } from '#model/integration.ts';
import { within } from '#model/time-limit.ts';
import { DEFAULT_DESCRIPTORS, type GitConfig } from './config.ts';
import type { Discovery } from './discovery.ts';
import { failedReadings, unreadable } from './failures.ts';
import { HandOver } from './hand-over.ts';
import { loadKeptParts, saveKeptParts } from './kept-parts.ts';
import { type Located, locate, openSite, type Site } from './locate.ts';
import { type DescriptorPart, discoveryKey, partKey, readPartKey } from './part.ts';
import { propose } from './propose.ts';
import { type Change, isTouched, siteAgain } from './refresh.ts';
import type { Repository } from './repository.ts';
import { type Known, walkSite } from './walk-site.ts';

/** A repository that was read. */
export interface SiteState {
  site: Site;
  repository: Repository;
  /** By path. */
  parts: Map<string, DescriptorPart>;
}

const AT_ONCE = 4;
/** Longest time for matching all paths of a repository with the patterns of descriptors. */
const PATTERN_MS = 5000;

export class Estate {
  readonly config: GitConfig;
  /** All repositories by key, also those that could not be read. */
  sites = new Map<string, Site>();
  /** Those that were read. */
  readonly states = new Map<string, SiteState>();
  /** The same by folder. Files outside any repository belong to the folder that holds the repositories. */
  readonly folders = new Map<string, SiteState>();
  located: Located | undefined;
  /** When the last full reading began, in milliseconds. */
  readAt = 0;
  /** Loaded when it is first needed: its parsers take longer to load than all else. */
  #discovery: Discovery | undefined;
  readonly isDescriptor: (path: string) => boolean;
  #kept: Record<string, string[]> = {};
  #last: Promise<unknown> = Promise.resolve();

  constructor(config: GitConfig) {
    this.config = config;
    const matches = picomatch(config.descriptors ?? DEFAULT_DESCRIPTORS, { dot: true });
    this.isDescriptor = (path) => matches(path);
  }

  /** Readings and rounds of watching change the same things, so they take turns. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Reads all that there is. @returns the keys of all parts. */
  async read(context: SourceContext): Promise<string[]> {
    this.readAt = Date.now();
    this.located = await locate(this.config, context);
    this.#kept = { ...loadKeptParts(context.workDir), ...this.#keys() };
    const { sites } = this.located;
    this.sites = new Map(sites.map((site) => [site.key, site]));
    for (const key of this.states.keys()) if (!this.sites.has(key)) this.#drop(key);
    this.#discovery?.forget();
    const handOver = new HandOver(context);
    const failures = new Map<string, unknown>();
    let done = 0;
    await inPool(sites, AT_ONCE, async (site) => {
      context.signal.throwIfAborted();
      context.progress({ done, total: sites.length, current: site.key });
      const failure = await this.#readSite(context, site, handOver);
      if (failure !== undefined) failures.set(site.key, failure);
      done++;
    });
    const [failure] = failures.values();
    if (failure !== undefined && failures.size === sites.length)
      throw unreadable(this.config.target, failure);
    const read = sites.map(({ key }) => key).filter((key) => !failures.has(key));
    const found = await this.#discover(context, read);
    const failed = new Set([...failures.keys()].map(discoveryKey));
    await handOver.add(found.filter(({ part }) => !failed.has(part)));
    await handOver.finish();
    context.progress({ done, total: sites.length });
    return this.#save(context);
  }

  /** Reads a repository that is new. */
  async addSite(context: SourceContext, site: Site): Promise<void> {
    this.sites.set(site.key, site);
    const handOver = new HandOver(context);
    await this.#readSite(context, site, handOver);
    await handOver.add(await this.#discover(context, [site.key]));
    await handOver.finish();
    this.#save(context);
  }

  /** See Source. Waits for a reading that is under way only where it is needed to find the repository. */
  async propose(change: ProposedChange): Promise<Proposal | undefined> {
    const { repository, path } = readPartKey(change.part);
    const find = () => this.sites.get(repository);
    const site = find() ?? (await this.exclusive(async () => find()));
    if (site) return propose(site, path, change);
    throw new AtriumError('SOURCE_UNREADABLE', `${this.config.target} has no repository ${repository} now`);
  }

  /** Forgets a repository that is gone. */
  async removeSite(context: SourceContext, key: string): Promise<void> {
    if (!this.sites.delete(key)) return;
    this.#drop(key);
    await this.refreshDiscovery(context, []);
    await this.#removeParts(
      context,
      (this.#kept[key] ?? []).filter((part) => part !== discoveryKey(key)),
    );
    this.#save(context);
  }

  /** Reads again what changed in one repository; what is the same is not handed over. */
  async refresh(context: SourceContext, key: string, change: Change): Promise<void> {
    const state = this.states.get(key);
    if (!state) return;
    const before = state.parts;
    const site = change.files ? siteAgain(state.site) : state.site;
    const repository = change.files ? await openSite(site, context.signal) : state.repository;
    const handOver = new HandOver(context, { ofChanges: true });
    const parts = await this.#walk(context, repository, site, handOver, (file) => {
      const part = before.get(file.path);
      return part && !isTouched(part, file, change) ? part : undefined;
    });
    this.#keep({ site, repository, parts });
    await handOver.finish();
    const gone = [...before.keys()].filter((path) => !parts.has(path)).map((path) => partKey(key, path));
    await this.#removeParts(context, gone);
    if (gone.length > 0 || parts.size !== before.size) this.#save(context);
  }

  /** Discovers again in some repositories and hands over what is different now, anywhere. */
  async refreshDiscovery(context: SourceContext, keys: readonly string[]): Promise<void> {
    const before = this.#discovery?.parts();
    const readings = await this.#discover(context, keys);
    if (readings.length > 0) await context.apply(readings);
    const now = this.#discovery?.parts();
    await this.#removeParts(
      context,
      [...(before ?? [])].filter((part) => !now?.has(part)),
    );
  }

  async #removeParts(context: SourceContext, parts: string[]): Promise<void> {
    if (parts.length > 0) await context.remove(parts);
  }

  #drop(key: string): void {
    const state = this.states.get(key);
    if (state) this.folders.delete(state.site.folder);
    this.states.delete(key);
  }

  #keep(state: SiteState): void {
    this.states.set(state.site.key, state);
    this.folders.set(state.site.folder, state);
  }

  /** @returns why it could not be read, after telling the store so. */
  async #readSite(context: SourceContext, site: Site, handOver: HandOver): Promise<unknown> {
    try {
      const repository = await openSite(site, context.signal);
      const parts = await this.#walk(context, repository, site, handOver, () => undefined);
      this.#keep({ site, repository, parts });
      return undefined;
    } catch (error) {
      if (context.signal.aborted || (error instanceof AtriumError && error.code === 'GIT_MISSING'))
        throw error;
      context.log.warn({ repository: site.key, error: String(error) }, 'A repository could not be read');
      await handOver.add(failedReadings(site, error, this.#kept[site.key] ?? []));
      return error;
    }
  }

  #walk(
    context: SourceContext,
    repository: Repository,
    site: Site,
    handOver: HandOver,
    known: Known,
  ): Promise<Map<string, DescriptorPart>> {
    const paths = site.only === undefined ? this.#descriptorsOf(repository) : [site.only];
    return walkSite(repository, paths, context.kinds, handOver, known);
  }

  /** The patterns may be of somebody who registered a location. @throws {TooSlow} */
  #descriptorsOf({ files: { paths } }: Repository): string[] {
    return within(PATTERN_MS, () => paths.filter(this.isDescriptor));
  }

  async #discover(context: SourceContext, keys: readonly string[]): Promise<PartReading[]> {
    const finds = this.config.discovery !== false;
    const isLookedInto = ({ site }: { site: Site }) => site.discover && (finds || site.kind !== 'plain');
    if (!this.#discovery && ![...this.states.values()].some(isLookedInto)) return [];
    this.#discovery ??= new (await import('./discovery.ts')).Discovery({ finds, isLookedInto });
    return this.#discovery.update(this.states, keys, context);
  }

  #keys(): Record<string, string[]> {
    const found = this.#discovery?.parts();
    const entries = [...this.states].map(([key, { parts }]) => {
      const own = [...parts.keys()].map((path) => partKey(key, path));
      return [key, found?.has(discoveryKey(key)) ? [...own, discoveryKey(key)] : own];
    });
    return Object.fromEntries(entries);
  }

  /** Notes which parts there are; those of repositories that can't be read now are among them. */
  #save(context: SourceContext): string[] {
    const now = this.#keys();
    const all = Object.fromEntries(
      [...this.sites.keys()].map((key) => [key, now[key] ?? this.#kept[key] ?? []]),
    );
    this.#kept = all;
    saveKeptParts(context.workDir, all);
    return Object.values(all).flat();
  }
}
