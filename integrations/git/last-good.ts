/** The last version of a descriptor that was right, for the time while the present one is not. */
import type { Contribution, PartReading } from '#model/contribution.ts';
import { type GitAccess, gitMaybe } from './client.ts';

/** A file that has been wrong for longer than this has no version that anyone would miss. */
const MOST_COMMITS = 20;
/** Nor is one missed that takes so long to look for. */
const LONGEST_MS = 3000;

/**
 * Contributions of the entities that the newest good version of a file describes and the present one no
 * longer does. Empty when no such version is among the last commits.
 * @param read reads a version of the file as if it were the present one.
 */
export async function lastGood(
  folder: string,
  path: string,
  present: PartReading,
  read: (text: string) => Promise<PartReading>,
  access?: GitAccess,
): Promise<Contribution[]> {
  const log = await gitMaybe(folder, ['log', `--max-count=${MOST_COMMITS}`, '--format=%H', '--', path]);
  const begin = performance.now();
  for (const commit of log?.split('\n').filter(Boolean) ?? []) {
    if (performance.now() - begin > LONGEST_MS) break;
    const text = await gitMaybe(folder, ['show', `${commit}:./${path}`], { access });
    const version = text === undefined ? undefined : await read(text);
    if (!version || version.contributions.length === 0 || hasErrors(version)) continue;
    const said = new Set(present.contributions.map(({ ref }) => ref));
    return version.contributions.filter(({ ref }) => !said.has(ref));
  }
  return [];
}

export function hasErrors({ problems }: PartReading): boolean {
  return problems?.some(({ level }) => level === 'error') ?? false;
}
