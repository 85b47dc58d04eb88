/** Requests and answers about teams: who owns what, and what nobody owns. */
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
