/** A thread that looks for what a large repository holds, while the main one serves and stores. */
import { parentPort, workerData } from 'node:worker_threads';
import { assembleTree } from './assemble.ts';
import { detectors } from './detectors/index.ts';
import { folderFiles } from './files.ts';
import type { RepositoryPlace } from './remote-links.ts';
import { treeOf } from './repository.ts';

const { name, place, paths } = workerData as {
  name: string;
  place: RepositoryPlace;
  paths: readonly string[];
};
/** Of one detector; large repositories take none of them longer. */
const PATIENCE_MS = 20_000;

const tree = treeOf({ name, place, files: folderFiles(place.folder, paths) });
parentPort?.postMessage(assembleTree(tree, detectors, PATIENCE_MS));
