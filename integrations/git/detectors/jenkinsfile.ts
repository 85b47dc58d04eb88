import type { Detector } from '../detector.ts';
import { baseOf, folderOf, ourFiles } from '../reading/paths.ts';

export const jenkinsfile: Detector = {
  id: 'jenkinsfile',
  detect: (tree) =>
    ourFiles(tree)
      .filter((path) => /^Jenkinsfile([._-][\w-]+)?$|\.jenkinsfile$/i.test(baseOf(path)))
      .map((path) => ({
        what: 'ci',
        folder: folderOf(path),
        system: 'jenkins',
        name: baseOf(path),
        place: tree.place(path),
        confidence: 'found',
      })),
};
