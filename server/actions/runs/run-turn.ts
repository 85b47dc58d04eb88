/** One go at a run: step after step, until it ends or has to wait. */
import { readTemplate } from '#model/read-template.ts';
import type { TemplateStep } from '#model/template.ts';
import { asksForFailure, type Iteration, iterationsOf } from '../expressions/index.ts';
import { type EndDeps, endRun } from './end-run.ts';
import type { HeldRun } from './held-run.ts';
import { expressionContext, isWanted, joinOutputs, type RunFacts, renderOutput } from './run-context.ts';
import { newStep, type StepRow } from './run-write.ts';
import { messageOf, type StepEnd, StepRunner, type StepRunnerDeps } from './step-runner.ts';
import type { StepState } from './tables.ts';
import type { WorkspaceKeeper } from './workspace-keeper.ts';

export interface RunTurnDeps extends StepRunnerDeps, EndDeps {}

const over: readonly StepState[] = ['done', 'skipped', 'failed', 'cancelled', 'undone', 'undo-failed'];
/** More would make a run that nobody can follow. */
const MOST_ROUNDS = 1000;
const UNKNOWN = 'It is not known whether it had been done: look for what it may have left';

export function isOver({ state }: StepRow): boolean {
  return over.includes(state);
}

export class RunTurn {
  readonly #deps: RunTurnDeps;
  readonly #held: HeldRun;
  readonly #facts: RunFacts;
  readonly #outputs: Map<string, Record<string, unknown>>;
  readonly #runner: StepRunner;

  constructor(deps: RunTurnDeps, held: HeldRun, keeper: WorkspaceKeeper) {
    this.#deps = deps;
    this.#held = held;
    this.#outputs = outputsOf(held);
    this.#facts = factsOf(held, this.#outputs);
    this.#runner = new StepRunner(deps, held, keeper, this.#facts);
  }

  async go(): Promise<void> {
    for (const header of this.#held.headers) {
      if (isOver(header)) continue;
      this.#held.mayYield();
      const end = this.#held.cancelled ? 'cancelled' : await this.#step(header);
      if (end === 'parked') return;
      if (end === 'cancelled') return this.#cancelRest();
    }
    await this.#end();
  }

