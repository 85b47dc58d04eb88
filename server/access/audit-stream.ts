/** Sends audit entries on as they come: none is left out, whatever the other end or this process does. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Log } from '../kernel/log.ts';
import type { AuditSink } from './audit-sinks.ts';
import { chainOf, readAfter } from './audit-store.ts';
import type { AccessTables } from './tables.ts';

export interface AuditStreamOptions {
  db: Kysely<AccessTables>;
  sink: AuditSink;
  now: () => Date;
  log: Log;
  /** Waits, or until the signal comes. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Entries in memory and in one delivery; all others wait in the store. */
const BATCH = 200;
/** Another process may have appended. */
const LOOK_EVERY_MS = 10_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** Of several processes one sends. When it is gone for so long, another takes over. */
const HELD_MS = 3 * LONGEST_PAUSE_MS;

/**
 * What was sent is remembered in the store, so a restart goes on where the last process was. An entry can arrive
 * twice when a process ends between sending and remembering; its `seq` tells.
 */
export class AuditStream {
  readonly #options: AuditStreamOptions;
  readonly #me = randomUUID();
  readonly #stopped = new AbortController();
  #woken = new AbortController();
  #running: Promise<void> | undefined;
  #failing: { since: Date; error: string } | undefined;

  constructor(options: AuditStreamOptions) {
    this.#options = options;
  }

  get name(): AuditSink['name'] {
    return this.#options.sink.name;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** There are new entries. */
  wake(): void {
    this.#woken.abort();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    await this.#options.db
      .updateTable('audit_stream')
      .set({ held_by: null, held_until: null })
      .where('name', '=', this.name)
      .where('held_by', '=', this.#me)
      .execute();
  }

  /** How far it has come: the last entry that has arrived. */
  async sentUpTo(): Promise<number> {
    const row = await this.#options.db
      .selectFrom('audit_stream')
      .select('seq')
      .where('name', '=', this.name)
      .executeTakeFirst();
    return row?.seq ?? 0;
  }

  async state() {
    const [{ anchor, head }, seq] = [await chainOf(this.#options.db), await this.sentUpTo()];
    return {
      name: this.name,
      target: this.#options.sink.target,
      sentUpTo: seq,
      waiting: head.seq - Math.max(seq, anchor.seq),
      failingSince: this.#failing?.since.toISOString() ?? null,
      error: this.#failing?.error ?? null,
    };
  }

  async #run(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!this.#stopped.signal.aborted) {
      this.#woken = new AbortController();
      try {
        const sent = await this.#sendNext();
        this.#works();
        pause = FIRST_PAUSE_MS;
        if (sent < BATCH) await this.#sleep(LOOK_EVERY_MS, this.#woken.signal);
      } catch (error) {
        this.#fails(error as Error, pause);
        await this.#sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }

  /** @returns how many were sent; 0 when another process does it. */
  async #sendNext(): Promise<number> {
    const { db, sink } = this.#options;
    const seq = await this.#hold();
    if (seq === undefined) return 0;
    const entries = await readAfter(db, seq, BATCH);
    const last = entries.at(-1);
    if (!last) return 0;
    await sink.send(entries);
    await db
      .updateTable('audit_stream')
      .set({ seq: last.seq })
      .where('name', '=', this.name)
      .where('held_by', '=', this.#me)
      .execute();
    return entries.length;
  }

  /** @returns how far it was sent, when this process is the one that sends. */
  async #hold(): Promise<number | undefined> {
    const { db, now } = this.#options;
    const at = now();
    const until = new Date(at.getTime() + HELD_MS);
    const { rows } = await sql<{ seq: number }>`
      insert into audit_stream (name, seq, held_by, held_until) values (${this.name}, 0, ${this.#me}, ${until})
      on conflict (name) do update set held_by = excluded.held_by, held_until = excluded.held_until
        where audit_stream.held_by = ${this.#me} or coalesce(audit_stream.held_until, ${at}) <= ${at}
      returning seq`.execute(db);
    return rows[0]?.seq;
  }

  async #sleep(ms: number, woken?: AbortSignal): Promise<void> {
    const signal = woken ? AbortSignal.any([this.#stopped.signal, woken]) : this.#stopped.signal;
    const { sleep = (time, until) => sleepFor(time, undefined, { signal: until, ref: false }) } =
      this.#options;
    await sleep(ms, signal).catch(() => undefined);
  }

  #fails(error: Error, pause: number): void {
    const { now, log, sink } = this.#options;
    this.#failing = { since: this.#failing?.since ?? now(), error: error.message };
    const about = { stream: sink.name, target: sink.target, reason: error.message, againInMs: pause };
    log.error(about, 'audit entries could not be sent on; they wait in the store');
  }

  #works(): void {
    if (!this.#failing) return;
    const { log, sink } = this.#options;
    log.info({ stream: sink.name, target: sink.target }, 'audit entries are sent on again');
    this.#failing = undefined;
  }
}
