/** Reads descriptor files in batches: in this thread when they are few, else in a second one. */
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { KindDefinition, KindRegistry } from '#model/kinds.ts';
import type { DescriptorFile, DescriptorReading } from './part.ts';
import { createDescriptorReader, type DescriptorReader } from './read-descriptors.ts';
import type { RepositoryPlace } from './remote-links.ts';
import type { Repository } from './repository.ts';
import type { ReadFiles } from './walk-descriptors.ts';

const BATCH_CONTRIBUTIONS = 500;
const BATCH_FILES = 200;
/** Parsing this much takes longer than starting a thread. */
const WORKER_FILES = 300;
const WORKER_BYTES = 2 << 20;
/** Longest stretch for which this thread is not given to others. */
const SLICE_MS = 15;

/** What the thread needs to read a repository. */
export interface ReadJob {
  key: string;
  place: RepositoryPlace;
  /** Absent when the folder was not listed. */
  paths: readonly string[] | undefined;
  kinds: readonly KindDefinition[];
  files: DescriptorFile[];
}

/** Cuts readings into batches that are worth a message. */
export async function* readInBatches(
  read: DescriptorReader,
  files: readonly DescriptorFile[],
): AsyncGenerator<DescriptorReading[]> {
  let batch: DescriptorReading[] = [];
  let contributions = 0;
  for (const file of files) {
    const reading = await read(file);
    if (!reading) continue;
    batch.push(reading);
    contributions += reading.reading.contributions.length;
    if (contributions < BATCH_CONTRIBUTIONS && batch.length < BATCH_FILES) continue;
    yield batch;
    batch = [];
    contributions = 0;
  }
  if (batch.length > 0) yield batch;
}

export function readerFor(repository: Repository, kinds: KindRegistry): ReadFiles {
  const read = createDescriptorReader(repository.key, repository.place, repository.files, kinds);
  return (files) =>
    isWorthThread(repository, files) ? inWorker(repository, files, kinds) : inTurns(read, files);
}

function isWorthThread(repository: Repository, files: readonly DescriptorFile[]): boolean {
  if (repository.kind === 'bare') return false;
  if (files.length >= WORKER_FILES) return true;
  let bytes = 0;
  return files.some(({ path }) => {
    bytes += repository.files.size(path);
    return bytes >= WORKER_BYTES;
  });
}

async function* inTurns(
  read: DescriptorReader,
  files: readonly DescriptorFile[],
): AsyncGenerator<DescriptorReading[]> {
  let readings: DescriptorReading[] = [];
  let since = performance.now();
  for (const file of files) {
    const reading = await read(file);
    if (reading) readings.push(reading);
    if (performance.now() - since < SLICE_MS) continue;
    if (readings.length > 0) yield readings;
    readings = [];
    await turn();
    since = performance.now();
  }
  if (readings.length > 0) yield readings;
}

async function* inWorker(
  { key, place, files: { listed } }: Repository,
  files: DescriptorFile[],
  kinds: KindRegistry,
): AsyncGenerator<DescriptorReading[]> {
  const job: ReadJob = { key, place, paths: listed(), kinds: kinds.kinds, files };
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { workerData: job });
  try {
    const asked = ask(worker);
    let next: Promise<DescriptorReading[] | undefined> = asked;
    for (let batch = await next; batch; batch = await next) {
      // The thread works on the next batch while this one is stored.
      next = ask(worker);
      next.catch(() => {});
      yield batch;
    }
  } finally {
    await worker.terminate();
  }
}

async function ask(worker: Worker): Promise<DescriptorReading[] | undefined> {
  worker.postMessage('next');
  // `once` rejects when the thread fails.
  const [batch] = (await once(worker, 'message')) as [DescriptorReading[] | null];
  return batch ?? undefined;
}
