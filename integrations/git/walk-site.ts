/** Reads the descriptors of one repository and hands them over. */
import type { KindRegistry } from '#model/kinds.ts';
import type { HandOver } from './hand-over.ts';
import type { DescriptorFile, DescriptorPart } from './part.ts';
import { readerFor } from './read-batches.ts';
import { skeletonsOf } from './refresh.ts';
import type { Repository } from './repository.ts';
import { walkDescriptors } from './walk-descriptors.ts';

/** Gives what was read before and still holds. */
export type Known = (file: DescriptorFile) => DescriptorPart | undefined;

/** @returns the parts that exist now, by path. */
export function walkSite(
  repository: Repository,
  paths: readonly string[],
  kinds: KindRegistry,
  handOver: HandOver,
  known: Known,
): Promise<Map<string, DescriptorPart>> {
  return walkDescriptors({
    repository: repository.key,
    start: paths.map((path) => ({ path, origin: path })),
    // Where only one file was asked for, the folder around it is not even listed.
    skeletons: repository.files.listed() ? skeletonsOf(repository) : [],
    known,
    read: readerFor(repository, kinds, handOver.ofChanges),
    onRead: (readings) => handOver.add(readings.map(({ reading }) => reading)),
  });
}
