/** Requests and answers of the Backstage scaffolder, as its clients know them. */
import { z } from 'zod';

const jsonObject = z.record(z.string(), z.unknown());
const oneOrMany = z.union([z.string(), z.array(z.string())]);

export const templatePathSchema = z.object({
  namespace: z.string().min(1),
  kind: z.string().min(1),
  name: z.string().min(1),
});
export const parameterSchemaSchema = z.object({
  title: z.string(),
  description: z.string().optional(),
  presentation: jsonObject.optional(),
  steps: z.array(z.object({ title: z.string(), description: z.string().optional(), schema: jsonObject })),
});
export const scaffolderActionsSchema = z.array(
  z.object({
    id: z.string(),
    description: z.string(),
    schema: z.object({ input: jsonObject, output: jsonObject }),
  }),
);
export const createTaskSchema = z.object({
  templateRef: z.string(),
  values: jsonObject.default({}),
  secrets: z.record(z.string(), z.string()).default({}),
});
export const taskIdSchema = z.object({ id: z.string() });
export const taskErrorsSchema = z.object({ errors: z.array(z.object({ message: z.string() })) });
export const taskPathSchema = z.object({ taskId: z.uuid() });

export const taskStatuses = ['open', 'processing', 'completed', 'failed', 'cancelled', 'skipped'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const taskSchema = z.object({
  id: z.string(),
  spec: jsonObject,
  status: z.enum(taskStatuses),
  createdAt: z.string(),
  lastHeartbeatAt: z.string().optional(),
  createdBy: z.string().optional(),
});
export type Task = z.infer<typeof taskSchema>;
export const tasksQuerySchema = z.object({
  createdBy: oneOrMany.optional(),
  status: oneOrMany.optional(),
  order: oneOrMany.optional().describe('asc: or desc: and created_at, status or created_by'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});
export const tasksSchema = z.object({ tasks: z.array(taskSchema), totalTasks: z.number().int() });
export const cancelledSchema = z.object({ status: z.literal('cancelled') });
export const retryTaskSchema = z
  .object({ secrets: z.record(z.string(), z.string()).default({}) })
  .nullish()
  .transform((body) => body ?? { secrets: {} });

export const taskEventsQuerySchema = z.object({ after: z.coerce.number().int().min(0).optional() });
export const taskEventSchema = z.object({
  id: z.number().int(),
  taskId: z.string(),
  type: z.enum(['log', 'completion', 'cancelled', 'recovered']),
  createdAt: z.string(),
  isTaskRecoverable: z.boolean().optional(),
  body: z.looseObject({
    message: z.string(),
    status: z.enum(taskStatuses).optional(),
    stepId: z.string().optional(),
  }),
});
export type TaskEvent = z.infer<typeof taskEventSchema>;
export const taskEventsSchema = z.array(taskEventSchema);

export const dryRunSchema = z.object({
  template: jsonObject,
  values: jsonObject.default({}),
  secrets: z.record(z.string(), z.string()).default({}),
  directoryContents: z.array(z.object({ path: z.string(), base64Content: z.string() })).default([]),
});
export const dryRunResultSchema = z.object({
  log: z.array(
    z.object({
      body: z.object({
        message: z.string(),
        status: z.enum(taskStatuses).optional(),
        stepId: z.string().optional(),
      }),
    }),
  ),
  directoryContents: z.array(
    z.object({ path: z.string(), executable: z.boolean(), base64Content: z.string() }),
  ),
  output: jsonObject,
  steps: z.array(z.object({ id: z.string(), name: z.string(), action: z.string() })),
});
export const autocompletePathSchema = z.object({ provider: z.string(), resource: z.string() });
export const autocompleteBodySchema = z.object({
  token: z.string().optional(),
  context: jsonObject.default({}),
});
export const autocompleteSchema = z.object({
  results: z.array(z.object({ id: z.string(), title: z.string().optional() })),
});
export const templatingExtensionsSchema = z.object({
  filters: jsonObject,
  globals: z.object({ functions: jsonObject, values: jsonObject }),
});
