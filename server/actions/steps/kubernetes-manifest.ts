/** Reads Kubernetes manifests: several documents, lists, files and folders of the workspace. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { entriesOf, inside } from '../workspace.ts';

const manifestShape = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().min(1).optional(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
});
export type Manifest = z.output<typeof manifestShape>;
const listShape = z.looseObject({ kind: z.string().endsWith('List'), items: z.array(z.unknown()) });

const LARGEST_BYTES = 4 * 1024 * 1024;
const MOST_OBJECTS = 500;
/** What others stand in, or are made by, has to be there before them. */
const first = ['Namespace', 'CustomResourceDefinition'];

/**
 * @param given as the step was given it: a text, one object, or several.
 * @param path file or folder in the workspace.
 * @throws {AtriumError} STEP_FAILED, PATH_OUTSIDE
 */
export async function readManifests(
  workspace: string,
  given: unknown,
  path: string | undefined,
): Promise<Manifest[]> {
  const texts = path === undefined ? [] : await textsAt(workspace, path);
  const objects = [
    ...(typeof given === 'string' ? documentsIn(given, 'manifest') : [given].flat().filter(Boolean)),
    ...texts.flatMap(({ name, text }) => documentsIn(text, name)),
  ].flatMap(itemsOf);
  if (objects.length === 0) throw new AtriumError('STEP_FAILED', 'There is no object in the manifest');
  if (objects.length > MOST_OBJECTS)
    throw new AtriumError('STEP_FAILED', `There are more than ${MOST_OBJECTS} objects`);
  return objects.map(asManifest).toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ kind }: Manifest) => (first.indexOf(kind) + first.length + 1) % (first.length + 1);

function documentsIn(text: string, name: string): unknown[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new AtriumError('STEP_FAILED', `${name}: ${error.message.split('\n')[0]}`);
    const value: unknown = document.toJS();
    return value === null ? [] : [value];
  });
}

function itemsOf(value: unknown): unknown[] {
  const list = listShape.safeParse(value);
  return list.success ? list.data.items : [value];
}

function asManifest(value: unknown): Manifest {
  const parsed = manifestShape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AtriumError(
    'STEP_FAILED',
    `An object of the manifest is wrong: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

async function textsAt(workspace: string, path: string): Promise<{ name: string; text: string }[]> {
  const full = await inside(workspace, path);
  const stats = await stat(full).catch(() => undefined);
  if (!stats) throw new AtriumError('STEP_FAILED', `There is no ${path} in the workspace`);
  if (stats.isFile()) return [await textOf(full, path, stats.size)];
  const files = (await entriesOf(full)).filter(
    (entry) => entry.kind === 'file' && /\.(ya?ml|json)$/.test(entry.path),
  );
  const texts = [];
  for (const file of files)
    texts.push(await textOf(join(full, file.path), `${path}/${file.path}`, file.size));
  return texts;
}

async function textOf(full: string, name: string, size: number): Promise<{ name: string; text: string }> {
  if (size > LARGEST_BYTES)
    throw new AtriumError('STEP_FAILED', `${name} is larger than ${LARGEST_BYTES} bytes`);
  return { name, text: await readFile(full, 'utf8') };
}
