/** What was made for a time: it is ended by taking back what its run made. */
import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { readTemplate } from '#model/read-template.ts';
import type { RunRow } from '../runs/run-write.ts';
import { teamOf } from '../runs/team.ts';
import type { GuardedTables, LeaseTable } from './tables.ts';

export type LeaseRow = Selectable<LeaseTable>;

const HOUR_MS = 3600 * 1000;
const MOST = 500;
/** After which a reminder that was not taken by the mail server is sent again. */
const MAIL_AGAIN_MS = 10 * 60_000;

export interface LeasesDeps {
  db: Kysely<GuardedTables>;
  now: () => Date;
  /** @throws {AtriumError} RUN_STATE_CONFLICT when it is at work already, or rolled back. */
  rollBack: (run: string, by: string) => Promise<void>;
}

export class Leases {
  readonly #deps: LeasesDeps;

  constructor(deps: LeasesDeps) {
    this.#deps = deps;
  }

  /** Those that end first come first. */
  list(state: 'live' | 'ended'): Promise<LeaseRow[]> {
    const isLive = state === 'live';
    return this.#deps.db
      .selectFrom('lease')
      .selectAll()
      .where('state', isLive ? 'in' : 'not in', ['live', 'ending', 'failed'])
      .orderBy('expires_at', isLive ? 'asc' : 'desc')
      .limit(MOST)
      .execute();
  }

  /** @throws {AtriumError} LEASE_NOT_FOUND */
  async one(id: string): Promise<LeaseRow> {
    const row = await this.#deps.db.selectFrom('lease').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new AtriumError('LEASE_NOT_FOUND', `There is no lease ${id}`);
    return row;
  }

  /** @throws {AtriumError} LEASE_REFUSED when it is over, or would last too long. */
  async extend(id: string, hours: number): Promise<void> {
    const lease = await this.one(id);
    const until = new Date(lease.expires_at.getTime() + hours * HOUR_MS);
    if (until > lease.latest_end) {
      throw new AtriumError('LEASE_REFUSED', `It may last until ${lease.latest_end.toISOString()} at most`);
    }
    const remindAt = new Date(lease.remind_at.getTime() + hours * HOUR_MS);
    const extended = await this.#deps.db
      .updateTable('lease')
      .set((eb) => ({
        expires_at: until,
        remind_at: remindAt,
        reminded: false,
        mail_due_at: null,
        extensions: eb('extensions', '+', 1),
      }))
      .where('id', '=', id)
      .where('state', '=', 'live')
      .where('expires_at', '=', lease.expires_at)
      .executeTakeFirst();
    if (extended.numUpdatedRows === 0n)
      throw new AtriumError('LEASE_REFUSED', 'It is over, or was just changed');
  }

  /** Said again of one that could not be ended, it is tried again. */
  async end(id: string, by: string): Promise<void> {
    const lease = await this.one(id);
    if (lease.state === 'ended') return;
    await this.#ending(id);
    await this.#takeBack(lease, by);
  }

  /** Ends what is due, and goes on with what a process that was killed had begun to end. */
  async endDue(): Promise<void> {
    const { db, now } = this.#deps;
    const due = await db
      .selectFrom('lease')
      .selectAll()
      .where((eb) =>
        eb.or([
          eb('state', '=', 'ending'),
          eb.and([eb('state', '=', 'live'), eb('expires_at', '<=', now())]),
        ]),
      )
      .limit(MOST)
      .execute();
    for (const lease of due) {
      await this.#ending(lease.id);
      await this.#takeBack(lease, 'The end of its lease');
    }
  }

  /** Those whose end is near, each once. */
  remindable(): Promise<LeaseRow[]> {
    const { db, now } = this.#deps;
    return db
      .updateTable('lease')
      .set({ reminded: true, mail_due_at: now(), mailed: [] })
      .where('state', '=', 'live')
      .where('reminded', '=', false)
      .where('remind_at', '<=', now())
      .returningAll()
      .execute();
  }

  /** Takes one whose reminder is still to be sent by e-mail; whoever takes it has it for a while. */
  async takeUnmailed(): Promise<LeaseRow | undefined> {
    const { db, now } = this.#deps;
    return db
      .updateTable('lease')
      .set({ mail_due_at: new Date(now().getTime() + MAIL_AGAIN_MS) })
      .where('id', '=', (eb) =>
        eb
          .selectFrom('lease')
          .select('id')
          .where('state', '=', 'live')
          .where('mail_due_at', '<=', now())
          .orderBy('mail_due_at')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .executeTakeFirst();
  }

  /** Who has the reminder of this end; of another end, nobody has any. @param all whether nobody is left out. */
  async mailed({ id, expires_at }: LeaseRow, refs: readonly string[], all: boolean): Promise<void> {
    await this.#deps.db
      .updateTable('lease')
      .set({ mailed: [...refs], ...(all && { mail_due_at: null }) })
      .where('id', '=', id)
      .where('expires_at', '=', expires_at)
      .execute();
  }

  async #ending(id: string): Promise<void> {
    await this.#deps.db
      .updateTable('lease')
      .set({ state: 'ending', error: null })
      .where('id', '=', id)
      .execute();
  }

  async #takeBack({ run }: LeaseRow, by: string): Promise<void> {
    try {
      await this.#deps.rollBack(run, by);
    } catch (error) {
      // It is being rolled back, or has been: the end of the run tells the lease.
      if (!(error instanceof AtriumError && error.code === 'RUN_STATE_CONFLICT')) throw error;
    }
  }
}

/** In the transaction that ends a run: a lease begins with what was made, and ends when that was taken back. */
export async function followRun(tx: Transaction<GuardedTables>, run: RunRow, now: Date): Promise<void> {
  if (run.state === 'succeeded') return begin(tx, run, now);
  if (run.state === 'rolled-back') await settle(tx, run.id, { state: 'ended', error: null });
  if (run.state === 'failed' && run.doing === 'undo')
    await settle(tx, run.id, { state: 'failed', error: run.error });
}

async function settle(
  tx: Transaction<GuardedTables>,
  run: string,
  outcome: Pick<LeaseRow, 'state' | 'error'>,
): Promise<void> {
  await tx.updateTable('lease').set(outcome).where('run', '=', run).execute();
}

async function begin(tx: Transaction<GuardedTables>, run: RunRow, now: Date): Promise<void> {
  const rule = readTemplate(run.template_body).template?.guardRails.lease;
  if (!rule) return;
  const after = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);
  const named = Object.values(run.input).find((value) => typeof value === 'string' && value !== '');
  await tx
    .insertInto('lease')
    .values({
      id: randomUUID(),
      run: run.id,
      template: run.template,
      title: [run.template_title, ...(named ? [String(named)] : [])].join(': '),
      entity: run.entity,
      owner: teamOf({ values: run.input, starter: run.starter }),
      started_by: run.started_by,
      created_at: now,
      expires_at: after(rule.hours),
      latest_end: after(Math.max(rule.hours, rule.maxHours)),
      remind_at: after(Math.max(0, rule.hours - rule.remindHours)),
      state: 'live',
    })
    .onConflict((conflict) => conflict.column('run').doNothing())
    .execute();
}
