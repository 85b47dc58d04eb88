/** Carries one step, or one round of it, from where it is to its end, or to where it has to wait. */
import { AtriumError } from '#model/errors.ts';
import type { Iteration, Renderer } from '../expressions/index.ts';
import type { OutsideAction, StepAction, StepContext, StepOutcome, Values } from '../step-action.ts';
import { type Attempt, attempt } from './attempt.ts';
import { checkInput } from './check-input.ts';
import type { HeldRun } from './held-run.ts';
import type { RunQueue } from './queue.ts';
import { isTemporary, pauseAfter } from './retry-pause.ts';
import { type RunFacts, renderInput } from './run-context.ts';
import type { StepRow } from './run-write.ts';
import { parkRun, stepContext } from './step-support.ts';
import type { WorkspaceKeeper } from './workspace-keeper.ts';

export interface StepRunnerDeps {
  queue: RunQueue;
  renderer: Renderer;
  actions: ReadonlyMap<string, StepAction>;
  now: () => Date;
  /** From 0 to 1. */
  random: () => number;
}

/** `parked`: the run waits or asks, and the turn is over. */
export type StepEnd = 'over' | 'parked' | 'cancelled';

const SECONDS_FOR_ONE = 600;
const SECONDS_TO_SETTLE = 60;
const MOST_ATTEMPTS = 4;
/** A step that ends its process again and again is not tried for ever. */
const MOST_CRASHES = 5;

export class StepRunner {
  readonly #deps: StepRunnerDeps;
  readonly #held: HeldRun;
  readonly #keeper: WorkspaceKeeper;
  readonly #facts: RunFacts;

  constructor(deps: StepRunnerDeps, held: HeldRun, keeper: WorkspaceKeeper, facts: RunFacts) {
    this.#deps = deps;
    this.#held = held;
    this.#keeper = keeper;
    this.#facts = facts;
  }

  async run(row: StepRow, item?: Iteration): Promise<StepEnd> {
    const step = this.#held.templateStep(row);
    const action = this.#deps.actions.get(step.action);
    if (!action) return this.#fail(row, `There is no step action ${step.action}`);
    try {
      if (row.input === null) this.#held.keep(row, { input: await this.#inputFor(row, action, item) });
    } catch (error) {
      return this.#fail(row, messageOf(error));
    }
    // Whoever was at it when it was last written has ended: nobody knows how far it came.
    if (row.state === 'running') {
      const end = await this.#afterCrash(row, action);
      if (end) return end;
    }
    return this.#try(row, action);
  }

