/** `action:run`: another template as a step. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { jsonSchemaOf, parseInput } from '../define-step.ts';
import type { OutsideAction, StepContext, StepOutcome, StepWait, Values } from '../step-action.ts';
import type { RunState } from './tables.ts';

const input = z.object({
  template: z.string().min(1).describe('Ref of the template'),
  values: z.record(z.string(), z.unknown()).default({}),
  secrets: z.record(z.string(), z.string()).default({}),
  entityRef: z.string().optional().describe('The entity that it acts on'),
});

export interface ChildRun {
  id: string;
  title: string;
  state: RunState;
  error: string | null;
  output: Values;
}

/** What the step needs of runs. */
export interface ChildRuns {
  /** The same run for the same key. */
  start(request: {
    parent: string;
    key: string;
    template: string;
    values: Values;
    secrets: Record<string, string>;
    entity?: string | undefined;
  }): Promise<string>;
  read(id: string): Promise<ChildRun>;
  ofKey(parent: string, key: string): Promise<string | undefined>;
  rollBack(id: string): Promise<void>;
  titleOf(template: string): Promise<string>;
}

export function runAction(children: ChildRuns): OutsideAction {
  const childOf = async ({ runId, key }: StepContext) => {
    const id = await children.ofKey(runId, key);
    return id === undefined ? undefined : children.read(id);
  };
  return {
    id: 'action:run',
    description: 'Runs another template, and waits until it has ended.',
    effect: 'outside',
    input: jsonSchemaOf(input),
    output: jsonSchemaOf(z.looseObject({ runId: z.string() })),
    async plan({ input: given }) {
      const { template, values } = parseInput(input, given);
      const title = await children.titleOf(template);
      const detail = { template, values };
      return { calls: [{ summary: `Run “${title}”`, target: template, detail }], output: { runId: '' } };
    },
    async run(context) {
      const { entityRef, ...request } = parseInput(input, context.input);
      const { runId: parent, key } = context;
      const id = await children.start({ ...request, entity: entityRef, parent, key });
      return outcomeOf(await children.read(id));
    },
    async settle(context) {
      const child = await childOf(context);
      return child?.state === 'succeeded' ? { output: outputOf(child) } : 'not-done';
    },
    undo: {
      summary: 'Rolls that run back as well',
      async run(context): Promise<StepWait | undefined> {
        const child = await childOf(context);
        if (!child || child.state === 'rolled-back') return undefined;
        if (child.state === 'failed') {
          const why = `“${child.title}” could not be rolled back: ${child.error}`;
          throw new AtriumError('STEP_FAILED', `${why}. Roll that run back first.`);
        }
        if (child.state === 'succeeded') await children.rollBack(child.id);
        return { wait: `Waits until “${child.title}” is rolled back`, until: null };
      },
    },
  };
}

function outcomeOf(child: ChildRun): StepOutcome {
  if (child.state === 'succeeded') return { output: outputOf(child) };
  if (child.state === 'failed' || child.state === 'cancelled' || child.state === 'rolled-back') {
    throw new AtriumError('STEP_FAILED', `${child.title} is ${child.state}: ${child.error ?? ''}`);
  }
  return { wait: `Waits for “${child.title}”`, until: null };
}

function outputOf({ id, output }: ChildRun): Values {
  return { ...output, runId: id };
}
