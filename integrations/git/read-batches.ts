/** Reads descriptor files: in this thread when they are few, else in others beside it. */
import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { KindDefinition, KindRegistry } from '#model/kinds.ts';
import type { GitAccess } from './client.ts';
import { type Lane, readInLanes } from './lanes.ts';
import type { DescriptorFile, DescriptorReading } from './part.ts';
import { createDescriptorReader, type DescriptorReader } from './read-descriptors.ts';
import type { RepositoryPlace } from './remote-links.ts';
import type { Repository } from './repository.ts';
import type { ReadFiles } from './walk-descriptors.ts';

/** A chunk is worth a message and yet small enough to be shared out evenly. */
const CHUNK_FILES = 200;
const CHUNK_BYTES = 512 << 10;
/** Parsing this much takes longer than starting a thread. */
const WORTH_FILES = 400;
const WORTH_BYTES = 2 << 20;
/** Longest stretch for which this thread is not given to others. */
const SLICE_MS = 15;
const MOST_THREADS = 3;

/** What a thread needs to know of a repository. */
export interface ReadJob {
  key: string;
  place: RepositoryPlace;
  /** Absent when the folder was not listed. */
  paths: readonly string[] | undefined;
  kinds: readonly KindDefinition[];
  closed: boolean;
  access: GitAccess | undefined;
}

/** @param ofChanges the store has next to nothing to do meanwhile, so this thread reads to the end as well. */
export function readerFor(repository: Repository, kinds: KindRegistry, ofChanges: boolean): ReadFiles {
  const { key, place, files, closed = false } = repository;
  const read = createDescriptorReader({ ...repository, kinds });
  return async function* (wanted) {
    const { chunks, bytes } = cut(repository, wanted);
    const isLarge = wanted.length >= WORTH_FILES || bytes >= WORTH_BYTES;
    if (repository.kind === 'bare' || !isLarge) return yield* inTurns(read, wanted);
    const access = await repository.access?.();
    const job: ReadJob = { key, place, paths: files.listed(), kinds: kinds.kinds, closed, access };
    // One processor is left to the store, which works at the same time.
    const count = Math.min(Math.max(availableParallelism() - 1, 1), MOST_THREADS, chunks.length);
    const threads = Array.from({ length: count }, () => threadLane(job));
    const here = (chunk: DescriptorFile[]) => collect(inTurns(read, chunk));
    yield* readInLanes(chunks, threads, here, { toTheEnd: ofChanges });
  };
}

function cut({ files, kind }: Repository, wanted: readonly DescriptorFile[]) {
  const chunks: DescriptorFile[][] = [];
  let chunk: DescriptorFile[] = [];
  let size = 0;
  let bytes = 0;
  if (kind === 'bare') return { chunks, bytes };
  for (const file of wanted) {
    const own = files.size(file.path);
    if (chunk.length > 0 && (chunk.length >= CHUNK_FILES || size + own > CHUNK_BYTES)) {
      chunks.push(chunk);
      chunk = [];
      size = 0;
    }
    chunk.push(file);
    size += own;
    bytes += own;
  }
  chunks.push(chunk);
  return { chunks, bytes };
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

async function collect(batches: AsyncIterable<DescriptorReading[]>): Promise<DescriptorReading[]> {
  const all: DescriptorReading[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

function threadLane(job: ReadJob): Lane<DescriptorFile, DescriptorReading> {
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { workerData: job });
  let expected = Promise.withResolvers<DescriptorReading[]>();
  const fail = (error: Error) => expected.reject(error);
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the reading thread ended with code ${code}`)));
  worker.on('message', (readings: DescriptorReading[]) => expected.resolve(readings));
  // Its first message says that it is ready; a failure before somebody waits is seen by the one who does.
  const ready = expected.promise.then(() => {});
  ready.catch(() => {});
  return {
    ready,
    read(chunk) {
      expected = Promise.withResolvers();
      worker.postMessage(chunk);
      return expected.promise;
    },
    async close() {
      expected.promise.catch(() => {});
      await worker.terminate();
    },
  };
}
