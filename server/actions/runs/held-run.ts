/** A run as the process sees it that is at it. */
import type { TemplateStep } from '#model/template.ts';
import type { Values } from '../step-action.ts';
import { createMask, type Mask } from './mask.ts';
import type { RunChange, RunRow, StepRow, Told } from './run-write.ts';
import { RunWriter, type SaveOptions, TurnOver, type WriterDeps } from './run-writer.ts';
import type { Seal } from './seal.ts';

export interface HeldDeps extends WriterDeps {
  seal: Seal;
  now: () => Date;
}

export interface Claim {
  claim: string;
  retries: number;
}

export type StopReason = 'cancel' | 'lost' | 'shutdown';

/** What happens in a run reaches those who follow it within this time. */
const FLUSH_MS = 200;
const LONGEST_MESSAGE = 8000;
/** Lines beyond that are left out: a run is no place for the whole output of a build. */
const MOST_EVENTS = 20_000;

interface Given {
  input: Values | null;
  output: Values | null;
}

export class HeldRun {
  readonly row: RunRow;
  readonly secrets: Record<string, string>;
  readonly mask: Mask;
  readonly #deps: HeldDeps;
  readonly #steps: StepRow[];
  readonly #writer: RunWriter;
  readonly #stop = new AbortController();
  readonly #unfollow: () => void;
  readonly #isTakenUpAgain: boolean;
  #timer: NodeJS.Timeout | undefined;
  #yields = false;

  /** @param retries how often this very turn was begun before. */
  constructor(deps: HeldDeps, row: RunRow, steps: StepRow[], { claim, retries }: Claim) {
    this.#deps = deps;
    this.#isTakenUpAgain = row.turn > 0 || retries > 0;
    this.row = row;
    this.#steps = steps;
    this.#writer = new RunWriter(deps, row, claim);
    this.secrets = row.secrets ? (deps.seal.openJson(row.secrets, row.id) as Record<string, string>) : {};
    this.mask = createMask(this.secrets);
    this.#unfollow = deps.news.onRun(row.id, () => void this.#look());
  }

  get id(): string {
    return this.row.id;
  }

  get cancelled(): boolean {
    return this.row.cancel_by !== null;
  }

  /** Ends when whatever is done for the run has to stop. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get stopped(): StopReason | undefined {
    return this.#stop.signal.aborted ? (this.#stop.signal.reason as StopReason) : undefined;
  }

  stop(reason: StopReason): void {
    this.#stop.abort(reason);
  }

  /** Asks for the run to be given back between two steps. */
  yieldSoon(): void {
    this.#yields = true;
  }

  /** To be called between two steps. @throws {TurnOver} */
  mayYield(): void {
    if (this.#yields) throw new TurnOver('shutdown');
    this.mustGoOn();
  }

  /** @throws {TurnOver} when it is not, or no longer, for this process to go on. */
  mustGoOn(): void {
    const { stopped } = this;
    if (stopped === 'lost' || stopped === 'shutdown') throw new TurnOver(stopped);
  }

  /** The steps themselves, in order. */
  get headers(): StepRow[] {
    return this.#steps.filter(({ round }) => round === 0).sort((a, b) => a.position - b.position);
  }

  roundsOf({ position }: StepRow): StepRow[] {
    const rounds = this.#steps.filter((row) => row.position === position && row.round > 0);
    return rounds.sort((a, b) => a.round - b.round);
  }

  add(rows: readonly StepRow[]): void {
    this.#steps.push(...rows);
    for (const row of rows) this.#writer.step(row);
  }

  templateStep({ position }: StepRow): TemplateStep {
    const step = this.row.steps[position];
    if (!step) throw new Error(`Run ${this.id} has no step ${position}`);
    return step;
  }

  /** The same for every attempt, and for nothing else: what the outside may settle by. */
  keyOf(row: StepRow): string {
    const round = row.round > 0 ? `/${row.round}` : '';
    const pass = row.pass > 0 ? `~${row.pass}` : '';
    return `${this.id}/${this.templateStep(row).id}${round}${pass}`;
  }

  /** @param message told together with the new state. */
  set(row: StepRow, change: Partial<StepRow>, message?: string): void {
    Object.assign(row, change);
    this.#writer.step(row);
    if (message === undefined) return;
    const level = row.state === 'failed' || row.state === 'undo-failed' ? 'error' : 'info';
    this.tell({ step: this.templateStep(row).id, kind: 'step', level, message, state: row.state });
  }

  /** Is written with whatever is saved next. */
  change(change: RunChange): void {
    Object.assign(this.row, change);
    this.#writer.change(change);
  }

  tell({ message, ...told }: Omit<Told, 'at'>): void {
    if (told.kind === 'log' && this.#writer.eventCount >= MOST_EVENTS) return;
    const text = this.mask.text(message);
    const shown = text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)} …` : text;
    this.#writer.tell({ ...told, message: shown, at: this.#deps.now() });
  }

  /** A line of the log of a step, on its way soon. */
  log(row: StepRow, level: 'info' | 'warn', message: string): void {
    this.tell({ step: this.templateStep(row).id, kind: 'log', level, message, state: null });
    this.#saveSoon();
  }

  /**
   * A step begins. One that does something outside is written first, so that nobody does it twice. Any other can be
   * done again, and is written together with what follows, or soon; but at once in a run that was taken up before:
   * a step that ends its process has to be counted.
   */
  async begin(outside: boolean, name: string): Promise<void> {
    this.change({ state: 'running', at_step: name });
    if (outside || this.#isTakenUpAgain) await this.save();
    else this.#saveSoon();
  }

  #saveSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // When it can't be written, the next thing that has to be will say so.
      this.save().catch(() => undefined);
    }, FLUSH_MS);
  }

  /** Keeps what a step was given and what it gave; secrets in them stand apart, sealed. */
  keep(row: StepRow, values: Partial<Given>): void {
    const all: Given = { input: this.inputOf(row), output: this.outputOf(row), ...values };
    const sealed = this.mask.holdsSecret(all) ? this.#deps.seal.sealJson(all, this.id) : null;
    const input = all.input && this.mask.without(all.input);
    this.set(row, { input, output: all.output && this.mask.value(all.output), sealed });
  }

  inputOf(row: StepRow): Values | null {
    return this.#unsealed(row)?.input ?? row.input;
  }

  outputOf(row: StepRow): Values | null {
    return this.#unsealed(row)?.output ?? row.output;
  }

  #unsealed({ sealed }: StepRow): Given | undefined {
    return sealed ? (this.#deps.seal.openJson(sealed, this.id) as Given) : undefined;
  }

  /** See RunWriter. */
  async save(change: RunChange = {}, options: SaveOptions = {}): Promise<boolean> {
    try {
      return await this.#writer.save(change, options);
    } catch (error) {
      if (error instanceof TurnOver) this.stop('lost');
      throw error;
    } finally {
      this.#heed();
    }
  }

  /** Somebody else did something with the run: perhaps they want it cancelled. */
  async #look(): Promise<void> {
    if (this.stopped || this.#writer.isPublishing) return;
    await this.#writer.look().catch((error: unknown) => {
      if (error instanceof TurnOver) this.stop('lost');
    });
    this.#heed();
  }

  #heed(): void {
    if (this.cancelled && !this.stopped) this.stop('cancel');
  }

  /** Nothing is written any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#unfollow();
  }
}
