/** A thread that reads the descriptor files of one repository, chunk by chunk. */
import { parentPort, workerData } from 'node:worker_threads';
import { createKindRegistry } from '#model/kind-registry.ts';
import { folderFiles } from './files.ts';
import type { DescriptorFile, DescriptorReading } from './part.ts';
import type { ReadJob } from './read-batches.ts';
import { createDescriptorReader } from './read-descriptors.ts';

const job = workerData as ReadJob;
const files = folderFiles(job.place.folder, job.paths);
const read = createDescriptorReader(job.key, job.place, files, createKindRegistry(job.kinds));

parentPort?.on('message', async (chunk: DescriptorFile[]) => {
  const readings: DescriptorReading[] = [];
  for (const file of chunk) {
    const reading = await read(file);
    if (reading) readings.push(reading);
  }
  parentPort?.postMessage(readings);
});
parentPort?.postMessage([]);
