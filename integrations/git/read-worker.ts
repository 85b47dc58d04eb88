/** A thread that reads the descriptor files of one repository, chunk by chunk. */
import { parentPort, workerData } from 'node:worker_threads';
import { createKindRegistry } from '#model/kind-registry.ts';
import { folderFiles } from './files.ts';
import type { DescriptorFile, DescriptorReading } from './part.ts';
import type { ReadJob } from './read-batches.ts';
import { createDescriptorReader } from './read-descriptors.ts';

const job = workerData as ReadJob;
const { key, place, paths, closed, access } = job;
const read = createDescriptorReader({
  key,
  place,
  files: folderFiles(place.folder, paths, closed),
  kinds: createKindRegistry(job.kinds),
  access: access && (async () => access),
});

parentPort?.on('message', async (chunk: DescriptorFile[]) => {
  const readings: DescriptorReading[] = [];
  for (const file of chunk) {
    const reading = await read(file);
    if (reading) readings.push(reading);
  }
  parentPort?.postMessage(readings);
});
parentPort?.postMessage([]);
