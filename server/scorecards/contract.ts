/** Requests and answers about standards: scorecards, what they say of entities, exemptions and campaigns. */
import { z } from 'zod';
import { results } from '#model/scorecard.ts';
import { problemSchema } from '../catalog/contract.ts';
import { partySchema } from '../ownership/contract.ts';

const json = z.record(z.string(), z.unknown());
const day = z.iso.date();
const counted = z.record(z.string(), z.number().int());

export const resultSchema = z.enum(results);
export const scorecardCardSchema = z.object({
  ref: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  owner: partySchema.nullable(),
  /** Comes with Atrium; a descriptor with the same ref takes its place. */
  pack: z.boolean(),
  draft: z.boolean(),
  levels: z.array(z.string()),
  rules: z.number().int(),
  entities: z.number().int(),
  /** How many entities stand at each level; those at none under `none`. */
  byLevel: counted,
  /** Mean of what entities have reached, from 0 to 100; null where nothing is known. */
  percent: z.number().nullable(),
  problems: z.array(problemSchema),
});
export type ScorecardCard = z.infer<typeof scorecardCardSchema>;
export const scorecardsSchema = z.object({ items: z.array(scorecardCardSchema), leaderboard: z.boolean() });

export const remedySchema = z.object({
  text: z.string().nullable(),
  url: z.string().nullable(),
  document: z.string().nullable(),
  template: z.string().nullable(),
  values: json,
});
export const ruleSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  level: z.string(),
  weight: z.number(),
  effort: z.enum(['small', 'medium', 'large']),
  version: z.number().int(),
  checks: z.array(z.object({ when: z.string().nullable(), check: z.string() })),
  why: z.string().nullable(),
  source: z.string().nullable(),
  remedy: remedySchema,
  since: z.string().nullable(),
  graceDays: z.number().int(),
  debt: z.boolean().describe('What fails becomes an item in the register of debt by itself'),
});
export type RuleAnswer = z.infer<typeof ruleSchema>;
export const scorecardSchema = z.object({
  card: scorecardCardSchema,
  appliesTo: z.array(z.string()),
  graceDays: z.number().int(),
  rules: z.array(ruleSchema.extend({ results: counted })),
  mayEdit: z.boolean(),
});
export type ScorecardPage = z.infer<typeof scorecardSchema>;
export const scorecardParamsSchema = z.object({ namespace: z.string().min(1), name: z.string().min(1) });
export const entityParamsSchema = z.object({
  kind: z.string().min(1),
  namespace: z.string().min(1),
  name: z.string().min(1),
});
export const atQuerySchema = z.object({
  at: day.optional().describe('The end of that day; now when absent'),
});

/** Rules × teams. */
export const heatMapSchema = z.object({
  at: z.string().nullable(),
  rules: z.array(z.object({ id: z.string(), title: z.string(), level: z.string() })),
  rows: z.array(
    z.object({
      /** Null for entities that nobody owns. */
      team: partySchema.nullable(),
      entities: z.number().int(),
      percent: z.number().nullable(),
      byLevel: counted,
      /** For each rule, how many entities have each result. */
      cells: z.array(counted),
    }),
  ),
});
export type HeatMap = z.infer<typeof heatMapSchema>;

