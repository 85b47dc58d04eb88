/** Takes runs out of the queue and carries them on; gives them back when the process is to end. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AtriumError } from '#model/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Store } from '../../kernel/store/store.ts';
import { endRun, enqueue } from './end-run.ts';
import { type HeldDeps, HeldRun } from './held-run.ts';
import type { Turn } from './queue.ts';
import { RunTurn, type RunTurnDeps } from './run-turn.ts';
import type { RunRow } from './run-write.ts';
import { TurnOver } from './run-writer.ts';
import { messageOf } from './step-runner.ts';
import type { RunState, RunTables } from './tables.ts';
import { UndoTurn } from './undo-turn.ts';
import { type KeeperDeps, WorkspaceKeeper } from './workspace-keeper.ts';

export interface WorkerDeps extends RunTurnDeps, HeldDeps, KeeperDeps {
  store: Pick<Store<RunTables>, 'kind'>;
  log: Log;
  /** How many runs a process carries on at a time. */
  concurrency: number;
}

/** In which a run can be taken up. */
const open: readonly RunState[] = ['queued', 'running', 'waiting'];
/** For steps that are nearly done, when the process is to end. */
const DRAIN_MS = 3000;
/** What fails so often for no reason of its template is not tried for ever. */
const MOST_FAILURES = 10;

export class RunWorker {
  readonly #deps: WorkerDeps;
  readonly #held = new Set<HeldRun>();
  #closing = false;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { queue, store, concurrency } = this.#deps;
    await queue.ready();
    // Nobody else can be at them: the embedded store has one process.
    if (store.kind === 'embedded') await this.#takeUpAll();
    await queue.work((turn, claimLost) => this.#handle(turn, claimLost), concurrency);
  }

  /** Runs between two steps are given back at once, the others as soon as their step can be left. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const held of this.#held) held.yieldSoon();
    const closed = this.#deps.queue.close();
    await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })]);
    for (const held of this.#held) held.stop('shutdown');
    await closed;
  }

  async #takeUpAll(): Promise<void> {
    const { db, queue } = this.#deps;
    await db.transaction().execute(async (tx) => {
      const left = await tx.selectFrom('run').select('id').where('state', '=', 'running').execute();
      for (const { id } of left) await enqueue(tx, queue, id);
    });
  }

  async #handle(turn: Turn & { retries: number }, claimLost: AbortSignal): Promise<void> {
    const held = await this.#claim(turn);
    if (!held) return;
    claimLost.addEventListener('abort', () => held.stop('lost'));
    this.#held.add(held);
    if (this.#closing) held.yieldSoon();
    const { log } = this.#deps;
    try {
      await this.#goOn(held);
    } catch (error) {
      if (error instanceof TurnOver) {
        if (error.reason === 'shutdown') await this.#giveBack(held);
        return;
      }
      log.error({ err: error, run: turn.run }, 'a run met an error that is not its own');
      if (turn.retries < MOST_FAILURES && !isSealed(error)) throw error;
      await endRun(this.#deps, held, 'failed', { error: messageOf(error) });
    } finally {
      held.close();
      this.#held.delete(held);
    }
  }

  async #goOn(held: HeldRun): Promise<void> {
    const isUndo = held.row.doing === 'undo';
    const manifest = isUndo ? null : held.row.workspace;
    const keeper = await WorkspaceKeeper.open(this.#deps, held.id, manifest);
    try {
      await (isUndo ? new UndoTurn(this.#deps, held, keeper) : new RunTurn(this.#deps, held, keeper)).go();
    } finally {
      await keeper.remove();
    }
  }

  /** @returns undefined when the turn does not count any more, or the run has ended. */
  async #claim({ run, turn, retries }: Turn & { retries: number }): Promise<HeldRun | undefined> {
    const { db } = this.#deps;
    const claim = randomUUID();
    const row: RunRow | undefined = await db
      .updateTable('run')
      .set({ claim, state: 'running' })
      .where('id', '=', run)
      .where('turn', '=', turn)
      .where('state', 'in', open)
      .returningAll()
      .executeTakeFirst();
    if (!row) return undefined;
    const found = await db.selectFrom('run_step').selectAll().where('run', '=', run).execute();
    const steps = found.map(({ run: _run, ...step }) => step);
    try {
      return new HeldRun(this.#deps, row, steps, { claim, retries });
    } catch (error) {
      if (!isSealed(error)) throw error;
      const held = new HeldRun(this.#deps, { ...row, secrets: null }, steps, { claim, retries });
      await endRun(this.#deps, held, 'failed', { error: messageOf(error) });
      held.close();
      return undefined;
    }
  }

  async #giveBack(held: HeldRun): Promise<void> {
    const next = { run: held.id, turn: held.row.turn + 1 };
    await held.save(
      { state: 'queued', claim: null, turn: next.turn },
      { alongside: (tx) => this.#deps.queue.send(tx, next) },
    );
  }
}

function isSealed(error: unknown): boolean {
  return error instanceof AtriumError && error.code === 'SEAL_UNREADABLE';
}
