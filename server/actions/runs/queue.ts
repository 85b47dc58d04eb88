/** The queue of runs: pg-boss on the portal's own store, beside its tables in a schema of its own. */
import type { Transaction } from 'kysely';
import type { Db, fromKysely, PgBoss } from 'pg-boss';
import type { Log } from '../../kernel/log.ts';
import type { Store } from '../../kernel/store/store.ts';
import type { RunTables } from './tables.ts';

const SCHEMA = 'queue';
const QUEUE = 'run';
/** A process that is silent for so long has lost what it was at. */
const HEARTBEAT_SECONDS = 15;
const REFRESH_SECONDS = 3;
/** How often somebody looks for processes that are silent. */
const SUPERVISE_SECONDS = 5;
/** Of what is due later; what is due now comes by notice. */
const POLL_SECONDS = 10;
/** What it does for queues that are not there: cron, flows, schema changes in the background. */
const SELDOM_SECONDS = 3600;
const DAY_SECONDS = 24 * 3600;
const YEAR_SECONDS = 365 * DAY_SECONDS;
/** A handler fails only when the store does, so it is tried again for as long as it takes. */
const RETRIES = 1_000_000;
const LONGEST_PAUSE_SECONDS = 30;
const START_ATTEMPTS = 5;
/** For handlers that are told to stop: see RunWorker. */
const STOP_MS = 20_000;

/** One go at a run. Only the newest turn of a run counts: see `claim`. */
export interface Turn {
  run: string;
  turn: number;
}

export type HandleTurn = (turn: Turn & { retries: number }, claimLost: AbortSignal) => Promise<void>;

export interface RunQueueOptions {
  store: Pick<Store<RunTables>, 'db' | 'kind' | 'listen' | 'script'>;
  log: Log;
}

interface Opened {
  boss: PgBoss;
  within: typeof fromKysely;
}

export class RunQueue {
  readonly #options: RunQueueOptions;
  #opening: Promise<Opened> | undefined;
  #opened: Opened | undefined;
  #look: () => void = () => undefined;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: RunQueueOptions) {
    this.#options = options;
  }

  /** To be awaited before a transaction that sends: the embedded store has one session. */
  async ready(): Promise<void> {
    this.#opening ??= this.#open();
    try {
      this.#opened = await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** Takes turns, so many at a time, until it is closed. */
  async work(handle: HandleTurn, concurrency: number): Promise<void> {
    await this.ready();
    const options = {
      localConcurrency: concurrency,
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
      heartbeatRefreshSeconds: REFRESH_SECONDS,
    } as const;
    await this.#boss.work<Turn>(QUEUE, options, async (jobs) => {
      for (const { data, retryCount, signal } of jobs) await handle({ ...data, retries: retryCount }, signal);
      // A free hand looks for the next at once.
      this.#look();
    });
    this.#look();
  }

  /** Sends within a transaction; `look` afterwards, once it is committed. */
  async send(tx: Transaction<RunTables>, { run, turn }: Turn, after?: Date): Promise<void> {
    const { boss, within } = this.#opened ?? notReady();
    const later = after ? { startAfter: after } : {};
    await boss.send(QUEUE, { run, turn }, { db: within(tx), ...later });
  }

  /** Makes the free hands of this process look for a turn. */
  look(): void {
    this.#look();
  }

  /** What waits until a time is looked for then, and not when the next poll happens to be. */
  lookAt(time: Date, now: Date): void {
    const delay = Math.max(time.getTime() - now.getTime(), 0) + 20;
    if (delay > DAY_SECONDS * 1000) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#look();
    }, delay);
    timer.unref();
    this.#timers.add(timer);
  }

  /** Takes no more turns, and returns when those that it has are given back. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    const opened = await this.#opening?.catch(() => undefined);
    await opened?.boss.stop({ graceful: true, timeout: STOP_MS });
  }

  get #boss(): PgBoss {
    return (this.#opened ?? notReady()).boss;
  }

  async #open(): Promise<Opened> {
    // Half a second of compiling, which no start of the portal should wait for.
    const { PgBoss, fromKysely: within } = await import('pg-boss');
    const { store, log } = this.#options;
    const boss = new PgBoss({
      db: this.#database(within(store.db)),
      schema: SCHEMA,
      backend: store.kind === 'embedded' ? 'pglite' : 'postgres',
      useListenNotify: true,
      schedule: false,
      registerInstance: false,
      monitorVacuum: false,
      openTelemetry: { enabled: false },
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
      flowIntervalSeconds: SELDOM_SECONDS,
      bamIntervalSeconds: SELDOM_SECONDS,
      maintenanceIntervalSeconds: SELDOM_SECONDS,
    });
    boss.on('error', (error) => log.warn({ err: error }, 'the queue of runs met an error'));
    await boss.start({ attempts: START_ATTEMPTS });
    // Made once, and brought up to date by each version that sets something else.
    const settings = {
      notify: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: DAY_SECONDS - 1,
      retentionSeconds: YEAR_SECONDS,
      deleteAfterSeconds: DAY_SECONDS,
      retryLimit: RETRIES,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: LONGEST_PAUSE_SECONDS,
    };
    await boss.createQueue(QUEUE, settings);
    await boss.updateQueue(QUEUE, settings);
    return { boss, within };
  }

  #database(single: Db): Db {
    const { store } = this.#options;
    return {
      async executeSql(text, values) {
        if (values && values.length > 0) return single.executeSql(text, values);
        return { rows: await store.script(text) };
      },
      listen: async (channel, onNotice) => {
        this.#look = () => onNotice(QUEUE);
        await store.listen(channel, onNotice);
        return { close: async () => undefined };
      },
    };
  }
}

function notReady(): never {
  throw new Error('The queue of runs is not open');
}
