/** What a run would do: what stays in the workspace is done on a scratch one, the rest is only described. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { TemplateStep } from '#model/template.ts';
import type { Plan, planFileSchema } from '../contract.ts';
import { asksForFailure, type Iteration, iterationsOf, type Renderer } from '../expressions/index.ts';
import type { StepAction, StepContext, StepOutcome, Values } from '../step-action.ts';
import { entriesOf } from '../workspace.ts';
import { attempt } from './attempt.ts';
import { checkInput } from './check-input.ts';
import type { RunGuards } from './guards.ts';
import { createMask, type Mask } from './mask.ts';
import {
  expressionContext,
  isWanted,
  joinOutputs,
  type RunFacts,
  renderInput,
  renderOutput,
} from './run-context.ts';
import type { CheckedStart } from './start-run.ts';
import { messageOf } from './step-runner.ts';

export interface PlanDeps {
  renderer: Renderer;
  actions: ReadonlyMap<string, StepAction>;
  guards: RunGuards;
  workDir: string;
}

type PlanStep = Plan['steps'][number];

const SECONDS_FOR_ONE = 60;
/** Of one file's text. */
const LONGEST_TEXT = 256 * 1024;
/** Of all texts together; the files beyond it are named without theirs. */
const MOST_TEXT = 4 * 1024 * 1024;

export interface PlanOptions {
  stop: AbortSignal;
  /** Looks at the workspace before it is removed. */
  look?: (folder: string) => Promise<void>;
}

