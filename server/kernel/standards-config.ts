/** The part of the configuration that says by which standards is judged. */
import { z } from 'zod';

/** Standards that come with Atrium. */
export const packNames = [
  'production-readiness',
  'security-baseline',
  'documentation',
  'ownership',
  'dora',
  'open-source',
] as const;
export type PackName = (typeof packNames)[number];

export const standardsConfigSchema = z
  .strictObject({
    packs: z
      .array(z.enum(packNames))
      .default([...packNames])
      .describe('Scorecards that come with Atrium; all of them when absent, none for []'),
    leaderboard: z.boolean().default(true).describe('Whether teams are shown side by side'),
  })
  .prefault({});
export type StandardsConfig = z.infer<typeof standardsConfigSchema>;