  async #step(header: StepRow): Promise<StepEnd> {
    const step = this.#held.templateStep(header);
    const failed = this.#failed() !== undefined;
    try {
      const isNew = header.state === 'pending';
      if (isNew && failed && !asksForFailure(step.if)) return this.#skip(header);
      if (step.each !== undefined) return await this.#eachRound(header, step, failed);
      const context = { failed };
      if (isNew && !(await isWanted(this.#deps.renderer, step, this.#facts, context)))
        return this.#skip(header);
    } catch (error) {
      if (!isOfTemplate(error)) throw error;
      return this.#fail(header, messageOf(error));
    }
    const end = await this.#runner.run(header);
    if (header.state === 'done') this.#outputs.set(step.id, this.#held.outputOf(header) ?? {});
    return end;
  }

  async #eachRound(header: StepRow, step: TemplateStep, failed: boolean): Promise<StepEnd> {
    const items = await this.#itemsOf(step);
    if (this.#held.roundsOf(header).length === 0) this.#begin(header, items);
    for (const row of this.#held.roundsOf(header)) {
      const item = items[row.round - 1];
      if (isOver(row) || !item) continue;
      this.#held.mayYield();
      const isNew = row.state === 'pending';
      if (isNew && !(await isWanted(this.#deps.renderer, step, this.#facts, { item, failed }))) {
        this.#skip(row);
        continue;
      }
      const end = await this.#runner.run(row, item);
      if (end !== 'over') return end;
      if (row.state === 'failed') return this.#fail(header, `${item.key}: ${row.error}`);
    }
    const done = this.#held.roundsOf(header).filter(({ state }) => state === 'done');
    const output = joinOutputs(done.map((row) => this.#held.outputOf(row) ?? {}));
    this.#runner.done(header, output);
    this.#outputs.set(step.id, output);
    return 'over';
  }

  async #itemsOf({ each }: TemplateStep): Promise<Iteration[]> {
    const items = iterationsOf(await this.#deps.renderer.render(each, expressionContext(this.#facts)));
    if (items.length > MOST_ROUNDS) throw new TypeError(`each must give no more than ${MOST_ROUNDS} items`);
    return items;
  }

  #begin(header: StepRow, items: readonly Iteration[]): void {
    const { position, pass } = header;
    const rounds = items.map(({ key }, index) => ({ ...newStep(position, index + 1, key), pass }));
    this.#held.add(rounds);
    const { name } = this.#held.templateStep(header);
    const began = { state: 'running', attempts: 1, began_at: this.#deps.now() } as const;
    this.#held.set(header, began, `${name} began, for ${items.length} items`);
  }

  #skip(row: StepRow): StepEnd {
    const { name } = this.#held.templateStep(row);
    this.#held.set(row, { state: 'skipped', ended_at: this.#deps.now() }, `${name} was skipped`);
    return 'over';
  }

  #fail(header: StepRow, why: string): StepEnd {
    const { name } = this.#held.templateStep(header);
    const error = this.#held.mask.text(why);
    this.#held.set(header, { state: 'failed', error, ended_at: this.#deps.now() }, `${name} failed: ${why}`);
    return 'over';
  }

  #failed(): StepRow | undefined {
    return this.#held.headers.find(({ state }) => state === 'failed');
  }

  async #end(): Promise<void> {
    const failed = this.#failed();
    if (failed) {
      const { name } = this.#held.templateStep(failed);
      return endRun(this.#deps, this.#held, 'failed', { error: `${name}: ${failed.error}` });
    }
    const { template } = readTemplate(this.#held.row.template_body);
    try {
      const output = template && (await renderOutput(this.#deps.renderer, template.output, this.#facts));
      await endRun(this.#deps, this.#held, 'succeeded', { output: this.#held.mask.value(output) });
    } catch (error) {
      if (!isOfTemplate(error)) throw error;
      await endRun(this.#deps, this.#held, 'failed', { error: `The output: ${messageOf(error)}` });
    }
  }

  /** What was in the midst of something outside is asked how far it came, so that nothing is left unlisted. */
  async #cancelRest(): Promise<void> {
    for (const header of this.#held.headers) {
      if (isOver(header)) continue;
      const rounds = this.#held.roundsOf(header);
      for (const row of rounds.length > 0 ? rounds : [header]) if (!isOver(row)) await this.#cancel(row);
      if (!isOver(header)) await this.#cancel(header);
    }
    await endRun(this.#deps, this.#held, 'cancelled', { error: `Cancelled by ${this.#held.row.cancel_by}` });
  }

  async #cancel(row: StepRow): Promise<void> {
    const { name, action: id } = this.#held.templateStep(row);
    const action = this.#deps.actions.get(id);
    const hadBegun = row.state !== 'pending' && this.#held.roundsOf(row).length === 0;
    let error: string | null = null;
    if (hadBegun && action?.effect === 'outside') {
      const found = row.state === 'asking' ? 'unknown' : await this.#runner.settled(row, action);
      if (typeof found === 'object' && 'output' in found) {
        this.#runner.done(row, found.output);
        return;
      }
      if (found !== 'not-done') error = UNKNOWN;
    }
    const ended = { ended_at: this.#deps.now(), error, note: null, until: null };
    const message = error ? `${name} was cancelled. ${error}` : `${name} was cancelled`;
    this.#held.set(row, { state: 'cancelled', ...ended }, message);
  }
}

/** What an author can do something about; anything else is for another turn. */
function isOfTemplate(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof TypeError || code === 'EXPRESSION_REFUSED';
}

function outputsOf(held: HeldRun): Map<string, Record<string, unknown>> {
  const done = held.headers.filter(({ state }) => state === 'done');
  return new Map(done.map((row) => [held.templateStep(row).id, held.outputOf(row) ?? {}]));
}

export function factsOf(held: HeldRun, outputs: RunFacts['outputs']): RunFacts {
  const { row, secrets } = held;
  const { starter } = row;
  return {
    id: row.id,
    values: row.input,
    secrets,
    user: { ref: starter.ref ?? starter.id, entity: row.user_body },
    entity: row.entity_body,
    template: { ref: row.template, entity: row.template_body },
    outputs,
  };
}
