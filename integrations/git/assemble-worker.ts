/** A thread that looks for what a large repository holds, while the main one serves and stores. */
import { parentPort, workerData } from 'node:worker_threads';
import { folderFiles } from './files.ts';
import { type Knowledge, lookInto } from './look-into.ts';
import type { RepositoryPlace } from './remote-links.ts';
import { treeOf } from './repository.ts';

const { name, place, paths, knowledge } = workerData as {
  name: string;
  place: RepositoryPlace;
  paths: readonly string[];
  knowledge: Knowledge;
};
/** Of one detector or collector; large repositories take none of them longer. */
const PATIENCE_MS = 20_000;

const tree = treeOf({ name, place, files: folderFiles(place.folder, paths) });
parentPort?.postMessage(lookInto(tree, knowledge, PATIENCE_MS));
