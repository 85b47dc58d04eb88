import { EventEmitter } from 'node:events';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { FilesAtHand, Proposal, ProposedChange } from '#model/integration.ts';
import type { KindRegistry } from '#model/kinds.ts';
import type { Catalog } from '../catalog/index.ts';
import type { FactStore } from '../facts/index.ts';
import type { Fetch } from '../kernel/fetch.ts';
import type { Log } from '../kernel/log.ts';
import type { sourcesSchema } from './contract.ts';
import { type ConfiguredSource, SourceRunner, type TouchedFiles } from './source-runner.ts';
import { sourceView } from './source-view.ts';
import type { SourceOverview, SourceStore } from './store.ts';
import { takeAway } from './take-away.ts';
import { Throttle } from './throttle.ts';

export type SourcesView = z.infer<typeof sourcesSchema>;

export interface SourceManagerOptions {
  /** In the order of the configuration. */
  configured: readonly ConfiguredSource[];
  catalog: Catalog;
  store: SourceStore;
  facts: FactStore;
  kinds: KindRegistry;
  /** For sources that speak to systems by HTTP; absent where nothing outside is asked. */
  fetch?: Fetch;
  log: Log;
  now: () => Date;
  /** The sample estate is shown. */
  isSample?: boolean;
  /** For how long what was removed can be brought back; a week when absent. */
  undoHours?: number;
}

/** More would only wait for each other in the store. */
const READING_AT_ONCE = 2;
/** At most four notices a second, and one count of what the store holds. */
const NOTICE_MS = 250;
const COUNT_MS = 1000;
const CHECK_MS = 15_000;
const WEEK_HOURS = 7 * 24;

/** Runs all sources, knows how each of them is, and marks what is no longer fresh. */
export class SourceManager {
  readonly undoHours: number;
  readonly #options: SourceManagerOptions;
  readonly #runners = new Map<string, SourceRunner>();
  readonly #waiting = new Set<SourceRunner>();
  readonly #emitter = new EventEmitter<{ change: []; touched: [TouchedFiles] }>().setMaxListeners(0);
  readonly #notices = new Throttle(() => void this.#guarded(() => this.#tell()));
  #running = false;
  #overview = new Map<string, SourceOverview>();
  #counted = 0;
  #uncounted = true;
  #checking: NodeJS.Timeout | undefined;
  #stale: string | undefined;
  #stopFeed: (() => void) | undefined;

  constructor(options: SourceManagerOptions) {
    this.#options = options;
    this.undoHours = options.undoHours ?? WEEK_HOURS;
    for (const source of options.configured) this.#hold(source);
  }

