/** Makes workspace actions out of a typed function: input is parsed, and failures are told in words. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { JsonSchema, StepContext, Values, WorkspaceAction } from './step-action.ts';

interface Definition<Input extends z.ZodType, Output extends z.ZodType> {
  id: string;
  description: string;
  effect: WorkspaceAction['effect'];
  input: Input;
  output?: Output;
  timeoutSeconds?: number;
  run(input: z.output<Input>, context: StepContext): Promise<z.input<Output>>;
}

const nothing = z.object({});

export function defineStep<Input extends z.ZodType, Output extends z.ZodType = typeof nothing>({
  id,
  description,
  effect,
  input,
  output,
  timeoutSeconds,
  run,
}: Definition<Input, Output>): WorkspaceAction {
  return {
    id,
    description,
    effect,
    input: jsonSchemaOf(input),
    output: jsonSchemaOf(output ?? nothing),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    async run(context) {
      try {
        const result = await run(parseInput(input, context.input), context);
        return { output: result as Values };
      } catch (error) {
        throw inWords(error, context.workspace);
      }
    },
  };
}

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return rest;
}

/** @throws {AtriumError} STEP_FAILED */
export function parseInput<Input extends z.ZodType>(schema: Input, value: unknown): z.output<Input> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const what = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  throw new AtriumError('STEP_FAILED', what.join('; '));
}

const reasons: Record<string, string> = {
  ENOENT: 'is not there',
  EEXIST: 'is there already',
  ENOTDIR: 'is no folder',
  EISDIR: 'is a folder',
  EACCES: 'may not be read or written',
};

/** Says what the file system refused, without showing where on this machine the workspace is. */
function inWords(error: unknown, workspace: string): unknown {
  if (!(error instanceof Error) || error instanceof AtriumError) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || !Object.hasOwn(reasons, code)) return error;
  const shown = (path ?? '').replace(workspace, '').replace(/^\/+/, '') || 'What is asked for';
  return new AtriumError('STEP_FAILED', `${shown} ${reasons[code]}`, {
    cause: error,
  });
}
