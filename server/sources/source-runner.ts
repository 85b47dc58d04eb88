import { setTimeout as sleep } from 'node:timers/promises';
import type { PartReading } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import type { Progress, Source, SourceContext, SourceGuard } from '#model/integration.ts';
import type { KindRegistry } from '#model/kinds.ts';
import type { Catalog } from '../catalog/index.ts';
import type { FactNotice, FactStore } from '../facts/index.ts';
import type { Fetch } from '../kernel/fetch.ts';
import type { Log } from '../kernel/log.ts';
import { withoutSecrets } from '../kernel/secret.ts';
import type { SourceStore } from './store.ts';
import type { SourceError } from './tables.ts';

export interface ConfiguredSource {
  id: string;
  integration: string;
  title: string;
  /** What it points at, for people. */
  target: string;
  /** Seconds within which it promises to have confirmed all it says. */
  promiseSeconds: number;
  workDir: string;
  source: Source;
  /** Set where somebody else than the operator named the target. */
  guard?: SourceGuard;
}

export interface RunnerDeps {
  catalog: Catalog;
  store: SourceStore;
  facts: FactStore;
  kinds: KindRegistry;
  /** Absent where nothing outside is asked. */
  fetch?: Fetch;
  log: Log;
  now: () => Date;
  onState: () => void;
  onTouched: (notice: TouchedFiles) => void;
}

/** Files that are others now; all below the folder when it names none. */
export interface TouchedFiles {
  folder: string;
  paths: readonly string[];
}

export type RunnerState = 'waiting' | 'reading' | 'watching' | 'failed';

/** A failed reading is tried again after these seconds, then after the last of them again and again. */
const RETRY_SECONDS = [1, 5, 15, 60];

/** Runs one source: reads it, keeps watching it, and starts over when either fails. */
export class SourceRunner {
  readonly configured: ConfiguredSource;
  state: RunnerState = 'waiting';
  progress: Progress | undefined;
  /** The first reading is over, well or not. */
  settled = false;
  readonly #deps: RunnerDeps;
  readonly #stop = new AbortController();
  #round = new AbortController();
  #running: Promise<void> | undefined;

  constructor(configured: ConfiguredSource, deps: RunnerDeps) {
    this.configured = configured;
    this.#deps = deps;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Reads everything anew. */
  syncNow(): void {
    this.#round.abort();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#round.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      this.#round = new AbortController();
      failures = (await this.#readOnce().catch((error: unknown) => this.#broken(error))) ? 0 : failures + 1;
      if (this.#stop.signal.aborted) return;
      await (failures === 0 ? this.#watch() : this.#pause(failures));
    }
  }

  async #readOnce(): Promise<boolean> {
    const { store, log } = this.#deps;
    const { id, source } = this.configured;
    this.#become('reading');
    try {
      const parts = await source.read(this.#context());
      if (this.#round.signal.aborted) return true;
      await this.#removeMissing(parts);
      await store.confirm(id, this.#deps.now());
      this.#become('watching');
      return true;
    } catch (error) {
      if (this.#round.signal.aborted) return true;
      log.warn({ source: id, error: String(error) }, 'a source could not be read');
      await store.fail(id, sourceError(error, this.#deps.now()));
      this.#become('failed');
      return false;
    } finally {
      this.progress = undefined;
      this.settled = true;
      await this.#deps.catalog.settle();
      this.#deps.onState();
    }
  }

  async #watch(): Promise<void> {
    const { watch } = this.configured.source;
    if (!watch) return this.#pause(RETRY_SECONDS.length);
    const confirming = setInterval(
      () =>
        void this.#deps.store
          .confirm(this.configured.id, this.#deps.now())
          .catch((error) => this.#broken(error)),
      (this.configured.promiseSeconds * 1000) / 3,
    );
    try {
      await watch.call(this.configured.source, this.#context());
    } catch (error) {
      if (!this.#round.signal.aborted) {
        this.#deps.log.warn({ source: this.configured.id, error: String(error) }, 'watching a source failed');
        await this.#pause(1);
      }
    } finally {
      clearInterval(confirming);
    }
  }

  async #pause(failures: number): Promise<void> {
    const seconds = RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length) - 1] ?? 60;
    await sleep(seconds * 1000, undefined, { signal: this.#round.signal }).catch(() => undefined);
  }

  /** What the store knows beyond a full answer is gone. An empty answer is a fault of the source, not a wish. */
  async #removeMissing(parts: string[]): Promise<void> {
    const { id } = this.configured;
    const known = await this.#deps.store.parts(id);
    const missing = known.filter((part) => !new Set(parts).has(part));
    if (parts.length === 0 && known.length > 0) {
      throw new AtriumError('SOURCE_UNREADABLE', `${this.configured.target} answered with nothing at all`);
    }
    if (missing.length > 0) await this.#remove(missing);
  }

  async #apply(readings: PartReading[]): Promise<void> {
    const { catalog, store, facts, now } = this.#deps;
    if (readings.length === 0) return;
    const { id } = this.configured;
    const observed = readings.flatMap(({ part, facts: own }) => (own ? [{ part, facts: own }] : []));
    let changed: FactNotice = [];
    await catalog.ingest(id, readings, async (tx) => {
      await store.putParts(tx, id, readings, now());
      if (observed.length > 0) changed = await facts.put(tx, id, observed, now());
    });
    facts.publish(changed);
  }

  async #remove(parts: string[]): Promise<void> {
    const { catalog, store, facts } = this.#deps;
    const { id } = this.configured;
    let changed: FactNotice = [];
    await catalog.removeParts(id, parts, async (tx) => {
      await store.dropParts(tx, id, parts);
      changed = await facts.dropParts(tx, id, parts);
    });
    facts.publish(changed);
  }

  #context(): SourceContext {
    const { log, kinds, now } = this.#deps;
    const { id, workDir, guard } = this.configured;
    return {
      sourceId: id,
      kinds,
      workDir,
      now,
      ...(guard ? { guard } : this.#outside()),
      signal: this.#round.signal,
      log: log.child({ source: id }),
      apply: (readings) => this.#apply(readings),
      remove: (parts) => this.#remove(parts),
      progress: (progress) => {
        this.progress = progress;
        this.#deps.onState();
      },
      touched: (folder, paths) => this.#deps.onTouched({ folder, paths }),
    };
  }

  /** The configuration names where its sources lead. */
  #outside(): Pick<SourceContext, 'fetch' | 'observed' | 'annotated'> {
    const { catalog, fetch, facts } = this.#deps;
    return {
      observed: (name) => facts.observedAs(name),
      annotated: (names, most) => catalog.annotated(names, most),
      ...(fetch && { fetch: (address, request) => fetch(address, { ...request, guarded: false }) }),
    };
  }

  /** The store itself failed: what the source said can't be kept for now, and is read again later. */
  #broken(error: unknown): false {
    this.#deps.log.error(
      { source: this.configured.id, error: String(error) },
      'a reading could not be stored',
    );
    this.#become('failed');
    return false;
  }

  #become(state: RunnerState): void {
    this.state = state;
    this.#deps.onState();
  }
}

function sourceError(error: unknown, at: Date): SourceError {
  const known =
    error instanceof AtriumError
      ? error
      : new AtriumError('SOURCE_UNREADABLE', error instanceof Error ? error.message : String(error));
  const message = withoutSecrets(known.message);
  return { code: known.code, message, remedy: known.remedy, at: at.toISOString() };
}
