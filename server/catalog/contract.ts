/** Requests and answers of the catalog beyond the Backstage catalog API: what the web and the CLI speak. */
import { z } from 'zod';

export const confidenceSchema = z.enum(['declared', 'found', 'guess']);
export const freshnessSchema = z.enum(['fresh', 'stale', 'orphaned']);
/** `declared`: has a descriptor. `unreviewed`: found, nobody has looked. `accepted`: a person said yes. */
export const reviewStateSchema = z.enum(['declared', 'unreviewed', 'accepted']);

export const problemSchema = z.object({
  level: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  remedy: z.string(),
  field: z.string().optional(),
  path: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
});

/** One line of a table: what a list needs and no more. */
export const rowSchema = z.object({
  ref: z.string(),
  kind: z.string().describe('As written, e.g. Component'),
  namespace: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  type: z.string().nullable(),
  lifecycle: z.string().nullable(),
  owner: z.string().nullable().describe('Canonical ref; null when unowned'),
  ownerConfidence: confidenceSchema.nullable(),
  system: z.string().nullable(),
  language: z.string().nullable(),
  tags: z.array(z.string()),
  freshness: freshnessSchema,
  review: reviewStateSchema,
  problems: z.number().int().describe('Number of errors and warnings'),
  changedAt: z.string().describe('ISO time of the last change of the record'),
});
export type Row = z.infer<typeof rowSchema>;

export const rowsQuerySchema = z.object({
  filter: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe(
      'As in the Backstage catalog API, plus the keys freshness, review, owner, language, and owner=none',
    ),
  q: z.string().optional().describe('Words to find in name, title and description'),
  sort: z.enum(['name', 'kind', 'type', 'owner', 'lifecycle', 'changedAt']).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).max(500).default(100),
});
export const rowsSchema = z.object({ items: z.array(rowSchema), total: z.number().int() });

export const facetsQuerySchema = z.object({
  filter: z.union([z.string(), z.array(z.string())]).optional(),
  q: z.string().optional(),
});
const facetValueSchema = z.object({ value: z.string().nullable(), count: z.number().int() });
export const facetNames = [
  'kind',
  'type',
  'owner',
  'lifecycle',
  'language',
  'tags',
  'freshness',
  'review',
] as const;
/** Each facet's counts leave out that facet's own filter, so that another value can be chosen. */
export const facetsSchema = z.object({
  facets: z.record(z.enum(facetNames), z.array(facetValueSchema)),
  total: z.number().int(),
});

export const claimSchema = z.object({
  value: z.unknown(),
  source: z.string(),
  confidence: confidenceSchema,
  location: z.string(),
  path: z.string().nullable(),
  line: z.number().nullable(),
  confirmedAt: z.string().nullable(),
  note: z.string().nullable(),
});
export const fieldSchema = z.object({
  field: z.string().describe('Dotted path, e.g. spec.owner'),
  chosen: claimSchema,
  others: z.array(claimSchema).describe('What else was claimed, outranked'),
});
export const relatedSchema = rowSchema
  .pick({
    ref: true,
    kind: true,
    name: true,
    title: true,
    type: true,
    owner: true,
    description: true,
    lifecycle: true,
  })
  .extend({
    relation: z.string(),
    exists: z.boolean(),
  });
export const recordSchema = z.object({
  row: rowSchema,
  entity: z.looseObject({ kind: z.string() }),
  fields: z.array(fieldSchema),
  related: z.array(relatedSchema),
  problems: z.array(problemSchema),
  confirmedAt: z.string().nullable(),
  sources: z.array(
    z.object({
      source: z.string(),
      path: z.string().nullable(),
      location: z.string(),
      confidence: confidenceSchema,
      confirmedAt: z.string().nullable(),
    }),
  ),
  apis: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      type: z.string(),
      relation: z.enum(['self', 'provides', 'consumes']),
    }),
  ),
});
export type GoldenRecord = z.infer<typeof recordSchema>;

