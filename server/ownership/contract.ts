/** Requests and answers about ownership: teams, who is responsible for what, on-call, debt, claims. */
import { z } from 'zod';

export const teamSchema = z.object({
  ref: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  type: z.string().nullable(),
  parent: z.string().nullable(),
  members: z.number().int(),
  owns: z.number().int(),
  byKind: z.record(z.string(), z.number().int()),
  /** False when entities name it as owner and no source knows such a group. */
  exists: z.boolean(),
});
export const teamsSchema = z.object({
  teams: z.array(teamSchema),
  unowned: z.number().int(),
  people: z.number().int(),
});

export const refParamsSchema = z.object({
  kind: z.string().min(1),
  namespace: z.string().min(1),
  name: z.string().min(1),
});

/** A person or group as pages name it. */
export const partySchema = z.object({
  ref: z.string(),
  title: z.string(),
  exists: z.boolean(),
  email: z.string().nullable(),
});
export type Party = z.infer<typeof partySchema>;

/** Who has one responsibility, and why that is believed. */
export const responsibilitySchema = z.object({
  holders: z.array(partySchema),
  /** `stated` on the entity itself, `inherited` from `from`, `owner`: nobody is named, so it is the owner's. */
  how: z.enum(['stated', 'inherited', 'owner', 'nobody']),
  from: z.string().nullable().describe('The entity that states it'),
  field: z.string().nullable(),
  location: z.string().nullable(),
  path: z.string().nullable(),
  line: z.number().int().nullable(),
});

/** Of a rotation both ends are known; an outside system may have somebody who is on call all the time. */
export const shiftSchema = z.object({
  person: partySchema,
  from: z.string().nullable(),
  until: z.string().nullable(),
  override: z.boolean(),
});
/** Who is on call now, as an outside system says. */
export const observedOnCallSchema = z.object({
  system: z.string().describe('What says so: `PagerDuty`'),
  people: z
    .array(
      shiftSchema.omit({ override: true }).extend({
        link: z.string().nullable().describe('Page of the person in that system'),
        level: z.number().int().describe('1 is asked first'),
        plan: z.object({
          kind: z.enum(['schedule', 'escalation policy']),
          name: z.string(),
          link: z.string().nullable(),
        }),
      }),
    )
    .describe('Whoever is asked first comes first'),
});
export type ObservedOnCall = z.infer<typeof observedOnCallSchema>;
export const onCallSchema = z.object({
  group: partySchema,
  /** `none`: neither a rotation nor an integration says who is on call. */
  source: z.enum(['rotation', 'integration', 'none']),
  timeZone: z.string().nullable(),
  now: shiftSchema.nullable(),
  next: z.array(shiftSchema),
  problems: z.array(z.string()),
  calendar: z.string().nullable().describe('Path of the iCalendar feed'),
  observed: observedOnCallSchema.optional().describe('Where `source` is `integration`'),
});
export type OnCall = z.infer<typeof onCallSchema>;

const debtFields = {
  title: z.string().trim().min(3).max(200),
  detail: z.string().max(4000),
  costDays: z.number().min(0).max(1000).describe('Days of work to pay it off'),
  interestDays: z.number().min(0).max(100).describe('Days of work a month that it costs until then'),
  owner: z.string().nullable().describe('Ref; the debt owner of the entity when null'),
  due: z.iso.date().nullable(),
  issue: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .describe('Linked issue'),
};
export const debtBodySchema = z.object({
  ...debtFields,
  entity: z.string(),
  detail: debtFields.detail.default(''),
  interestDays: debtFields.interestDays.default(0),
  owner: debtFields.owner.default(null),
  due: debtFields.due.default(null),
  issue: debtFields.issue.default(null),
});
/** What is not named stays as it is. */
export const debtChangeSchema = z
  .object({ ...debtFields, state: z.enum(['open', 'paid', 'accepted']) })
  .partial();
