/** Requests and answers about templates, runs, approvals and leases. */
import { z } from 'zod';
import { runStates, stepStates } from '#model/run-states.ts';
import { partySchema } from '../ownership/contract.ts';

const jsonObject = z.record(z.string(), z.unknown());

export const templateCardSchema = z.object({
  ref: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  type: z.string(),
  tags: z.array(z.string()),
  owner: partySchema.nullable(),
  /** Minutes of manual work that one run replaces, as the template states it. */
  savesMinutes: z.number().int().nullable(),
  /** Filter of the entities that it acts on; null for one that starts from nothing. */
  for: z.string().nullable(),
  runs: z.number().int(),
  succeeded: z.number().int(),
  /** Why it can't be started: a step action that is missing, a tool that the machine lacks, a policy. */
  obstacles: z.array(z.string()),
  mayStart: z.boolean(),
});
export type TemplateCard = z.infer<typeof templateCardSchema>;
export const templatesQuerySchema = z.object({
  q: z.string().optional(),
  tag: z.union([z.string(), z.array(z.string())]).optional(),
  for: z.string().optional().describe('Entity ref: only templates that act on it'),
});
export const templatesSchema = z.object({ items: z.array(templateCardSchema) });

export const pageSchema = z.object({
  title: z.string(),
  description: z.string().nullable(),
  schema: jsonObject.describe('JSON Schema with ui: options inline'),
});
export const stepOutlineSchema = z.object({ id: z.string(), name: z.string(), action: z.string() });
export const templateSchema = z.object({
  card: templateCardSchema,
  pages: z.array(pageSchema),
  presentation: z.object({ back: z.string(), create: z.string(), review: z.string() }),
  steps: z.array(stepOutlineSchema),
  defaults: jsonObject.describe('Values that the context gives: who asks, the entity that it is for'),
  secretFields: z.array(z.string()),
});
export type TemplatePage = z.infer<typeof templateSchema>;
export const templateParamsSchema = z.object({ namespace: z.string().min(1), name: z.string().min(1) });
export const templateQuerySchema = z.object({
  entity: z.string().optional().describe('Ref of the entity that it is to act on'),
  system: z.string().optional().describe('Ref of the system for which something is made'),
});

export const startBodySchema = z.object({
  template: z.string(),
  values: jsonObject.default({}),
  secrets: z.record(z.string(), z.string()).default({}),
  entity: z.string().optional(),
  /** A run with a key that exists already is that run. */
  key: z.string().max(200).optional(),
});
export const startedSchema = z.object({ id: z.string() });

export const planFileSchema = z.object({
  path: z.string(),
  executable: z.boolean(),
  size: z.number().int(),
  text: z.string().nullable().describe('Null when it is binary or too large to show'),
});
export const planCallSchema = z.object({
  step: z.string(),
  action: z.string(),
  summary: z.string().describe('What would be done, as a sentence'),
  target: z.string().nullable(),
  detail: jsonObject,
  undo: z.string().nullable().describe('How it would be taken back; null when it can’t'),
});
export const planSchema = z.object({
  steps: z.array(
    stepOutlineSchema.extend({
      skipped: z.boolean(),
      error: z.string().nullable(),
      log: z.array(z.string()),
    }),
  ),
  files: z.array(planFileSchema),
  calls: z.array(planCallSchema),
  approvals: z.array(z.object({ step: z.string(), summary: z.string(), quorum: z.number().int() })),
  output: jsonObject,
  refusals: z.array(z.string()).describe('Guard rails that would stop it'),
});
export type Plan = z.infer<typeof planSchema>;