  /** Starts to read; what a source said that is no longer configured leaves. */
  async start(): Promise<void> {
    const { store, catalog } = this.#options;
    for (const id of await store.ids()) {
      if (!this.#runners.has(id)) await takeAway(this.#options, id);
    }
    await store.declare([...this.#runners.keys()]);
    this.#running = true;
    this.#stopFeed = catalog.feed.onChange(() => this.#touch());
    this.#checking = setInterval(() => void this.#guarded(() => this.check()), CHECK_MS);
    this.#checking.unref();
    await this.#guarded(() => this.check());
    this.#startWaiting();
  }

  async stop(): Promise<void> {
    this.#running = false;
    clearInterval(this.#checking);
    this.#stopFeed?.();
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
    this.#notices.stop();
  }

  /** Takes in one more source, and reads it as soon as the others leave room. */
  async add(source: ConfiguredSource): Promise<void> {
    if (this.#runners.has(source.id)) return;
    await this.#options.store.declare([source.id]);
    this.#hold(source);
    this.#startWaiting();
    this.#touch();
  }

  /** Ends a source; what only it said leaves. */
  async remove(id: string): Promise<void> {
    const runner = this.#runners.get(id);
    if (!runner) return;
    this.#runners.delete(id);
    this.#waiting.delete(runner);
    await runner.stop();
    await takeAway(this.#options, id);
    this.#touch();
  }

  /** Finds what is behind an address among what the sources have read. */
  find(address: string): FilesAtHand | undefined {
    for (const { configured } of this.#runners.values()) {
      const found = configured.source.find?.(address);
      if (found) return found;
    }
    return undefined;
  }

  /** @returns whether there is such a source. */
  syncNow(id: string): boolean {
    const runner = this.#runners.get(id);
    runner?.syncNow();
    return runner !== undefined;
  }

  /**
   * Opens a change of a file through the source that reads it. What people registered is only read.
   * @returns undefined when the file says so already.
   * @throws {AtriumError} SOURCE_NOT_FOUND, SOURCE_UNREADABLE, and what `edit` throws.
   */
  async propose(id: string, change: Omit<ProposedChange, 'readOnly'>): Promise<Proposal | undefined> {
    const configured = this.#runners.get(id)?.configured;
    if (!configured?.source.propose)
      throw new AtriumError('SOURCE_NOT_FOUND', `There is no source ${id} that could change files`);
    return configured.source.propose({ ...change, readOnly: configured.guard !== undefined });
  }

  /** How all sources are, as of the last notice. */
  current(): SourcesView {
    const { now, isSample = false } = this.#options;
    const runners = [...this.#runners.values()];
    return {
      sources: runners.map((runner) => sourceView(runner, this.#overview.get(runner.configured.id), now())),
      ready: runners.every(({ settled }) => settled),
      sample: isSample,
    };
  }

  /** How all sources are now. */
  async view(): Promise<SourcesView> {
    await this.#count();
    return this.current();
  }

  /** Calls back at most four times a second. @returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#emitter.on('change', listener);
    return () => this.#emitter.off('change', listener);
  }

  /** Calls back at once when a source sees that files are others now. @returns how to stop that. */
  onTouched(listener: (notice: TouchedFiles) => void): () => void {
    this.#emitter.on('touched', listener);
    return () => this.#emitter.off('touched', listener);
  }

  /** Marks what became stale or fresh, and forgets what can't be brought back any more. Runs by itself. */
  async check(): Promise<void> {
    const { catalog, facts, now } = this.#options;
    const { sources } = await this.view();
    const stale = sources.filter((source) => source.stale).map(({ id }) => id);
    const key = stale.toSorted().join('\n');
    if (key !== this.#stale) {
      await catalog.markStale(stale);
      await facts.markStale(stale);
      this.#stale = key;
      this.#touch();
    }
    await catalog.purgeRemoved(new Date(now().getTime() - this.undoHours * 3_600_000));
  }

  #hold(source: ConfiguredSource): void {
    const onState = () => {
      this.#startWaiting();
      this.#touch();
    };
    const runner = new SourceRunner(source, {
      ...this.#options,
      onState,
      onTouched: (notice) => this.#emitter.emit('touched', notice),
    });
    this.#runners.set(source.id, runner);
    this.#waiting.add(runner);
  }

  /** A runner that starts reports so at once and leads here again: each step counts anew. */
  #startWaiting(): void {
    for (const runner of this.#waiting) {
      if (!this.#running || this.#reading() >= READING_AT_ONCE) return;
      this.#waiting.delete(runner);
      runner.start();
    }
  }

  #reading(): number {
    return [...this.#runners.values()].filter((runner) => !this.#waiting.has(runner) && !runner.settled)
      .length;
  }

  #touch(): void {
    this.#uncounted = true;
    this.#notices.after(NOTICE_MS);
  }

  async #tell(): Promise<void> {
    if (!this.#running) return;
    if (this.#uncounted && Date.now() - this.#counted >= COUNT_MS) await this.#count();
    this.#emitter.emit('change');
    if (this.#uncounted) this.#notices.after(COUNT_MS);
  }

  /** What each source holds is counted only after something changed: it takes as long as there are contributions. */
  async #count(): Promise<void> {
    const { store } = this.#options;
    if (this.#uncounted) {
      this.#uncounted = false;
      this.#overview = new Map((await store.overview()).map((overview) => [overview.id, overview]));
      this.#counted = Date.now();
      return;
    }
    for (const { id, ...state } of await store.states()) {
      const known = this.#overview.get(id);
      if (known) this.#overview.set(id, { ...known, ...state });
    }
  }

  /** What runs by itself has nobody to throw at, and is tried again. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, 'the state of the sources could not be read or kept');
    }
  }
}
