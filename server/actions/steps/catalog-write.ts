import { stringify } from 'yaml';
import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import { writeInside } from '../workspace.ts';

export const catalogWrite = defineStep({
  id: 'catalog:write',
  description: 'Writes a descriptor into the workspace.',
  effect: 'workspace',
  input: z.object({
    entity: z.record(z.string(), z.unknown()).describe('The entity'),
    filePath: z.string().min(1).default('catalog-info.yaml').describe('File in the workspace to write'),
  }),
  run: async ({ entity, filePath }, { workspace, log }) => {
    await writeInside(workspace, filePath, stringify(entity, { aliasDuplicateObjects: false }));
    log.info(`${filePath} written`);
    return {};
  },
});
