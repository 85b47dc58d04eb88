import type { FactCollector } from './collector.ts';
import { observation } from './observation.ts';
import { nearestFile } from './own-files.ts';
import { DATE, FLAG } from './schema-parts.ts';

const NAME = /^(changelog|changes|history|news|releases|release[-_]?notes)(\.(md|markdown|rst|adoc|txt))?$/i;

export const changelog: FactCollector = {
  name: 'changelog',
  title: 'Changelog',
  description:
    'Whether there is a changelog, and when it was last changed: the nearest to the component counts.',
  schema: {
    type: 'object',
    required: ['present'],
    properties: { present: FLAG, lastCommit: DATE },
  },
  collect(scope) {
    const path = nearestFile(scope, NAME);
    if (path === undefined || (scope.tree.read(path) ?? '').trim() === '')
      return { value: { present: false } };
    return observation({ present: true, lastCommit: scope.lastCommit(path) }, path);
  },
};
