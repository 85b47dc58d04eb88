/** Makes outside actions out of typed functions: input is parsed before each of them. */
import { z } from 'zod';
import { jsonSchemaOf, parseInput } from '../define-step.ts';
import type { OutsideAction, PlannedStep, StepContext, StepWait, Values } from '../step-action.ts';

interface OutsideDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  id: string;
  /** What templates for other portals call the same. */
  aliases?: readonly string[];
  description: string;
  input: Input;
  output?: Output;
  timeoutSeconds?: number;
  missing?: () => string | null;
  plan(
    input: z.output<Input>,
    context: StepContext,
  ): Promise<PlannedStep<z.input<Output>>> | PlannedStep<z.input<Output>>;
  run(input: z.output<Input>, context: StepContext): Promise<{ output: z.input<Output> } | StepWait>;
  settle?: (
    input: z.output<Input>,
    context: StepContext,
  ) => Promise<{ output: z.input<Output> } | 'not-done' | 'unknown'>;
  undo?: {
    summary: string;
    run(input: z.output<Input>, context: StepContext, output: Values): Promise<StepWait | undefined>;
  };
}

const nothing = z.object({});

/** The action under its id, and under each alias. */
export function defineOutside<Input extends z.ZodType, Output extends z.ZodType = typeof nothing>(
  definition: OutsideDefinition<Input, Output>,
): OutsideAction[] {
  const { id, aliases = [], description, input, output, timeoutSeconds, missing } = definition;
  const { settle, undo } = definition;
  const parsed = ({ input: given }: StepContext) => parseInput(input, given);
  const action: OutsideAction = {
    id,
    description,
    effect: 'outside',
    input: jsonSchemaOf(input),
    output: jsonSchemaOf(output ?? nothing),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(missing && { missing }),
    plan: async (context) => (await definition.plan(parsed(context), context)) as PlannedStep,
    run: async (context) => (await definition.run(parsed(context), context)) as { output: Values } | StepWait,
    ...(settle && {
      settle: async (context) =>
        (await settle(parsed(context), context)) as { output: Values } | 'not-done' | 'unknown',
    }),
    ...(undo && {
      undo: {
        summary: undo.summary,
        run: async (context, given) => undo.run(parsed(context), context, given),
      },
    }),
  };
  return [
    action,
    ...aliases.map((alias) => ({ ...action, id: alias, description: `As ${id}. ${description}` })),
  ];
}

/** An input that other portals have and that would change what is made: refused rather than passed over. */
export const unsupported = (remedy: string) =>
  z
    .never({ error: `is not supported: ${remedy}` })
    .optional()
    .describe(`Not supported: ${remedy}`);