export const runStepSchema = stepOutlineSchema.extend({
  state: z.enum(stepStates),
  attempts: z.number().int(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  error: z.string().nullable(),
  output: jsonObject.nullable(),
  undoable: z.boolean(),
  /** Waiting: for what, as a sentence. Asking: whether it had been done before the process died. */
  note: z.string().nullable(),
});
export const runSchema = z.object({
  id: z.string(),
  template: z.string(),
  templateTitle: z.string(),
  state: z.enum(runStates),
  startedBy: partySchema,
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  entity: z.string().nullable(),
  values: jsonObject.describe('Secrets are not among them'),
  secretNames: z.array(z.string()),
  steps: z.array(runStepSchema),
  output: z.object({
    links: z.array(
      z.object({
        title: z.string(),
        url: z.string().nullable(),
        entityRef: z.string().nullable(),
        icon: z.string().nullable(),
      }),
    ),
    text: z.array(z.object({ title: z.string().nullable(), content: z.string() })),
    values: jsonObject,
  }),
  error: z.string().nullable(),
  savesMinutes: z.number().int().nullable(),
  may: z.object({ cancel: z.boolean(), retry: z.boolean(), rollBack: z.boolean(), answer: z.boolean() }),
});
export type Run = z.infer<typeof runSchema>;
export const runCardSchema = runSchema
  .pick({
    id: true,
    template: true,
    templateTitle: true,
    state: true,
    startedBy: true,
    createdAt: true,
    endedAt: true,
    entity: true,
    error: true,
    savesMinutes: true,
  })
  .extend({ step: z.string().nullable().describe('Name of the step at which it is') });
export const runsQuerySchema = z.object({
  template: z.string().optional(),
  state: z.enum(runStates).optional(),
  startedBy: z.string().optional(),
  entity: z.string().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const runsSchema = z.object({
  items: z.array(runCardSchema),
  total: z.number().int(),
  savedMinutes: z.number().int().describe('By the runs that succeeded'),
});
export const runParamsSchema = z.object({ id: z.uuid() });
export const runStepParamsSchema = runParamsSchema.extend({ step: z.string() });
export const answerBodySchema = z.object({
  /** Of a step that may have run half: `done` with its output, or `again`. */
  answer: z.enum(['done', 'again']),
  output: jsonObject.default({}),
});

export const retryBodySchema = z.object({
  secrets: z
    .record(z.string(), z.string())
    .default({})
    .describe('Anew, where the run has some: they were deleted when it ended'),
});

/** One event of a run; the stream sends those after `after`, then new ones as they come. */
export const runEventSchema = z.object({
  id: z.number().int(),
  at: z.string(),
  step: z.string().nullable(),
  kind: z.enum(['log', 'step', 'run']),
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
  state: z.string().nullable(),
});
export const runEventsSchema = z.object({ items: z.array(runEventSchema) });
export const runEventsQuerySchema = z.object({ after: z.coerce.number().int().min(0).default(0) });

export const approvalSchema = z.object({
  id: z.string(),
  run: z.string(),
  step: z.string().nullable(),
  templateTitle: z.string(),
  summary: z.string(),
  askedBy: partySchema,
  askedAt: z.string(),
  expiresAt: z.string().nullable(),
  from: z.array(partySchema),
  quorum: z.number().int(),
  votes: z.array(
    z.object({
      by: partySchema,
      decision: z.enum(['approve', 'decline']),
      reason: z.string(),
      at: z.string(),
    }),
  ),
  delegatedTo: partySchema.nullable(),
  state: z.enum(['open', 'approved', 'declined', 'expired', 'withdrawn']),
  mayDecide: z.boolean(),
});
export type Approval = z.infer<typeof approvalSchema>;
export const approvalsQuerySchema = z.object({
  state: z.enum(['open', 'decided']).default('open'),
  mine: z.stringbool().default(false),
});
export const approvalsSchema = z.object({ items: z.array(approvalSchema) });
export const approvalParamsSchema = z.object({ id: z.uuid() });
export const decideApprovalBodySchema = z.object({
  decision: z.enum(['approve', 'decline', 'delegate']),
  reason: z.string().trim().min(3).max(1000),
  to: z.string().optional().describe('Ref of the person to whom it is delegated'),
});

export const leaseSchema = z.object({
  id: z.string(),
  title: z.string(),
  run: z.string(),
  entity: z.string().nullable(),
  owner: partySchema,
  createdAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['live', 'ending', 'ended', 'failed']),
  extensions: z.number().int(),
  error: z.string().nullable(),
  mayExtend: z.boolean(),
});
export type Lease = z.infer<typeof leaseSchema>;
export const leasesQuerySchema = z.object({ state: z.enum(['live', 'ended']).default('live') });
export const leasesSchema = z.object({ items: z.array(leaseSchema) });
export const extendBodySchema = z.object({
  hours: z
    .number()
    .min(1)
    .max(24 * 90),
});

export const stepActionSchema = z.object({
  id: z.string(),
  description: z.string(),
  effect: z.enum(['none', 'workspace', 'outside']),
  input: jsonObject,
  output: jsonObject,
  undo: z.string().nullable(),
  configured: z.boolean(),
  /** When it isn't: what to set, and where. */
  setup: z.string().nullable(),
});
export const stepActionsSchema = z.object({ items: z.array(stepActionSchema) });

export const validateTemplateBodySchema = z.object({ text: z.string().max(1 << 20) });
export const validateTemplateSchema = z.object({
  template: templateSchema.nullable(),
  problems: z.array(
    z.object({
      level: z.enum(['error', 'warning', 'info']),
      message: z.string(),
      remedy: z.string(),
      line: z.number().optional(),
      column: z.number().optional(),
    }),
  ),
});