/** @param refusals of the guard rails, as they stand. */
export async function planRun(
  deps: PlanDeps,
  checked: CheckedStart,
  refusals: readonly string[],
  { stop, look }: PlanOptions,
): Promise<Plan> {
  await mkdir(deps.workDir, { recursive: true });
  const workspace = await mkdtemp(join(deps.workDir, 'plan-'));
  try {
    const planner = new Planner(deps, checked, workspace, stop);
    const output = await planner.go();
    await look?.(workspace);
    return {
      steps: planner.steps,
      calls: planner.calls,
      files: await filesOf(workspace, planner.mask),
      approvals: planner.approvals,
      output,
      refusals: [...refusals],
    };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

class Planner {
  readonly steps: PlanStep[] = [];
  readonly calls: Plan['calls'] = [];
  readonly approvals: Plan['approvals'] = [];
  readonly mask: Mask;
  readonly #deps: PlanDeps;
  readonly #checked: CheckedStart;
  readonly #workspace: string;
  readonly #stop: AbortSignal;
  readonly #outputs = new Map<string, Values>();
  readonly #facts: RunFacts;

  constructor(deps: PlanDeps, checked: CheckedStart, workspace: string, stop: AbortSignal) {
    this.#deps = deps;
    this.#checked = checked;
    this.#workspace = workspace;
    this.#stop = stop;
    this.mask = createMask(checked.secrets);
    const { template, values, secrets, starter, user, entityBody } = checked;
    this.#facts = {
      id: 'plan',
      values,
      secrets,
      user: { ref: starter.ref ?? starter.id, entity: user },
      entity: entityBody,
      template: { ref: template.ref, entity: template.entity },
      outputs: this.#outputs,
    };
  }

  /** @returns the output of the run, as far as it can be foreseen. */
  async go(): Promise<Values> {
    for (const step of this.#deps.guards.stepsOf(this.#checked.template)) await this.#step(step);
    if (this.steps.some(({ error }) => error !== null)) return {};
    const { template } = this.#checked;
    const { links, text, values } = await renderOutput(this.#deps.renderer, template.output, this.#facts);
    return this.mask.value({ ...values, links, text });
  }

  async #step(step: TemplateStep): Promise<void> {
    const { id, name, action } = step;
    const planned: PlanStep = { id, name, action, skipped: false, error: null, log: [] };
    this.steps.push(planned);
    const failed = this.steps.some(({ error }) => error !== null);
    if (failed && !asksForFailure(step.if)) {
      planned.skipped = true;
      return;
    }
    try {
      const outputs = await this.#rounds(step, planned, failed);
      if (outputs.length === 0) planned.skipped = true;
      else this.#outputs.set(id, step.each === undefined ? (outputs[0] ?? {}) : joinOutputs(outputs));
    } catch (error) {
      planned.error = this.mask.text(messageOf(error));
    }
  }

  async #rounds(step: TemplateStep, planned: PlanStep, failed: boolean): Promise<Values[]> {
    const { renderer } = this.#deps;
    const items: (Iteration | undefined)[] =
      step.each === undefined
        ? [undefined]
        : iterationsOf(await renderer.render(step.each, expressionContext(this.#facts)));
    const outputs: Values[] = [];
    for (const [index, item] of items.entries()) {
      if (!(await isWanted(renderer, step, this.#facts, { item, failed }))) continue;
      const round = item ? `/${index + 1}` : '';
      outputs.push(await this.#call(step, planned, `plan/${step.id}${round}`, item));
    }
    return outputs;
  }

  async #call(
    step: TemplateStep,
    planned: PlanStep,
    key: string,
    item: Iteration | undefined,
  ): Promise<Values> {
    const say = (message: string) => void planned.log.push(this.mask.text(message));
    const action = this.#deps.actions.get(step.action);
    if (!action) throw new AtriumError('STEP_FAILED', `There is no step action ${step.action}`);
    const input = await renderInput(this.#deps.renderer, step, this.#facts, { item, onProblem: say });
    checkInput(action, input);
    const { user, entity, template } = this.#facts;
    const context = {
      input,
      workspace: this.#workspace,
      key,
      runId: 'plan',
      user,
      entity,
      template,
      log: { info: say, warn: say },
    };
    if (action.effect === 'outside') return this.#describe(step, action, context);
    const outcome = await this.#within((signal) => action.run({ ...context, signal }), action.timeoutSeconds);
    if ('output' in outcome) return outcome.output;
    say(outcome.wait);
    return {};
  }

  async #describe(
    { id }: TemplateStep,
    action: Extract<StepAction, { effect: 'outside' }>,
    context: Omit<StepContext, 'signal'>,
  ): Promise<Values> {
    const {
      calls,
      approvals = [],
      output,
    } = await this.#within((signal) => action.plan({ ...context, signal }));
    this.approvals.push(...approvals.map((approval) => ({ ...approval, step: id })));
    const undo = action.undo?.summary ?? null;
    const described = calls.map((call) => ({ ...call, step: id, action: action.id, undo }));
    this.calls.push(...this.mask.value(described));
    return output;
  }

  async #within<T extends StepOutcome | { calls: unknown; output: Values }>(
    work: (signal: AbortSignal) => Promise<T>,
    limit = SECONDS_FOR_ONE,
  ): Promise<T> {
    const seconds = Math.min(limit, SECONDS_FOR_ONE);
    const result = await attempt(work, { seconds, stop: this.#stop });
    if (result.kind === 'returned') return result.value;
    if (result.kind === 'threw') throw result.error;
    throw new AtriumError('STEP_FAILED', `It took longer than ${seconds} s`);
  }
}

async function filesOf(workspace: string, mask: Mask): Promise<Plan['files']> {
  let left = MOST_TEXT;
  const files: z.infer<typeof planFileSchema>[] = [];
  for (const { path, kind, mode, size } of await entriesOf(workspace)) {
    if (kind !== 'file') continue;
    const text = size <= Math.min(LONGEST_TEXT, left) ? await textOf(join(workspace, path)) : null;
    left -= text?.length ?? 0;
    const executable = (mode & 0o111) !== 0;
    files.push({ path, executable, size, text: text === null ? null : mask.text(text) });
  }
  return files;
}

/** @returns null when it is no text. */
async function textOf(path: string): Promise<string | null> {
  const content = await readFile(path);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