  async #inputFor(row: StepRow, action: StepAction, item: Iteration | undefined): Promise<Values> {
    const input = await renderInput(this.#deps.renderer, this.#held.templateStep(row), this.#facts, {
      item,
      onProblem: (message) => this.#held.log(row, 'warn', message),
    });
    checkInput(action, input);
    return input;
  }

  async #afterCrash(row: StepRow, action: StepAction): Promise<StepEnd | undefined> {
    this.#held.set(row, { crashes: row.crashes + 1 });
    if (action.effect === 'outside') return this.#settle(row, action);
    if (row.crashes < MOST_CRASHES) return undefined;
    return this.#fail(row, `The process ended ${row.crashes} times while it was at this step`);
  }

  async #try(row: StepRow, action: StepAction): Promise<StepEnd> {
    const { name } = this.#held.templateStep(row);
    for (;;) {
      if (this.#held.cancelled) return 'cancelled';
      const isAskedAgain = row.state === 'waiting' && row.error === null;
      const attempts = isAskedAgain ? row.attempts : row.attempts + 1;
      const began = { began_at: row.began_at ?? this.#deps.now(), attempts };
      const message = isAskedAgain ? undefined : `${this.#called(row)} began`;
      this.#held.set(row, { state: 'running', error: null, note: null, until: null, ...began }, message);
      await this.#held.begin(action.effect === 'outside', name);
      const { wakes } = this.#held.row;
      const result = await attempt((signal) => action.run(this.#context(row, signal)), {
        seconds: action.timeoutSeconds ?? SECONDS_FOR_ONE,
        stop: this.#held.signal,
      });
      const end = await this.#take(row, action, result, wakes);
      if (end) return end;
    }
  }

  /** @returns undefined when it is to be tried, or asked, again at once. */
  async #take(
    row: StepRow,
    action: StepAction,
    result: Attempt<StepOutcome>,
    wokenSince: number,
  ): Promise<StepEnd | undefined> {
    if (result.kind === 'stopped') return this.#takeStop(row, action, result, wokenSince);
    if (result.kind === 'threw') return this.#takeError(row, result.error, wokenSince);
    if ('output' in result.value) return this.#finish(row, action, result.value.output);
    const { wait, until } = result.value;
    this.#held.set(row, { state: 'waiting', note: this.#held.mask.text(wait), until }, wait);
    return this.#park('waiting', until, wokenSince);
  }

  async #takeError(row: StepRow, error: unknown, wokenSince: number): Promise<StepEnd | undefined> {
    if (!isTemporary(error) || row.attempts >= MOST_ATTEMPTS) return this.#fail(row, messageOf(error));
    const pause = pauseAfter(row.attempts, error, this.#deps.random);
    return this.#again(row, messageOf(error), pause, wokenSince);
  }

  #again(row: StepRow, why: string, pause: number, wokenSince: number): Promise<StepEnd | undefined> {
    const until = new Date(this.#deps.now().getTime() + pause);
    const error = this.#held.mask.text(why);
    const note = `Tries again: ${error}`;
    const message = `${this.#called(row)} tries again: ${why}`;
    this.#held.set(row, { state: 'waiting', error, note, until }, message);
    return this.#park('waiting', until, wokenSince);
  }

  async #takeStop(
    row: StepRow,
    action: StepAction,
    { by, ended }: { by: 'run' | 'time'; ended: boolean },
    wokenSince: number,
  ): Promise<StepEnd | undefined> {
    if (by === 'run') {
      if (this.#held.stopped === 'shutdown' && ended && action.effect !== 'outside') {
        // It never happened: nobody has to wonder.
        this.#held.set(row, { state: 'pending', attempts: row.attempts - 1 });
        await this.#held.save();
      }
      this.#held.mustGoOn();
      return 'cancelled';
    }
    const seconds = action.timeoutSeconds ?? SECONDS_FOR_ONE;
    const why = `It took longer than ${seconds} s`;
    if (action.effect !== 'outside') return this.#fail(row, why);
    if (!ended) return this.#ask(row, `${why}, and may still be at work. Has it been done?`);
    const end = await this.#settle(row, action);
    if (end) return end;
    if (row.attempts >= MOST_ATTEMPTS) return this.#fail(row, why);
    return this.#again(row, why, pauseAfter(row.attempts, undefined, this.#deps.random), wokenSince);
  }

  /**
   * Finds out how far an outside step came.
   * @returns undefined when it can be run.
   */
  async #settle(row: StepRow, action: OutsideAction): Promise<StepEnd | undefined> {
    const { name } = this.#held.templateStep(row);
    const question = `Nobody was left to see whether “${name}” had been done. Look, and answer.`;
    if (!action.settle || row.crashes >= MOST_CRASHES) return this.#ask(row, question);
    const result = await this.settled(row, action);
    if (result === 'not-done') return undefined;
    if (result === 'unknown') return this.#ask(row, question);
    if ('output' in result) return this.#finish(row, action, result.output);
    const note = `Finds out whether it had been done: ${result.failure}`;
    const until = new Date(this.#deps.now().getTime() + pauseAfter(2, undefined, this.#deps.random));
    // Its state stays: whoever goes on has to find out first.
    this.#held.set(row, { note: this.#held.mask.text(note), until });
    const end = await this.#park('waiting', until, this.#held.row.wakes);
    return end ?? this.#settle(row, action);
  }

  /** Asks the outside system itself. */
  async settled(
    row: StepRow,
    action: OutsideAction,
  ): Promise<{ output: Values } | 'not-done' | 'unknown' | { failure: string }> {
    const { settle } = action;
    if (!settle) return 'unknown';
    // A run that is being cancelled wants to know as well.
    const stop = this.#held.stopped === 'cancel' ? new AbortController().signal : this.#held.signal;
    const result = await attempt((signal) => settle.call(action, this.#context(row, signal)), {
      seconds: SECONDS_TO_SETTLE,
      stop,
    });
    if (result.kind === 'returned') return result.value;
    if (result.kind === 'threw') return { failure: messageOf(result.error) };
    this.#held.mustGoOn();
    return { failure: `It took longer than ${SECONDS_TO_SETTLE} s` };
  }

  /** Only a person can tell: whoever wants it to look again changes nothing about that. */
  async #ask(row: StepRow, question: string): Promise<StepEnd> {
    this.#held.set(row, { state: 'asking', note: question, until: null }, question);
    for (;;) {
      const end = await this.#park('asking', null, this.#held.row.wakes);
      if (end) return end;
    }
  }

  /** What the outside has done is written before anything else begins. */
  async #finish(row: StepRow, action: StepAction, output: Values): Promise<StepEnd> {
    try {
      await this.#keepWorkspace();
    } catch (error) {
      if (action.effect !== 'outside') return this.#fail(row, messageOf(error));
      this.#held.log(row, 'warn', messageOf(error));
    }
    this.done(row, output);
    if (action.effect === 'outside') await this.#held.save();
    return 'over';
  }

  async #keepWorkspace(): Promise<void> {
    const workspace = await this.#keeper.keep();
    if (workspace) this.#held.change({ workspace });
  }

  done(row: StepRow, output: Values): void {
    this.#held.keep(row, { output: this.#plain(row, output) });
    const ended = { ended_at: this.#deps.now(), error: null, note: null, until: null };
    this.#held.set(row, { state: 'done', ...ended }, `${this.#called(row)} is done`);
  }

  /** As it can be stored. */
  #plain(row: StepRow, output: Values): Values {
    try {
      return JSON.parse(JSON.stringify(output ?? {}));
    } catch (error) {
      this.#held.log(row, 'warn', `Its output can’t be kept: ${messageOf(error)}`);
      return {};
    }
  }

  #fail(row: StepRow, why: string): StepEnd {
    const error = this.#held.mask.text(why);
    const ended = { ended_at: this.#deps.now(), note: null, until: null };
    this.#held.set(row, { state: 'failed', error, ...ended }, `${this.#called(row)} failed: ${why}`);
    return 'over';
  }

  async #park(
    state: 'waiting' | 'asking',
    until: Date | null,
    wokenSince: number,
  ): Promise<StepEnd | undefined> {
    if (await parkRun(this.#deps, this.#held, state, until, wokenSince)) return 'parked';
    return this.#held.cancelled ? 'cancelled' : undefined;
  }

  #context(row: StepRow, signal: AbortSignal): StepContext {
    return stepContext(this.#held, this.#keeper, this.#facts, row, signal);
  }

  #called(row: StepRow): string {
    const { name } = this.#held.templateStep(row);
    return row.item === null ? name : `${name} (${row.item})`;
  }
}

export function messageOf(error: unknown): string {
  if (error instanceof AtriumError) return error.message;
  return error instanceof Error ? error.message || error.name : String(error);
}
