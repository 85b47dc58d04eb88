/** What is remembered of a descriptor file after it was read. Plain data: it crosses threads. */
import type { PartReading, Problem } from '#model/contribution.ts';

export interface DescriptorFile {
  path: string;
  /** Path of the file whose Location led here in the end; its own path when none did. */
  origin: string;
}

/** An entity that a descriptor file declares. */
export interface Declared {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  path: string;
  /** Says where its source is, when its author did. */
  slug?: string;
}

export interface DescriptorPart {
  file: DescriptorFile;
  declared: Declared[];
  /** Files that its Locations name. */
  follow: string[];
  /** Has Locations, so that it depends on which files there are. */
  isLocation: boolean;
  /** Folders that its Templates copy into new repositories. */
  skeletons: string[];
  /** Files that its placeholders read. */
  uses: string[];
}

export interface DescriptorReading {
  part: DescriptorPart;
  reading: PartReading;
}

/** '' for the root. */
export function folderOfDescriptor(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '' : path.slice(0, end);
}

export const partKey = (repository: string, path: string) => `${repository}//${path}`;

export function readPartKey(key: string): { repository: string; path: string } {
  const end = key.indexOf('//');
  return { repository: key.slice(0, end), path: key.slice(end + 2) };
}

export const discoveryKey = (repository: string) => `${repository}//discovery`;

/** A descriptor below a Template's skeleton describes what will be made, not what there is. */
export function skeletonReading(repository: string, file: DescriptorFile): DescriptorReading {
  const problem: Problem = {
    level: 'info',
    message: 'Passed over: this file belongs to the skeleton of a Template',
    remedy:
      'Nothing needs to be done. Move the file out of the skeleton if it describes something that exists.',
    path: file.path,
  };
  return {
    part: emptyPart(file),
    reading: { part: partKey(repository, file.path), contributions: [], problems: [problem] },
  };
}

export function emptyPart(file: DescriptorFile): DescriptorPart {
  return { file, declared: [], follow: [], isLocation: false, skeletons: [], uses: [] };
}
