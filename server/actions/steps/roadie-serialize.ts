import { stringify } from 'yaml';
import { z } from 'zod';
import { defineStep } from '../define-step.ts';

const output = z.object({ serialized: z.string() });

export const roadieSerializeJson = defineStep({
  id: 'roadiehq:utils:serialize:json',
  description: 'Writes a value as JSON, for later steps.',
  effect: 'none',
  input: z.object({
    data: z.unknown().optional(),
    replacer: z.array(z.string()).optional().describe('Only these properties are written'),
    space: z.union([z.string(), z.number()]).optional().describe('What to indent with, or how many spaces'),
  }),
  output,
  run: async ({ data, replacer, space }) => ({
    // Texts that are numbers come from forms.
    serialized: JSON.stringify(data ?? null, replacer, Number(space) || space),
  }),
});

export const roadieSerializeYaml = defineStep({
  id: 'roadiehq:utils:serialize:yaml',
  description: 'Writes a value as YAML, for later steps.',
  effect: 'none',
  input: z.object({
    data: z.unknown().optional(),
    replacer: z.array(z.string()).optional().describe('Only these properties are written'),
    options: z
      .object({ indent: z.number().int().min(1).optional(), lineWidth: z.number().int().optional() })
      .optional(),
  }),
  output,
  run: async ({ data, replacer, options }) => ({
    serialized: stringify(data ?? null, replacer, {
      aliasDuplicateObjects: false,
      ...(options?.indent !== undefined && { indent: options.indent }),
      ...(options?.lineWidth !== undefined && { lineWidth: options.lineWidth }),
    }),
  }),
});
