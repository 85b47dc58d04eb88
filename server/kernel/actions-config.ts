/** The part of the configuration that says how self-service actions are run. */
import { z } from 'zod';
import { secretSchema } from './secret.ts';

export const actionsConfigSchema = z
  .strictObject({
    trusted: z
      .array(z.string())
      .default([])
      .describe('Globs of the locations whose templates may be started; every one when empty'),
    concurrency: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(4)
      .describe('How many runs a process is at at a time'),
    secretKey: secretSchema
      .optional()
      .describe('Seals the secrets of runs; needed where several processes share a PostgreSQL'),
  })
  .prefault({});
export type ActionsConfig = z.infer<typeof actionsConfigSchema>;
