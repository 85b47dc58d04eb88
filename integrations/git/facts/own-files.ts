/** Which files of a repository speak of one component. */
import { ancestry, isWithin } from '../reading/paths.ts';
import type { Scope } from './collector.ts';

type Place = Pick<Scope, 'tree' | 'folder' | 'others'>;
/** Every collector asks for the same. */
const known = new WeakMap<Place, readonly string[]>();

/** Files in its folder, without those of other components. Some components are one file. */
export function ownFiles(scope: Place): readonly string[] {
  const found = known.get(scope) ?? listOwn(scope);
  known.set(scope, found);
  return found;
}

function listOwn({ tree, folder, others }: Place): string[] {
  const own = tree.files.filter((path) => isWithin(folder, path));
  return own.filter((path) => !others.some((other) => isWithin(other, path)));
}

/** The first that is there, looked for in its folder and then in each around it. */
export function nearestFile(
  { tree, folder }: Pick<Scope, 'tree' | 'folder'>,
  names: RegExp,
): string | undefined {
  for (const at of ancestry(folder)) {
    const prefix = at === '' ? '' : `${at}/`;
    const found = tree.files.find(
      (path) =>
        path.startsWith(prefix) &&
        !path.slice(prefix.length).includes('/') &&
        names.test(path.slice(prefix.length)),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
