/** Requests and answers about exemptions and campaigns. */
import { z } from 'zod';
import { problemSchema } from '../../catalog/contract.ts';
import { partySchema } from '../../ownership/contract.ts';

const day = z.iso.date();

export const exemptionStates = ['asked', 'granted', 'refused', 'expired', 'withdrawn'] as const;
export const exemptionSchema = z.object({
  id: z.string(),
  scorecard: z.string(),
  scorecardTitle: z.string(),
  rule: z.string(),
  ruleTitle: z.string(),
  entity: z.string(),
  entityTitle: z.string(),
  reason: z.string(),
  until: z.string(),
  askedBy: partySchema,
  askedAt: z.string(),
  state: z.enum(exemptionStates),
  decidedBy: partySchema.nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type Exemption = z.infer<typeof exemptionSchema>;
export const exemptionsQuerySchema = z.object({
  state: z.enum(exemptionStates).optional(),
  entity: z.string().optional(),
  scorecard: z.string().optional(),
});
export const exemptionsSchema = z.object({ items: z.array(exemptionSchema) });
export const exemptionBodySchema = z.object({
  scorecard: z.string().min(1),
  rule: z.string().min(1),
  entity: z.string().min(1),
  reason: z.string().trim().min(10, 'must say why, in ten characters at least').max(2000),
  until: day,
});
export const exemptionParamsSchema = z.object({ id: z.uuid() });
export const decideExemptionBodySchema = z.object({
  decision: z.enum(['grant', 'refuse']),
  reason: z.string().trim().max(2000).default(''),
});

export const campaignCardSchema = z.object({
  ref: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  owner: partySchema.nullable(),
  scorecard: z.string(),
  scorecardTitle: z.string(),
  starts: z.string().nullable(),
  deadline: z.string(),
  /** Of all pairs of an entity and a rule: how many there are, and how many are left. */
  total: z.number().int(),
  left: z.number().int(),
  state: z.enum(['planned', 'running', 'done', 'overdue']),
  problems: z.array(problemSchema),
});
export type CampaignCard = z.infer<typeof campaignCardSchema>;
export const campaignsSchema = z.object({ items: z.array(campaignCardSchema) });
export const campaignSchema = z.object({
  card: campaignCardSchema,
  rules: z.array(z.object({ id: z.string(), title: z.string(), left: z.number().int() })),
  teams: z.array(z.object({ team: partySchema.nullable(), total: z.number().int(), left: z.number().int() })),
  /** What was left at the end of each day, and what should have been. */
  days: z.array(z.object({ day: z.string(), left: z.number().int().nullable(), ideal: z.number() })),
  open: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      owner: partySchema.nullable(),
      rules: z.array(z.string()),
      issue: z.string().nullable(),
    }),
  ),
  reminders: z.array(
    z.object({
      at: z.string(),
      to: partySchema,
      left: z.number().int(),
      how: z.string().describe('`page`, `slack`, or `email` for a digest'),
    }),
  ),
  digestsMissing: z.string().nullable().describe('Why no digests are sent by mail'),
});
export type CampaignPage = z.infer<typeof campaignSchema>;
