/** The part of the configuration that says how documentation is looked after. */
import { z } from 'zod';

export const docsConfigSchema = z
  .strictObject({
    checkLinks: z
      .boolean()
      .default(true)
      .describe('Whether links to the Internet are asked now and then whether they still lead somewhere'),
  })
  .prefault({});
export type DocsConfig = z.infer<typeof docsConfigSchema>;
