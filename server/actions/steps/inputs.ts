/** Inputs that several step actions share, and where relative addresses start from. */
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { annotations } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import type { FetchedTree, FetchTree } from '../fetch-tree.ts';
import type { StepContext } from '../step-action.ts';

export const url = z
  .string()
  .min(1)
  .describe('Address of a folder or file in a repository, or a path relative to the template');
export const targetPath = z
  .string()
  .default('.')
  .describe('Folder in the workspace to write to; the workspace itself when absent');
export const targetFile = z.string().min(1).describe('File in the workspace to write');
/** Templates write `secrets.X or false` for one that may be absent. */
export const token = z
  .union([z.string(), z.literal(false)])
  .optional()
  .describe('Password for the repository, where it needs one');

/** What may be said of how texts are rendered. */
export const rendering = {
  values: z.record(z.string(), z.unknown()).default({}).describe('What expressions see as values'),
  cookiecutterCompat: z
    .boolean()
    .optional()
    .describe('For skeletons of Cookiecutter: expressions are {{ cookiecutter.name }}'),
  replace: z.boolean().optional().describe('Whether files that are there already are replaced'),
  trimBlocks: z.boolean().optional().describe('Remove the line break behind a block'),
  lstripBlocks: z.boolean().optional().describe('Remove spaces in front of a block'),
};

const globs = z.array(z.string());
export const skeleton = {
  ...rendering,
  copyWithoutTemplating: globs
    .optional()
    .describe('Globs of files that are copied as they are; their names are rendered'),
  copyWithoutRender: globs.optional().describe('Older name: neither content nor names are rendered'),
  templateFileExtension: z
    .union([z.string(), z.boolean()])
    .optional()
    .describe('Only files that end so are rendered, and lose the ending; true stands for .njk'),
};

/** Fetches, and gives back what was made for it. */
export async function withTree<T>(
  fetchTree: FetchTree,
  { url: address, token: password }: { url: string; token?: string | false | undefined },
  { template, signal }: StepContext,
  use: (tree: FetchedTree) => Promise<T>,
): Promise<T> {
  const given = template.entity.metadata.annotations ?? {};
  const base = given[annotations.sourceLocation] ?? given[annotations.managedBy];
  const tree = await fetchTree(address, base, { signal, token: password || undefined });
  try {
    return await use(tree);
  } finally {
    await tree.release();
  }
}

/** Of one file, with its permission bits. */
export async function readTreeFile(
  { path }: FetchedTree,
  shown: string,
): Promise<{ content: Buffer; mode: number }> {
  const stats = await stat(path);
  if (!stats.isFile()) throw new AtriumError('STEP_FAILED', `${shown} is no file`);
  return { content: await readFile(path), mode: stats.mode & 0o777 };
}
