/** Requests and answers about facts: what is observed of entities beside their descriptors. */
import { z } from 'zod';
import { FACT_NAME } from '#model/fact.ts';

const json = z.record(z.string(), z.unknown());
const name = z.string().regex(FACT_NAME, 'must begin with a small letter and hold letters and digits only');

export const factKindSchema = z.object({
  name,
  title: z.string(),
  description: z.string(),
  schema: json.describe('JSON Schema of its values'),
  /** The integration that observes it, or who declared it. */
  by: z.string(),
});
export type FactKind = z.infer<typeof factKindSchema>;
export const factKindsSchema = z.object({ items: z.array(factKindSchema) });

export const factSchema = z.object({
  name,
  title: z.string(),
  value: z.unknown(),
  /** When it was last seen to be so. */
  at: z.string(),
  expiresAt: z.string().nullable(),
  /** Too old to count, or its source is. */
  stale: z.boolean(),
  source: z.string(),
  path: z.string().nullable(),
  line: z.number().int().nullable(),
  location: z.string().nullable(),
});
export type Fact = z.infer<typeof factSchema>;
export const factsSchema = z.object({ items: z.array(factSchema) });
export const factParamsSchema = z.object({
  kind: z.string().min(1),
  namespace: z.string().min(1),
  name: z.string().min(1),
});

export const postFactsBodySchema = z.object({
  kinds: z
    .array(z.object({ name, title: z.string().min(1), description: z.string().default(''), schema: json }))
    .max(50)
    .default([])
    .describe('Kinds of facts that are new, or whose schema changed'),
  facts: z
    .array(
      z.object({
        entity: z.string().min(1).describe('Ref of an entity of the catalog'),
        name,
        value: z.unknown(),
        at: z.iso.datetime({ offset: true }).optional().describe('When it was observed; now when absent'),
        ttlSeconds: z.number().int().min(1).optional().describe('After which it says nothing any more'),
      }),
    )
    .max(5000)
    .default([]),
});
export type PostFactsBody = z.infer<typeof postFactsBodySchema>;
export const postedFactsSchema = z.object({ kinds: z.number().int(), facts: z.number().int() });
