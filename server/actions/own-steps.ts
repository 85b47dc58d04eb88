/** Step actions that a team has written itself: one file each, named by the configuration. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { StepAction } from './step-action.ts';

const work = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'must be a function',
);
const schema = z.looseObject({});
const described = {
  id: z.string().regex(/^[\w-]+(:[\w-]+)+$/, 'must be written as team:action'),
  description: z.string().min(1),
  input: schema,
  output: schema,
  timeoutSeconds: z.number().positive().optional(),
  run: work,
};
const stepAction = z.union([
  z.looseObject({ ...described, effect: z.enum(['none', 'workspace']) }),
  z.looseObject({ ...described, effect: z.literal('outside'), plan: work }),
]);

/** @throws {AtriumError} CONFIG_INVALID when a file can't be loaded, or exports no step action as its default. */
export async function loadStepActions(files: readonly string[]): Promise<StepAction[]> {
  return Promise.all(files.map(loadOne));
}

async function loadOne(file: string): Promise<StepAction> {
  const path = resolve(file);
  const loaded = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AtriumError('CONFIG_INVALID', `The step action ${path} can’t be loaded: ${reason}`, { cause });
  });
  const parsed = stepAction.safeParse(loaded.default);
  if (parsed.success) return loaded.default as StepAction;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
  throw new AtriumError(
    'CONFIG_INVALID',
    `The default export of ${path} is no step action: ${faults.join('; ')}`,
  );
}
