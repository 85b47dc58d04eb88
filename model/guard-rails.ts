/** What a template may demand before and after its runs: `spec.atrium`, which Backstage passes over. */
import { z } from 'zod';
import type { Problem } from './contribution.ts';

const approver = z
  .string()
  .regex(/^(owner|(group|user|role):\S+)$/, 'must be owner, group:…, user:… or role:…')
  .describe('`owner` is the owner of the entity that it acts on, else of the template');
/** `Fri 12:00 - Mon 08:00`, or without days for every day. */
const weekday = '(Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const span = new RegExp(`^(${weekday} )?\\d{2}:\\d{2} - (${weekday} )?\\d{2}:\\d{2}$`);
const cel = z.string().min(1);

export const approvalRuleSchema = z.strictObject({
  from: approver,
  quorum: z.number().int().min(1).default(1),
  expiresHours: z.number().positive().default(72),
  step: z
    .string()
    .optional()
    .describe('Id of the step before which it is asked; before the first when absent'),
  if: cel.optional().describe('CEL; asked only where it is true'),
});
export const quotaSchema = z.strictObject({
  count: z.number().int().min(1),
  per: z.enum(['group', 'person']),
  of: z.enum(['runs', 'leases']),
});
export const policySchema = z.strictObject({
  cel,
  message: z.string().min(1).describe('Shown when it is not true'),
});
export const windowSchema = z.strictObject({
  deny: z.string().regex(span, 'must be a span such as "Fri 12:00 - Mon 08:00" or "18:00 - 08:00"'),
  timeZone: z.string().default('UTC'),
  reason: z.string().min(1),
});
export const concurrencySchema = z.strictObject({
  key: z.string().min(1).describe('Runs of one key wait for each other; may hold expressions'),
  limit: z.number().int().min(1).default(1),
});
export const standardSchema = z.strictObject({
  scorecard: z.string().min(1).describe('Ref of a scorecard'),
  min: z.string().min(1).describe('The least level that the entity must have'),
});
export const leaseRuleSchema = z.strictObject({
  hours: z.number().positive(),
  remindHours: z.number().min(0).default(2),
  maxHours: z.number().positive().default(168),
});

export const guardRailsSchema = z.strictObject({
  for: z
    .string()
    .optional()
    .describe('Filter of the entities that it acts on: `kind=Component,spec.type=service`'),
  approvals: z.array(approvalRuleSchema).default([]),
  quota: quotaSchema.optional(),
  policies: z.array(policySchema).default([]),
  standards: z
    .array(standardSchema)
    .default([])
    .describe('Levels that the entity must have: only silver services may deploy'),
  windows: z.array(windowSchema).default([]),
  concurrency: concurrencySchema.optional(),
  lease: leaseRuleSchema.optional(),
  tools: z
    .array(z.string())
    .default([])
    .describe('Programs that its steps need on the machine: `go`, `java`'),
});
export type GuardRails = z.infer<typeof guardRailsSchema>;
export type ApprovalRule = z.infer<typeof approvalRuleSchema>;
export type LeaseRule = z.infer<typeof leaseRuleSchema>;

export const noGuardRails: GuardRails = guardRailsSchema.parse({});

/** @returns no guard rails but their problems when they can't be read: such a template must not be started. */
export function readGuardRails(value: unknown): { guardRails: GuardRails; problems: Problem[] } {
  const parsed = guardRailsSchema.safeParse(value ?? {});
  if (parsed.success) return { guardRails: parsed.data, problems: [] };
  const problems = parsed.error.issues.map((issue): Problem => {
    const field = ['spec', 'atrium', ...issue.path].join('.');
    const remedy = 'Correct it as the guide on guard rails describes, or remove it.';
    return { level: 'error', message: `${field}: ${issue.message}`, remedy, field };
  });
  return { guardRails: noGuardRails, problems };
}
