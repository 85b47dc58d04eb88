/** The second thread: reads the files of one job, a batch each time it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import { createKindRegistry } from '#model/kind-registry.ts';
import { type ReadJob, readInBatches } from './read-batches.ts';
import { createDescriptorReader } from './read-descriptors.ts';
import { folderFiles } from './files.ts';

const job = workerData as ReadJob;
const files = folderFiles(job.place.folder, job.paths);
const read = createDescriptorReader(job.key, job.place, files, createKindRegistry(job.kinds));
const batches = readInBatches(read, job.files);

parentPort?.on('message', async () => {
  const { value, done } = await batches.next();
  parentPort?.postMessage(done ? null : value);
});