export const changeSchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  ref: z.string(),
  kind: z.string(),
  name: z.string(),
  change: z.enum(['added', 'changed', 'removed', 'restored']),
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  source: z.string().nullable(),
});
export const changesQuerySchema = z.object({
  ref: z.string().optional(),
  before: z.coerce.number().int().optional().describe('Older than this sequence number'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const changesSchema = z.object({ items: z.array(changeSchema) });

export const graphQuerySchema = z.object({
  root: z.union([z.string(), z.array(z.string())]).describe('Entity refs to start from'),
  depth: z.coerce.number().int().min(0).max(10).default(1),
  direction: z.enum(['out', 'in', 'both']).default('both'),
  relations: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Relation types to follow; all when absent'),
  kinds: z.union([z.string(), z.array(z.string())]).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const graphNodeSchema = relatedSchema.omit({ relation: true }).extend({ distance: z.number().int() });
export const graphEdgeSchema = z.object({
  from: z.string(),
  to: z.string(),
  type: z.string(),
  reverse: z.string().nullable(),
});
export const graphSchema = z.object({
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
  truncated: z.boolean(),
});
export type Graph = z.infer<typeof graphSchema>;
export const pathsQuerySchema = z.object({
  from: z.string(),
  to: z.string(),
  maxDepth: z.coerce.number().int().min(1).max(10).default(6),
});
export const pathsSchema = z.object({
  paths: z.array(z.array(graphEdgeSchema)),
  nodes: z.array(graphNodeSchema),
});
export const impactQuerySchema = z.object({
  ref: z.string(),
  depth: z.coerce.number().int().min(1).max(10).default(10),
});
/** What breaks if this does, nearest first, and whom to tell. */
export const impactSchema = z.object({
  affected: z.array(
    graphNodeSchema.extend({ via: z.array(z.string()).describe('Refs on the way, from the broken one') }),
  ),
  owners: z.array(
    z.object({
      owner: z.string().nullable(),
      title: z.string().nullable(),
      email: z.string().nullable(),
      count: z.number().int(),
    }),
  ),
  truncated: z.boolean(),
});

export const searchQuerySchema = z.object({
  q: z.string(),
  kind: z.union([z.string(), z.array(z.string())]).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const searchSchema = z.object({
  items: z.array(
    rowSchema.extend({
      score: z.number(),
      match: z.enum(['exact', 'prefix', 'word', 'infix', 'typo', 'text']),
    }),
  ),
  total: z.number().int(),
});

export const summarySchema = z.object({
  kinds: z.array(z.object({ kind: z.string(), type: z.string().nullable(), count: z.number().int() })),
  total: z.number().int(),
  unowned: z.number().int(),
  unreviewed: z.number().int(),
  stale: z.number().int(),
  orphaned: z.number().int(),
  withProblems: z.number().int(),
});

export const reviewItemSchema = z.object({
  row: rowSchema,
  evidence: z.array(claimSchema.extend({ field: z.string() })),
  suggestedOwner: z
    .object({ owner: z.string(), note: z.string().nullable(), location: z.string() })
    .nullable(),
  mergeCandidates: z.array(z.object({ ref: z.string(), reason: z.string() })),
  proposal: z.string().describe('The descriptor that would declare it, as YAML'),
  proposalFile: z
    .string()
    .nullable()
    .describe('Where it would be written, for sources that are local folders'),
});
export const reviewQuerySchema = z.object({
  state: z.enum(['open', 'decided']).default('open'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const decisionSchema = z.object({
  ref: z.string(),
  decision: z.enum(['accepted', 'ignored', 'merged']),
  mergeInto: z.string().nullable(),
  by: z.string(),
  at: z.string(),
});
export const reviewSchema = z.object({
  items: z.array(reviewItemSchema),
  decided: z.array(decisionSchema),
  total: z.number().int(),
});
export const decideBodySchema = z.object({
  refs: z.array(z.string()).min(1).max(500),
  decision: z.enum(['accept', 'ignore', 'merge', 'reopen']),
  mergeInto: z.string().optional().describe('Ref of the entity that it is the same as; needed by merge'),
});
export const decideSchema = z.object({ decided: z.number().int() });

/** Sent on GET /api/events as server-sent events of type `change`. */
export const changeNoticeSchema = z.object({
  seq: z.number().int(),
  refs: z.array(z.string()).describe('Empty when too many to name'),
});