export const debtSchema = debtBodySchema.extend({
  id: z.string(),
  entityTitle: z.string(),
  owner: partySchema.nullable(),
  state: z.enum(['open', 'paid', 'accepted']),
  origin: z.enum(['person', 'machine', 'rule']),
  rule: z
    .object({ scorecard: z.string(), id: z.string() })
    .nullable()
    .describe('The rule that it is from: it is paid when the rule passes'),
  createdBy: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
  overdue: z.boolean(),
});
export type Debt = z.infer<typeof debtSchema>;
export const debtQuerySchema = z.object({
  entity: z.string().optional(),
  owner: z.string().optional().describe('Ref of a person or group'),
  state: z.enum(['open', 'paid', 'accepted']).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export const debtsSchema = z.object({
  items: z.array(debtSchema),
  total: z
    .object({ items: z.number().int(), costDays: z.number(), interestDays: z.number() })
    .describe('Of all that match, on whatever page'),
});
export const debtParamsSchema = z.object({ id: z.uuid() });

export const requestBodySchema = z.object({
  entity: z.string(),
  to: z.string().describe('Group or person who is to own it'),
  reason: z.string().trim().min(3).max(1000),
});
export const requestSchema = z.object({
  id: z.string(),
  /** `claim`: nobody owns it, or a team that is gone. `transfer`: from one owner to another. */
  kind: z.enum(['claim', 'transfer']),
  entity: z.string(),
  entityTitle: z.string(),
  from: partySchema.nullable(),
  to: partySchema,
  reason: z.string(),
  state: z.enum(['open', 'approved', 'declined', 'withdrawn']),
  requestedBy: partySchema,
  requestedAt: z.string(),
  decidedBy: partySchema.nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
  /** Who may decide, as a sentence: “a member of Payments, or the platform team”. */
  decidedByWhom: z.string(),
  mayDecide: z.boolean().describe('Whether whoever asks may'),
  /** The change of the descriptor that an approval opened. */
  change: z
    .object({
      state: z.enum(['opened', 'not-needed', 'failed']),
      branch: z.string().nullable(),
      repository: z.string().nullable(),
      path: z.string().nullable(),
      patch: z.string().nullable(),
      note: z.string(),
    })
    .nullable(),
});
export type OwnershipRequest = z.infer<typeof requestSchema>;
export const requestsQuerySchema = z.object({
  state: z.enum(['open', 'decided']).default('open'),
  entity: z.string().optional(),
  mine: z.stringbool().default(false).describe('Asked by me, or for me to decide'),
});
export const requestsSchema = z.object({ items: z.array(requestSchema) });
export const requestParamsSchema = z.object({ id: z.uuid() });
export const decideRequestBodySchema = z.object({
  decision: z.enum(['approve', 'decline']),
  reason: z.string().trim().max(1000).default(''),
});

export const gapSchema = z.object({
  entity: z.string(),
  entityTitle: z.string(),
  kind: z.string(),
  /** `unowned`: nobody is named. `unknown-owner`: whoever is named isn't known (any more). */
  gap: z.enum(['unowned', 'unknown-owner']),
  owner: z.string().nullable(),
  since: z.string(),
  suggestedOwner: z.string().nullable(),
});
export const gapsSchema = z.object({ items: z.array(gapSchema), total: z.number().int() });
export const ownershipChangeSchema = z.object({
  entity: z.string(),
  entityTitle: z.string(),
  at: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  source: z.string().nullable(),
});
export const ownershipChangesSchema = z.object({ items: z.array(ownershipChangeSchema) });
export const listQuerySchema = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** Everything that the entity page says of responsibility. */
export const entityOwnershipSchema = z.object({
  owner: responsibilitySchema,
  approvers: responsibilitySchema,
  onCall: responsibilitySchema,
  debtOwner: responsibilitySchema,
  /** The one answer to “Who do I ask?”. */
  ask: z.object({
    party: partySchema.nullable(),
    why: z.string(),
    until: z.string().nullable().describe('When the next person takes over'),
    contact: z.object({ label: z.string(), url: z.string() }).nullable(),
  }),
  requests: z.array(requestSchema),
  changes: z.array(ownershipChangeSchema),
  debt: debtsSchema.shape.total,
  /** Groups for whom whoever asks may claim it. */
  claimableFor: z.array(partySchema),
});
export type EntityOwnership = z.infer<typeof entityOwnershipSchema>;

/** What concerns whoever asks, most urgent first. */
export const mineSchema = z.object({
  groups: z.array(partySchema),
  onCall: z
    .array(z.object({ group: partySchema, until: z.string().nullable() }))
    .describe('Where I am on call now'),
  owns: z.array(
    z.object({
      ref: z.string(),
      kind: z.string(),
      title: z.string(),
      type: z.string().nullable(),
      freshness: z.string(),
      problems: z.number().int(),
    }),
  ),
  ownsTotal: z.number().int(),
  debts: z.array(debtSchema),
  toDecide: z.array(requestSchema),
  asked: z.array(requestSchema),
});
export type Mine = z.infer<typeof mineSchema>;

export const teamPageSchema = z.object({
  team: teamSchema,
  description: z.string().nullable(),
  email: z.string().nullable(),
  links: z.array(z.object({ url: z.string(), title: z.string().optional() })),
  people: z.array(partySchema),
  children: z.array(partySchema),
  onCall: onCallSchema,
  debt: debtsSchema,
  requests: z.array(requestSchema),
});
export type TeamPage = z.infer<typeof teamPageSchema>;
