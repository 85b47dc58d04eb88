import { createHash } from 'node:crypto';
import type { FactCollector } from './collector.ts';
import { ownFiles } from './own-files.ts';

/** Those that lie highest; rules rarely ask for others. */
const MOST_PATHS = 400;

export const files: FactCollector = {
  name: 'files',
  title: 'Files',
  description:
    'Which files there are, from the folder of the component: the highest of them where there are many.',
  schema: {
    type: 'object',
    required: ['count', 'paths', 'digest'],
    properties: {
      count: { type: 'integer' },
      paths: { type: 'array', items: { type: 'string' } },
      digest: { type: 'string', description: 'Is another when any of the files is' },
    },
  },
  collect(scope) {
    const { tree, folder } = scope;
    const own = ownFiles(scope);
    const digest = createHash('sha1');
    for (const path of own) digest.update(`${path}\0${tree.stamp(path)}\n`);
    const start = folder === '' ? 0 : folder.length + 1;
    const paths = own
      .map((path) => path.slice(start))
      .sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
      .slice(0, MOST_PATHS);
    return { value: { count: own.length, paths, digest: digest.digest('hex') }, path: folder || '.' };
  },
};

const depthOf = (path: string) => path.split('/').length;
