/** Takes back what a run made, in reverse order, each step by its own undo. */
import type { OutsideAction } from '../step-action.ts';
import { attempt } from './attempt.ts';
import { endRun } from './end-run.ts';
import type { HeldRun } from './held-run.ts';
import { isTemporary, pauseAfter } from './retry-pause.ts';
import { factsOf, type RunTurnDeps } from './run-turn.ts';
import type { StepRow } from './run-write.ts';
import { messageOf } from './step-runner.ts';
import { parkRun, stepContext } from './step-support.ts';
import type { StepState } from './tables.ts';
import type { WorkspaceKeeper } from './workspace-keeper.ts';

const SECONDS_FOR_ONE = 600;
const MOST_ATTEMPTS = 4;
/** `running` and `waiting`: an undo that was begun, for steps that were done. */
const undoable: readonly StepState[] = ['done', 'undo-failed', 'running', 'waiting'];

export class UndoTurn {
  readonly #deps: RunTurnDeps;
  readonly #held: HeldRun;
  readonly #keeper: WorkspaceKeeper;

  constructor(deps: RunTurnDeps, held: HeldRun, keeper: WorkspaceKeeper) {
    this.#deps = deps;
    this.#held = held;
    this.#keeper = keeper;
  }

  /** Stops at the first that fails: what came before may be needed by what is still there. */
  async go(): Promise<void> {
    for (const header of this.#held.headers.toReversed()) {
      const undo = this.#undoOf(header);
      if (!undo) continue;
      const rounds = this.#held.roundsOf(header).toReversed();
      for (const row of rounds.length > 0 ? rounds : [header]) {
        if (!undoable.includes(row.state)) continue;
        this.#held.mayYield();
        const end = await this.#undo(row, undo);
        if (end === 'parked') return;
        if (end === 'failed') return this.#fail(row);
      }
      if (rounds.some(({ state }) => state === 'undone')) this.#held.set(header, { state: 'undone' });
    }
    await endRun(this.#deps, this.#held, 'rolled-back', { error: null });
  }

  #undoOf(header: StepRow): NonNullable<OutsideAction['undo']> | undefined {
    const action = this.#deps.actions.get(this.#held.templateStep(header).action);
    return action?.effect === 'outside' ? action.undo : undefined;
  }

  async #undo(
    row: StepRow,
    { run }: NonNullable<OutsideAction['undo']>,
  ): Promise<'undone' | 'parked' | 'failed'> {
    const { name } = this.#held.templateStep(row);
    for (;;) {
      const isFirst = row.state === 'done' || row.state === 'undo-failed';
      const attempts = isFirst ? 1 : row.attempts + (row.error === null ? 0 : 1);
      const message = isFirst ? `${name} is being taken back` : undefined;
      const begun = { attempts, error: null, note: 'Being taken back', until: null };
      this.#held.set(row, { state: 'running', ...begun }, message);
      await this.#held.save({ state: 'running', at_step: name });
      const { wakes } = this.#held.row;
      const output = this.#held.outputOf(row) ?? {};
      const result = await attempt((signal) => run(this.#context(row, signal), output), {
        seconds: SECONDS_FOR_ONE,
        stop: this.#held.signal,
      });
      if (result.kind === 'stopped') this.#held.mustGoOn();
      if (result.kind === 'returned' && !result.value) {
        this.#held.set(row, { state: 'undone', note: null }, `${name} is taken back`);
        await this.#held.save();
        return 'undone';
      }
      const pause = result.kind === 'returned' ? result.value : this.#pause(row, failureOf(result));
      if (!pause) return 'failed';
      this.#held.set(row, { state: 'waiting', note: pause.wait, until: pause.until }, pause.wait);
      if (await parkRun(this.#deps, this.#held, 'waiting', pause.until, wakes)) return 'parked';
    }
  }

  /** @returns undefined when it has failed for good. */
  #pause(row: StepRow, error: unknown): { wait: string; until: Date } | undefined {
    const why = this.#held.mask.text(messageOf(error));
    this.#held.set(row, { error: why });
    if (!isTemporary(error) || row.attempts >= MOST_ATTEMPTS) return undefined;
    const pause = pauseAfter(row.attempts, error, this.#deps.random);
    return { wait: `Tries again: ${why}`, until: new Date(this.#deps.now().getTime() + pause) };
  }

  async #fail(row: StepRow): Promise<void> {
    const { name } = this.#held.templateStep(row);
    const message = `${name} could not be taken back: ${row.error}`;
    this.#held.set(row, { state: 'undo-failed', note: null, until: null }, message);
    await endRun(this.#deps, this.#held, 'failed', { error: message });
  }

  #context(row: StepRow, signal: AbortSignal) {
    return stepContext(this.#held, this.#keeper, factsOf(this.#held, new Map()), row, signal);
  }
}

function failureOf(result: { kind: 'threw'; error: unknown } | { kind: 'stopped' }): unknown {
  if (result.kind === 'threw') return result.error;
  return Object.assign(new Error(`It took longer than ${SECONDS_FOR_ONE} s`), { temporary: true });
}
