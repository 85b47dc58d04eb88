import { looseKey } from '../reading/names.ts';
import { baseOf, folderOf, isWithin } from '../reading/paths.ts';
import { isBorrowed, MOST_READ } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { observation } from './observation.ts';
import { ownFiles } from './own-files.ts';
import { DATE, FLAG } from './schema-parts.ts';

const PAGE = /\.(mdx?|markdown|rst|adoc)$/i;
const NAMED = /(^|[-_. ])(run-?books?|playbooks?)[-_. ]/i;
const FOLDER = /(^|\/)(run-?books?|playbooks?)(\/|$)/i;
/** Folders that hold pages of what lies around them. */
const SHELF = /(^|\/)(docs?|documentation|run-?books?|playbooks?|ops|operations|sre|guides|how-?to)$/i;
/** Speaks of all that lies around it. */
const GENERAL = /^(run-?books?|playbooks?|readme|index)\./i;

export const runbook: FactCollector = {
  name: 'runbook',
  title: 'Runbook',
  description:
    'Whether a page tells what to do when it fails: a runbook or playbook of the component, or one of what it is a part of that is general or named after it.',
  schema: {
    type: 'object',
    required: ['present'],
    properties: { present: FLAG, lastCommit: { ...DATE, description: 'Of the one that was changed last' } },
  },
  collect(scope) {
    const own = pagesIn(ownFiles(scope), scope);
    const pages =
      own.length > 0
        ? own
        : pagesIn(
            scope.tree.files.filter((path) => concerns(path, scope)),
            scope,
          );
    const dated = pages.map((path) => ({ path, lastCommit: scope.lastCommit(path) }));
    const newest = dated.reduce<(typeof dated)[number] | undefined>(
      (best, one) => (best === undefined || (one.lastCommit ?? '') > (best.lastCommit ?? '') ? one : best),
      undefined,
    );
    if (!newest) return { value: { present: false } };
    return observation({ present: true, lastCommit: newest.lastCommit }, newest.path);
  },
};

function pagesIn(files: readonly string[], { tree }: Scope): string[] {
  return files
    .filter(
      (path) =>
        PAGE.test(path) && (NAMED.test(baseOf(path)) || FOLDER.test(folderOf(path))) && !isBorrowed(path),
    )
    .slice(0, MOST_READ)
    .filter((path) => (tree.read(path) ?? '').trim() !== '');
}

/** Whether a page outside speaks of the component. */
function concerns(path: string, { folder }: Scope): boolean {
  if (!PAGE.test(path)) return false;
  let home = folderOf(path);
  while (SHELF.test(home)) home = folderOf(home);
  if (!isWithin(home, folder) || home === folder) return false;
  const name = looseKey(baseOf(folder));
  return GENERAL.test(baseOf(path)) || (name.length > 2 && looseKey(path.slice(home.length)).includes(name));
}
