/** Goes through a repository's descriptor files and those that Locations name, reading what is not known. */
import { type DescriptorFile, type DescriptorPart, type DescriptorReading, skeletonReading } from './part.ts';
import { isBelowAny } from './skeletons.ts';

/** Locations may point at Locations; deeper chains are mistakes. */
const MAX_DEPTH = 10;

export type ReadFiles = (files: DescriptorFile[]) => AsyncIterable<DescriptorReading[]>;

export interface Walk {
  repository: string;
  start: readonly DescriptorFile[];
  /** Folders of skeletons that are known before anything is read. */
  skeletons: readonly string[];
  /** What was read before and still holds. */
  known(file: DescriptorFile): DescriptorPart | undefined;
  read: ReadFiles;
  onRead(readings: DescriptorReading[]): Promise<void>;
}

/** @returns the parts that exist now, by path. */
export async function walkDescriptors(walk: Walk): Promise<Map<string, DescriptorPart>> {
  const reached = new Map<string, DescriptorPart>();
  const seen = new Set<string>();
  const skeletons = new Set(walk.skeletons);
  let level = byDepth(walk.start);
  for (let depth = 0; level.length > 0 && depth <= MAX_DEPTH; depth++) {
    const fresh = level.filter(({ path }) => !seen.has(path) && seen.add(path));
    const next = await walkLevel(walk, fresh, skeletons, reached);
    level = next;
  }
  return reached;
}

async function walkLevel(
  walk: Walk,
  files: DescriptorFile[],
  skeletons: Set<string>,
  reached: Map<string, DescriptorPart>,
): Promise<DescriptorFile[]> {
  const next: DescriptorFile[] = [];
  const reach = (part: DescriptorPart) => {
    reached.set(part.file.path, part);
    for (const folder of part.skeletons) skeletons.add(folder);
    for (const path of part.follow) next.push({ path, origin: part.file.origin });
  };
  const unknown: DescriptorFile[] = [];
  for (const file of files) {
    const part = walk.known(file);
    if (part) reach(part);
    else unknown.push(file);
  }
  if (unknown.length === 0) return next;
  for await (const readings of walk.read(unknown)) {
    // Templates come before what lies below them, so that their skeletons are known in time.
    const judged = readings.map((reading) => {
      const judgement = isBelowAny(reading.part.file.path, skeletons)
        ? skeletonReading(walk.repository, reading.part.file)
        : reading;
      reach(judgement.part);
      return judgement;
    });
    await walk.onRead(judged);
  }
  return next;
}

function byDepth(files: readonly DescriptorFile[]): DescriptorFile[] {
  const depth = ({ path }: DescriptorFile) => path.split('/').length;
  return [...files].sort((a, b) => depth(a) - depth(b));
}
