/** Requests and answers about sources: what is read, how fresh it is, what is wrong with it. */
import { z } from 'zod';
import { problemSchema } from '../catalog/contract.ts';

export const sourceStateSchema = z.enum(['waiting', 'reading', 'watching', 'failed']);

export const sourceSchema = z.object({
  id: z.string(),
  integration: z.string(),
  title: z.string(),
  target: z.string(),
  state: sourceStateSchema,
  confirmedAt: z.string().nullable().describe('When all that it says was last confirmed'),
  promiseSeconds: z.number().int().describe('Older than this it is stale'),
  stale: z.boolean(),
  progress: z
    .object({ done: z.number().int(), total: z.number().int().nullable(), current: z.string().nullable() })
    .nullable(),
  entities: z.number().int(),
  parts: z.number().int(),
  problems: z.number().int(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string(), at: z.string() }).nullable(),
});
export type SourceView = z.infer<typeof sourceSchema>;
export const sourcesSchema = z.object({
  sources: z.array(sourceSchema),
  /** The first reading of all sources is over. */
  ready: z.boolean(),
  sample: z.boolean().describe('The sample estate is shown'),
});

export const sourceProblemSchema = problemSchema.extend({
  source: z.string(),
  part: z.string(),
  ref: z.string().nullable(),
});
export const sourceDetailSchema = z.object({
  source: sourceSchema,
  problems: z.array(sourceProblemSchema),
  parts: z.array(
    z.object({
      part: z.string(),
      entities: z.number().int(),
      readAt: z.string(),
      revision: z.string().nullable(),
      failed: z.boolean(),
    }),
  ),
});
export const problemsSchema = z.object({ items: z.array(sourceProblemSchema) });

/** Entities that left, and can still be brought back. */
export const removedSchema = z.object({
  items: z.array(
    z.object({
      ref: z.string(),
      kind: z.string(),
      name: z.string(),
      source: z.string(),
      path: z.string().nullable(),
      at: z.string(),
      until: z.string(),
    }),
  ),
});
export const restoreBodySchema = z.object({ refs: z.array(z.string()).min(1).max(500) });
export const restoreSchema = z.object({ restored: z.number().int() });
