/** `kubernetes:wait`: until an object of a cluster is as it should be. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { isRecord } from '#model/value-words.ts';
import type { OutsideAction, StepWait } from '../step-action.ts';
import { clusterInput, clusterNameOf, connectCluster, missingCluster } from './kubernetes-api.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';

const input = z.object({
  ...clusterInput,
  apiVersion: z.string().default('v1'),
  kind: z.string().min(1),
  name: z.string().min(1),
  namespace: z.string().optional(),
  condition: z
    .string()
    .optional()
    .describe('Type of a condition in its status; Ready when nothing else is asked'),
  status: z.string().default('True').describe('Status that the condition has to have'),
  path: z.string().optional().describe('Field instead of a condition: status.phase'),
  value: z.string().optional().describe('Text that the field has to be; any when absent'),
  absent: z.boolean().default(false).describe('Whether it waits until the object is gone'),
  pollSeconds: z.number().int().min(1).max(3600).default(10),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .default(1800)
    .describe('Counted anew when the portal is started anew'),
});
type Input = z.output<typeof input>;

const output = z.object({ object: z.record(z.string(), z.unknown()).nullable().describe('As it is then') });

/** Reads only, and holds no process while it waits. */
export function kubernetesWait(deps: OutsideStepDeps, now: () => Date): OutsideAction[] {
  /** When each step was asked first, by its key. */
  const began = new Map<string, number>();
  return defineOutside({
    id: 'kubernetes:wait',
    description: 'Waits until an object of a Kubernetes cluster is as it should be.',
    input,
    output,
    missing: missingCluster(deps.config),
    plan(given) {
      const cluster = clusterNameOf(deps.config, given);
      const { timeoutSeconds, namespace = null } = given;
      const call = { summary: sentence(given), target: cluster, detail: { namespace, timeoutSeconds } };
      return { calls: [call], output: { object: null } };
    },
    async run(given, context): Promise<{ output: z.input<typeof output> } | StepWait> {
      const api = connectCluster(deps, given, context);
      const path = await api.pathOf(given);
      const object = path === undefined ? undefined : await api.read(path);
      if (isThere(given, object)) {
        began.delete(context.key);
        return { output: { object: object ?? null } };
      }
      const since = began.get(context.key) ?? now().getTime();
      began.set(context.key, since);
      const left = since + given.timeoutSeconds * 1000 - now().getTime();
      if (left <= 0) {
        began.delete(context.key);
        const found = object ? statusOf(object) : 'it is not there';
        throw new AtriumError(
          'STEP_FAILED',
          `${sentence(given)}: not within ${given.timeoutSeconds} s; ${found}`,
        );
      }
      return {
        wait: sentence(given),
        until: new Date(now().getTime() + Math.min(given.pollSeconds * 1000, left)),
      };
    },
    settle: async () => 'not-done',
  });
}

function sentence({ kind, name, condition = 'Ready', status, path, value, absent }: Input): string {
  if (absent) return `Wait until the ${kind} ${name} is gone`;
  if (path !== undefined) return `Wait until ${path} of the ${kind} ${name} is ${value ?? 'set'}`;
  return `Wait until ${condition} of the ${kind} ${name} is ${status}`;
}

/** @throws {AtriumError} STEP_FAILED when it never will be. */
function isThere({ absent, path, value, condition, status }: Input, object: unknown): boolean {
  if (absent) return object === undefined;
  if (object === undefined) return false;
  if (path !== undefined) {
    const found = path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), object);
    return found !== undefined && (value === undefined || String(found) === value);
  }
  const wanted = condition ?? 'Ready';
  const conditions = conditionsOf(object);
  const failed = conditions.find((one) => one.type === 'Failed' && one.status === 'True');
  if (failed && wanted !== 'Failed') {
    throw new AtriumError(
      'STEP_FAILED',
      `It has failed: ${failed.reason ?? ''} ${failed.message ?? ''}`.trim(),
    );
  }
  return conditions.some((one) => one.type === wanted && one.status === status);
}

const conditionShape = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});
const statusShape = z.looseObject({ status: z.looseObject({ conditions: z.array(conditionShape) }) });

function conditionsOf(object: unknown): z.output<typeof conditionShape>[] {
  const parsed = statusShape.safeParse(object);
  return parsed.success ? parsed.data.status.conditions : [];
}

function statusOf(object: unknown): string {
  const shown = conditionsOf(object).map(({ type, status, message }) =>
    `${type} is ${status} ${message ?? ''}`.trim(),
  );
  return shown.length > 0 ? shown.join('; ') : 'it has no conditions';
}
