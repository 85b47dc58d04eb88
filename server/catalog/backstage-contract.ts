/** Requests and answers of the Backstage catalog and search API. */
import { z } from 'zod';

const texts = z.union([z.string(), z.array(z.string())]).optional();
const filter = texts.describe(
  'key, key=value or a,b=c; conditions within one are AND-ed, several filters are OR-ed',
);
const fields = texts.describe('Paths to answer with, comma-separated, such as kind,metadata.name');
const limit = z.coerce.number().int().min(0).optional();
const offset = z.coerce.number().int().min(0).optional();
const totalItems = z
  .enum(['include', 'exclude'])
  .optional()
  .describe('exclude leaves the count out: it is 0 then');
/** A predicate is checked by its own reader, which names the place of a mistake. */
const predicate = z
  .record(z.string(), z.unknown())
  .optional()
  .describe('A predicate query, such as {"kind": "Component", "spec.type": {"$in": ["service"]}}');

export const entitySchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
export const entitiesSchema = z.array(entitySchema);
export const nameParamsSchema = z.object({ kind: z.string(), namespace: z.string(), name: z.string() });
export const uidParamsSchema = z.object({ uid: z.string() });
export const idParamsSchema = z.object({ id: z.string() });

export const entitiesQuerySchema = z.object({
  filter,
  fields,
  limit,
  offset,
  after: z.string().optional().describe('From the Link header of the page before'),
  order: texts.describe('asc:<path> or desc:<path>'),
});
export const byQuerySchema = z.object({
  filter,
  fields,
  limit,
  offset,
  totalItems,
  cursor: z.string().optional(),
  orderField: texts.describe('<path>,asc or <path>,desc'),
  fullTextFilterTerm: z.string().optional(),
  fullTextFilterFields: texts,
});
export const byQueryBodySchema = z.object({
  cursor: z.string().optional(),
  limit: z.number().int().min(0).optional(),
  offset: z.number().int().min(0).optional(),
  orderBy: z
    .array(z.object({ field: z.string().min(1), order: z.enum(['asc', 'desc']).default('asc') }))
    .optional(),
  fullTextFilter: z.object({ term: z.string(), fields: z.array(z.string()).optional() }).optional(),
  fields: z.array(z.string()).optional(),
  totalItems,
  query: predicate,
});
export const entityPageSchema = z.object({
  items: entitiesSchema,
  totalItems: z.number().int(),
  pageInfo: z.object({ nextCursor: z.string().optional(), prevCursor: z.string().optional() }),
});

export const byRefsQuerySchema = z.object({ filter });
export const byRefsBodySchema = z.object({
  entityRefs: z.array(z.string()).max(10_000),
  fields: z.array(z.string()).optional(),
  query: predicate,
});
export const byRefsSchema = z.object({ items: z.array(entitySchema.nullable()) });

export const ancestrySchema = z.object({
  rootEntityRef: z.string(),
  items: z.array(z.object({ entity: entitySchema, parentEntityRefs: z.array(z.string()) })),
});

export const facetsQuerySchema = z.object({ facet: z.union([z.string(), z.array(z.string())]), filter });
export const facetsBodySchema = z.object({ facets: z.array(z.string().min(1)).min(1), query: predicate });
export const facetCountsSchema = z.object({
  facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() }))),
});

export const refreshBodySchema = z.object({
  entityRef: z.string(),
  authorizationToken: z.string().optional(),
});

export const locationInputSchema = z.object({ type: z.string().min(1), target: z.string().min(1) });
export const locationSchema = z.object({
  id: z.string(),
  type: z.string(),
  target: z.string(),
  entityRef: z.string(),
});
export const addLocationQuerySchema = z.object({
  dryRun: z
    .string()
    .optional()
    .describe('true, yes or 1: read it and answer with what it holds, but keep nothing'),
  onConflict: z.enum(['refresh', 'reject']).default('reject'),
});
export const addLocationSchema = z.object({
  location: locationSchema,
  entities: entitiesSchema,
  exists: z.boolean().optional(),
});
export const wrappedLocationsSchema = z.array(z.object({ data: locationSchema }));
export const locationsBodySchema = z.object({
  cursor: z.string().optional(),
  limit: z.number().int().min(1).optional(),
  query: predicate,
});
export const locationPageSchema = z.object({
  items: z.array(locationSchema),
  totalItems: z.number().int(),
  pageInfo: z.object({ nextCursor: z.string().optional() }),
});

export const analyzeBodySchema = z.object({
  location: locationInputSchema,
  catalogFileName: z.string().optional(),
  catalogFilename: z.string().optional(),
});
const analysedFieldSchema = z.object({
  field: z.string(),
  value: z.string().nullable(),
  state: z.enum(['analysisSuggestedValue', 'analysisSuggestedNoValue', 'needsUserInput']),
  description: z.string(),
});
export const analysisSchema = z.object({
  existingEntityFiles: z.array(
    z.object({ location: locationInputSchema, isRegistered: z.boolean(), entity: entitySchema }),
  ),
  generateEntities: z.array(z.object({ entity: z.looseObject({}), fields: z.array(analysedFieldSchema) })),
});

export const validateBodySchema = z.object({
  entity: z.record(z.string(), z.unknown()),
  location: z.string().describe('A url: location ref'),
});
export const validationErrorsSchema = z.object({
  errors: z.array(z.looseObject({ name: z.string(), message: z.string() })),
});

/** Lists and maps come as `types[0]` and `filters[kind]`, so other keys are let through. */
export const searchDocumentsQuerySchema = z.looseObject({
  term: z.string().default(''),
  pageLimit: z.coerce.number().int().min(1).max(100).default(25),
  pageCursor: z.string().optional(),
});
export const searchDocumentsSchema = z.object({
  results: z.array(
    z.object({
      type: z.string(),
      document: z.looseObject({ title: z.string(), text: z.string(), location: z.string() }),
      rank: z.number().optional(),
    }),
  ),
  nextPageCursor: z.string().optional(),
  previousPageCursor: z.string().optional(),
  numberOfResults: z.number().int().optional(),
});
