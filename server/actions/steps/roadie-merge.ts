import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parse as parseYaml, stringify } from 'yaml';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { isRecord } from '#model/value-words.ts';
import { defineStep } from '../define-step.ts';
import { existsInside, inside, writeInside } from '../workspace.ts';

interface Format {
  read(text: string): unknown;
  write(value: unknown): string;
}
const json: Format = { read: (text) => JSON.parse(text), write: (value) => JSON.stringify(value, null, 2) };
const yaml: Format = { read: (text) => parseYaml(text), write: (value) => stringify(value) };
const formats: Record<string, Format> = { '.json': json, '.yaml': yaml, '.yml': yaml };

const input = z.object({
  path: z.string().min(1),
  content: z.union([z.record(z.string(), z.unknown()), z.string()]).describe('A mapping, or its text'),
});
const output = z.object({ path: z.string() });

export const roadieMerge = defineStep({
  id: 'roadiehq:utils:merge',
  description: 'Merges a mapping into a JSON or YAML file of the workspace.',
  effect: 'workspace',
  input,
  output,
  run: async ({ path, content }, { workspace }) => {
    const format = formats[extname(path)];
    if (!format) throw new AtriumError('STEP_FAILED', `${path} is neither JSON nor YAML by its name`);
    await mergeInto(workspace, path, content, format);
    return { path };
  },
});

export const roadieJsonMerge = defineStep({
  id: 'roadiehq:utils:json:merge',
  description: 'Merges a mapping into a JSON file of the workspace, which is made when it is not there.',
  effect: 'workspace',
  input,
  output,
  run: async ({ path, content }, { workspace }) => {
    if (!(await existsInside(workspace, path))) await writeInside(workspace, path, '{}');
    await mergeInto(workspace, path, content, json);
    return { path };
  },
});

async function mergeInto(
  workspace: string,
  path: string,
  content: z.output<typeof input>['content'],
  format: Format,
): Promise<void> {
  const text = await readFile(await inside(workspace, path), 'utf8');
  const read = (source: string) => {
    try {
      return format.read(source);
    } catch (error) {
      throw new AtriumError(
        'STEP_FAILED',
        `${path}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  const added = typeof content === 'string' ? read(content) : content;
  await writeInside(workspace, path, format.write(merged(read(text), added)));
}

/** Mappings key by key, lists item by item, all else by what comes last. */
function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const length = Math.max(one.length, other.length);
    return Array.from({ length }, (_, index) => merged(one[index], other[index]));
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const of = (record: Record<string, unknown>, key: string) =>
      Object.hasOwn(record, key) ? record[key] : undefined;
    return Object.fromEntries(keys.map((key) => [key, merged(of(one, key), of(other, key))]));
  }
  return other === undefined ? one : other;
}
