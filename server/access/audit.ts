/** The audit: takes entries in, keeps them for as long as the configuration says, and tells whether they are intact. */
import { type Kysely, sql } from 'kysely';
import { type Break, ChainCheck } from '#model/audit-chain.ts';
import type { Log } from '../kernel/log.ts';
import { withoutLogins } from '../kernel/secret.ts';
import { type AuditRecord, appendEntries, chainOf, readAll } from './audit-store.ts';
import type { AccessTables } from './tables.ts';

export interface AuditOptions {
  db: Kysely<AccessTables>;
  now: () => Date;
  log: Log;
  /** Entries are kept so long. */
  days: number;
  /** Entries after this one are kept however old: they were not sent on yet. */
  sentUpTo?: () => Promise<number>;
}

export interface Verification {
  entries: number;
  intact: boolean;
  brokenAt: number | null;
  reason: string | null;
  head: string | null;
}

interface Waiting {
  record: AuditRecord & { at: Date };
  done: () => void;
  failed: (error: unknown) => void;
}

/** Entries that are written in one transaction. */
const MOST_AT_ONCE = 200;
const RETENTION_EVERY_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** Retention may move the beginning of the chain while it is followed; then it is followed anew. */
const MOST_TRIES = 3;

export class Audit {
  readonly #options: AuditOptions;
  readonly #listeners = new Set<() => void>();
  #waiting: Waiting[] = [];
  #writing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** Resolves when the entry is stored. What comes in meanwhile is stored together. */
  record(record: AuditRecord): Promise<void> {
    return new Promise((done, failed) => {
      const told: AuditRecord = JSON.parse(withoutLogins(JSON.stringify(record)));
      this.#waiting.push({ record: { ...told, at: this.#options.now() }, done, failed });
      if (!this.#writing) void this.#write();
    });
  }

  /** Called when there are new entries. */
  onAppended(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Takes old entries away, now and every day. */
  start(): void {
    const retain = () =>
      this.retain().catch((error) => this.#options.log.error({ err: error }, 'the audit’s retention failed'));
    void retain();
    this.#timer = setInterval(() => void retain(), RETENTION_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * Takes away what is older than it has to be kept. What is left still follows on what was taken away.
   * A chain that is broken is left as it is, since what is removed can't be looked into.
   * @returns how many entries left.
   */
  async retain(): Promise<number> {
    const { db, now, days, log, sentUpTo } = this.#options;
    const oldest = new Date(now().getTime() - days * DAY_MS);
    const { rows } = await sql<{ up_to: number }>`
      select coalesce((select min(seq) - 1 from audit_entry where at >= ${oldest}), head_seq) as up_to
      from audit_chain`.execute(db);
    const { anchor } = await chainOf(db);
    const upTo = Math.min(rows[0]?.up_to ?? 0, (await sentUpTo?.()) ?? Number.MAX_SAFE_INTEGER);
    if (upTo <= anchor.seq) return 0;
    const { intact, reason } = await this.verify();
    if (!intact) {
      log.error({ reason }, 'the audit is not intact, so nothing is removed from it');
      return 0;
    }
    const removed = upTo - anchor.seq;
    await db.transaction().execute(async (tx) => {
      await sql`select audit_retain(${upTo})`.execute(tx);
      await appendEntries(tx, [
        {
          at: now(),
          actor: 'atrium',
          behind: null,
          address: '',
          action: 'audit.retention',
          outcome: 'done',
          status: 200,
          after: { removed, upTo, days },
        },
      ]);
    });
    this.#tell();
    return removed;
  }

  /** Follows the chain from its beginning to its head. */
  async verify(): Promise<Verification> {
    for (let tries = 1; ; tries++) {
      const { anchor, head } = await chainOf(this.#options.db);
      const check = new ChainCheck(anchor);
      for await (const batch of readAll(this.#options.db, {}, anchor.seq)) {
        const upToHead = batch.filter(({ seq }) => seq <= head.seq);
        if (!upToHead.every((entry) => check.add(entry)) || upToHead.length < batch.length) break;
      }
      check.end(head);
      const { entries } = check;
      const broken = check.broken ?? (await this.#planted());
      const moved = (await chainOf(this.#options.db)).anchor.seq !== anchor.seq;
      if (broken && moved && tries < MOST_TRIES) continue;
      return {
        entries,
        intact: broken === undefined,
        brokenAt: broken?.seq ?? null,
        reason: broken?.reason ?? null,
        head: head.seq > 0 ? head.hash : null,
      };
    }
  }

  /** An entry that stands where the chain doesn't lead. */
  async #planted(): Promise<Break | undefined> {
    const { rows } = await sql<{ seq: number }>`
      select seq from audit_entry, audit_chain where seq > head_seq or seq <= anchor_seq
      order by seq limit 1`.execute(this.#options.db);
    const [row] = rows;
    return row && { seq: row.seq, reason: `Entry ${row.seq} was put in beside the chain` };
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      try {
        const records = batch.map(({ record }) => record);
        await this.#options.db.transaction().execute((tx) => appendEntries(tx, records));
        for (const { done } of batch) done();
        this.#tell();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = false;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
