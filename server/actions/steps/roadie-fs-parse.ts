import { readFile } from 'node:fs/promises';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { defineStep } from '../define-step.ts';
import { inside } from '../workspace.ts';

const parsers = {
  yaml: (text: string): unknown => parseYaml(text),
  json: (text: string): unknown => JSON.parse(text),
  multiyaml: (text: string): unknown =>
    parseAllDocuments(text).map((document) => {
      const [error] = document.errors;
      if (error) throw error;
      return document.toJS();
    }),
};

export const roadieFsParse = defineStep({
  id: 'roadiehq:utils:fs:parse',
  description: 'Gives what is in a file of the workspace to later steps, as text or read as YAML or JSON.',
  effect: 'none',
  input: z.object({ path: z.string().min(1), parser: z.enum(['yaml', 'json', 'multiyaml']).optional() }),
  output: z.object({ content: z.unknown() }),
  run: async ({ path, parser }, { workspace }) => {
    const text = await readFile(await inside(workspace, path), 'utf8');
    if (!parser) return { content: text };
    try {
      return { content: parsers[parser](text) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AtriumError('STEP_FAILED', `${path} is no ${parser === 'json' ? 'JSON' : 'YAML'}: ${reason}`);
    }
  },
});
