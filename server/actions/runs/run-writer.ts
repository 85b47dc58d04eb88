/** Gathers what happens in a run, and writes it in order; refused once another process has taken the run over. */
import type { Kysely, Transaction } from 'kysely';
import type { RunNews } from './news.ts';
import { type Asked, type RunChange, type RunRow, type StepRow, type Told, writeRun } from './run-write.ts';
import type { RunTables } from './tables.ts';

export interface WriterDeps {
  db: Kysely<RunTables>;
  news: RunNews;
}

/** Another process has taken the run, or this one gives it back. Ends the turn and nothing else. */
export class TurnOver extends Error {
  readonly reason: 'lost' | 'shutdown';

  constructor(reason: 'lost' | 'shutdown') {
    super(`The turn is over: ${reason}`);
    this.reason = reason;
  }
}

interface Pending {
  steps: Set<StepRow>;
  told: Told[];
  change: RunChange;
}

const nothing = (): Pending => ({ steps: new Set(), told: [], change: {} });

export interface SaveOptions {
  /** Done in the same transaction, when the run was written. */
  alongside?: (tx: Transaction<RunTables>) => Promise<void>;
  /** Nothing is written when somebody wanted since that the run looks again, or stops. */
  unless?: { wokenSince: number };
}

export class RunWriter {
  readonly #deps: WriterDeps;
  readonly #row: RunRow;
  readonly #claim: string;
  #pending = nothing();
  /** One write after another: a line of the log must not overtake the state that came before it. */
  #last: Promise<unknown> = Promise.resolve();
  /** Set while listeners are told of what was written here. */
  #publishing = false;

  constructor(deps: WriterDeps, row: RunRow, claim: string) {
    this.#deps = deps;
    this.#row = row;
    this.#claim = claim;
  }

  get isPublishing(): boolean {
    return this.#publishing;
  }

  /** All are written with whatever is saved next. */
  step(row: StepRow): void {
    this.#pending.steps.add(row);
  }

  change(change: RunChange): void {
    Object.assign(this.#pending.change, change);
  }

  tell(told: Told): void {
    this.#pending.told.push(told);
  }

  get eventCount(): number {
    return this.#row.event_count + this.#pending.told.length;
  }

  /**
   * @returns false when `unless` kept it from being written; what was gathered is then written with the next save.
   * @throws {TurnOver} when the run is held by another.
   */
  async save(change: RunChange = {}, { alongside, unless }: SaveOptions = {}): Promise<boolean> {
    const { db } = this.#deps;
    const write = this.#last.then(() =>
      alongside
        ? db.transaction().execute(async (tx) => {
            const done = await this.#write(tx, change, unless);
            if (done) await alongside(tx);
            return done;
          })
        : this.#write(db, change, unless),
    );
    this.#last = write.catch(() => undefined);
    const done = await write;
    this.#publishing = true;
    this.#deps.news.publish(this.#row.id);
    this.#publishing = false;
    return done;
  }

  async #write(db: Kysely<RunTables>, change: RunChange, unless: SaveOptions['unless']): Promise<boolean> {
    const pending = this.#pending;
    this.#pending = nothing();
    const all = { ...pending.change, ...change };
    const { told } = pending;
    const write = {
      run: this.#row.id,
      claim: this.#claim,
      unless,
      change: all,
      steps: [...pending.steps],
      told,
    };
    const asked = await writeRun(db, this.#deps.news, write).catch((error: unknown) => {
      this.#putBack(pending);
      throw error;
    });
    if (!asked) {
      this.#putBack(pending);
      await this.look(db);
      return false;
    }
    Object.assign(this.#row, all, asked);
    this.#row.event_count += told.length;
    return true;
  }

  /** What was gathered is still to be written; what was to be saved just now is not any more. */
  #putBack({ steps, told, change }: Pending): void {
    const { steps: newer, told: later, change: last } = this.#pending;
    this.#pending = {
      steps: new Set([...steps, ...newer]),
      told: [...told, ...later],
      change: { ...change, ...last },
    };
  }

  /** Reads what others asked of the run. @throws {TurnOver} when it is held by another. */
  async look(db: Kysely<RunTables> = this.#deps.db): Promise<void> {
    const asked: Asked | undefined = await db
      .selectFrom('run')
      .select(['wakes', 'cancel_by'])
      .where('id', '=', this.#row.id)
      .where('claim', '=', this.#claim)
      .executeTakeFirst();
    if (!asked) throw new TurnOver('lost');
    Object.assign(this.#row, asked);
  }
}
