/** Makes the sample estate: one real git repository, with history, for each folder of `sample/estate`. */

import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { git } from './git.ts';
import { histories, type RepositoryHistory } from './history.ts';
import { importStream } from './import-stream.ts';
import { isMissing, readTree } from './tree.ts';

export type MakeEstateOptions = {
  /** The moment that ages in the history count back from. */
  now?: Date;
  onRepository?: (name: string, done: number, total: number) => void;
};

const here = import.meta.dirname;
const marker = '.estate.json';
/** Small histories would be unpacked to one file per object, each of them flushed to disk: several times slower. */
const keepOnePack = ['-c', 'fastimport.unpackLimit=1', '-c', 'core.fsync=none'];

/** Builds every repository under `targetDir` and returns its absolute path; at once when it is already there. */
export async function makeEstate(targetDir: string, options: MakeEstateOptions = {}): Promise<string> {
  const target = resolve(targetDir);
  if (await isComplete(target)) return target;
  await refuseForeign(target);

  const now = options.now ?? new Date();
  const building = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.building`);
  await mkdir(building, { recursive: true });
  try {
    // One empty repository to copy from: starting git once is cheaper than once for each.
    const empty = join(building, '.empty');
    await git(building, ['init', '--quiet', '--template=', empty]);
    let done = 0;
    await inParallel(histories, async (history) => {
      const folder = join(building, history.name);
      await cp(join(empty, '.git'), join(folder, '.git'), { recursive: true });
      await fillRepository(folder, history, now);
      done += 1;
      options.onRepository?.(history.name, done, histories.length);
    });
    await rm(empty, { recursive: true });
    const note = { repositories: histories.length, now: now.toISOString() };
    await writeFile(join(building, marker), `${JSON.stringify(note)}\n`);
    await moveInto(building, target);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return target;
}

async function fillRepository(folder: string, history: RepositoryHistory, now: Date): Promise<void> {
  const branch = history.branch ?? 'main';
  const files = await readTree(join(here, 'estate', history.name));
  const variants = await readTree(join(here, 'variants', history.name));
  const stream = importStream(history, files, variants, now);
  await writeFile(join(folder, '.git', 'HEAD'), `ref: refs/heads/${branch}\n`);
  await git(folder, [...keepOnePack, 'fast-import', '--quiet', '--done', '--date-format=raw'], stream);
  await git(folder, [...keepOnePack, 'reset', '--quiet', '--hard']);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  const workers = Math.min(8, availableParallelism() * 2);
  const ended = await Promise.allSettled(Array.from({ length: workers }, worker));
  const failed = ended.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Renames into place; when someone else was faster, theirs stays. */
async function moveInto(building: string, target: string): Promise<void> {
  try {
    await rename(building, target);
  } catch (error) {
    if (await isComplete(target)) return;
    throw error;
  }
}

async function isComplete(target: string): Promise<boolean> {
  return stat(join(target, marker)).then(
    () => true,
    () => false,
  );
}

async function refuseForeign(target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  if (names.length > 0) {
    throw new Error(
      `${target} holds files that the sample estate didn't make: choose another folder or empty it`,
    );
  }
}
