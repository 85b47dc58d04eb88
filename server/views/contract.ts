/** Requests and answers about the views that people keep. */
import { z } from 'zod';

/** Parameters of the catalog’s address, each a text or several. */
const searchSchema = z.record(
  z.string().max(60),
  z.union([z.string().max(1000), z.array(z.string().max(300)).max(100).readonly()]),
);

export const savedViewSchema = z.object({
  name: z.string().trim().min(1).max(80),
  search: searchSchema.describe('Parameters of the catalog’s address'),
});
export type SavedView = z.infer<typeof savedViewSchema>;
export const savedViewsSchema = z.object({ items: z.array(savedViewSchema) });
export type SavedViews = z.infer<typeof savedViewsSchema>;
export const savedViewParamsSchema = z.object({ name: z.string() });