export const scoresQuerySchema = atQuerySchema.extend({
  rule: z.string().optional(),
  result: resultSchema.optional().describe('Of the rule'),
  level: z.string().optional().describe('`none` for entities at no level'),
  owner: z.string().optional().describe('`none` for entities that nobody owns'),
  q: z.string().optional(),
  sort: z.enum(['name', 'owner', 'level', 'percent', 'since']).default('level'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export const scoreSchema = z.object({
  ref: z.string(),
  title: z.string(),
  owner: partySchema.nullable(),
  level: z.string().nullable(),
  percent: z.number().nullable(),
  results: z.array(resultSchema).describe('In the order of the rules'),
  since: z.string(),
});
export const scoresSchema = z.object({
  rules: z.array(z.object({ id: z.string(), title: z.string(), level: z.string() })),
  items: z.array(scoreSchema),
  total: z.number().int(),
});
export type Scores = z.infer<typeof scoresSchema>;

export const trendQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(730).default(90),
  owner: z.string().optional(),
});
export const trendSchema = z.object({
  levels: z.array(z.string()),
  days: z.array(z.object({ day: z.string(), byLevel: counted, percent: z.number().nullable() })),
});
export type Trend = z.infer<typeof trendSchema>;

export const sourceTextSchema = z.object({
  text: z.string().nullable().describe('As it was written; null where no file of it can be read'),
  path: z.string().nullable().describe('Of the file that declares it; null for those that come with Atrium'),
});
export type SourceText = z.infer<typeof sourceTextSchema>;

/** One rung of the ladder of an entity. */
export const rungSchema = ruleSchema.extend({
  result: resultSchema,
  /** What was found, or why it isn't known. */
  message: z.string().nullable(),
  /** Until when it is exempt or in grace. */
  until: z.string().nullable(),
  /** What the template of the remedy would be filled with here. */
  fix: z.object({ template: z.string(), title: z.string(), values: json, mayStart: z.boolean() }).nullable(),
  /** Canonical refs and paths of what it was judged by. */
  facts: z.array(
    z.object({ name: z.string(), path: z.string().nullable(), line: z.number().int().nullable() }),
  ),
});
export type Rung = z.infer<typeof rungSchema>;
export const ladderSchema = z.object({
  scorecard: z.string(),
  title: z.string(),
  draft: z.boolean(),
  levels: z.array(z.string()),
  level: z.string().nullable(),
  nextLevel: z.string().nullable(),
  percent: z.number().nullable(),
  since: z.string().nullable(),
  rungs: z.array(rungSchema),
  /** Ids of failing rules, the one that gives most for its effort first; those of the next level come first. */
  next: z.array(z.string()),
  /** Rules of which the register of debt has an open item. */
  debts: z.array(z.object({ rule: z.string(), id: z.string() })),
});
export type Ladder = z.infer<typeof ladderSchema>;
export const laddersSchema = z.object({
  items: z.array(ladderSchema),
  mayRequestExemption: z.boolean(),
  mayAddDebt: z.boolean(),
});
export const owedBodySchema = z.object({ scorecard: z.string().min(1), rule: z.string().min(1) });
export const owedSchema = z.object({ id: z.string().describe('Of the item in the register of debt') });

export const changeSchema = z.object({
  scorecard: z.string(),
  scorecardTitle: z.string(),
  ref: z.string(),
  title: z.string(),
  owner: partySchema.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  promoted: z.boolean(),
  at: z.string(),
});
export const changesQuerySchema = z.object({
  owner: z.string().optional(),
  entity: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const changesSchema = z.object({ items: z.array(changeSchema) });

export const teamScoresSchema = z.object({
  scorecards: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      levels: z.array(z.string()),
      entities: z.number().int(),
      byLevel: counted,
      percent: z.number().nullable(),
    }),
  ),
  /** What to do next: failing rules of what the team owns, most gain for the effort first. */
  next: z.array(
    z.object({
      scorecard: z.string(),
      scorecardTitle: z.string(),
      rule: z.string(),
      title: z.string(),
      why: z.string().nullable(),
      level: z.string(),
      entities: z.array(z.object({ ref: z.string(), title: z.string() })),
    }),
  ),
});
export type TeamScores = z.infer<typeof teamScoresSchema>;

export const leaderboardSchema = z.object({
  items: z.array(
    z.object({
      team: partySchema,
      entities: z.number().int(),
      percent: z.number(),
      /** Points since a month ago; null where there was nothing then. */
      change: z.number().nullable(),
    }),
  ),
});

/** What rules can ask about, for completion. */
export const vocabularySchema = z.object({
  variables: z.array(z.object({ name: z.string(), description: z.string() })),
  functions: z.array(z.object({ signature: z.string(), description: z.string() })),
  facts: z.array(z.object({ name: z.string(), title: z.string(), description: z.string(), schema: json })),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;

export const checkTextBodySchema = z.object({ text: z.string().max(200_000) });
export const checkedSchema = z.object({ problems: z.array(problemSchema), rules: z.array(ruleSchema) });
export const tryBodySchema = z.object({
  check: z.string().max(5000),
  when: z.string().max(5000).nullable().default(null),
  entities: z.array(z.string()).max(20).describe('Without any, only the texts are checked'),
});
const spanSchema = z.object({ start: z.number().int(), end: z.number().int() });
const triedFaultSchema = spanSchema.extend({ in: z.enum(['check', 'when']), message: z.string() });
export const triedSchema = z.object({
  /** Why it can't be checked at all, and where in which text. */
  fault: triedFaultSchema.nullable(),
  items: z.array(
    z.object({ ref: z.string(), title: z.string(), result: resultSchema, message: z.string().nullable() }),
  ),
});
export type Tried = z.infer<typeof triedSchema>;
export const impactSchema = z.object({
  problems: z.array(problemSchema),
  entities: z.number().int(),
  levels: z.array(z.string()),
  before: counted,
  after: counted,
  /** The first of them; `changed` counts all. */
  changes: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      owner: partySchema.nullable(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  changed: z.number().int(),
});
export type Impact = z.infer<typeof impactSchema>;

export const badgeQuerySchema = z.object({ scorecard: z.string().optional() });

/** What a checkout would be judged by, in place of what sources have read. */
export const gateBodySchema = z.object({
  entity: z.string().min(1),
  scorecard: z.string().min(1),
  min: z.string().optional().describe('The least level; any failing rule counts when absent'),
  facts: z.record(z.string(), z.unknown()).optional(),
});
export const gateSchema = z.object({
  entity: z.string(),
  scorecard: z.string(),
  title: z.string(),
  passed: z.boolean(),
  level: z.string().nullable(),
  min: z.string().nullable(),
  percent: z.number().nullable(),
  /** As the portal has it now, without the facts that were sent. */
  before: z.object({ level: z.string().nullable(), percent: z.number().nullable() }).nullable(),
  rungs: z.array(rungSchema.extend({ before: resultSchema.nullable() })),
});
export type Gate = z.infer<typeof gateSchema>;

export * from './fairness/contract.ts';
