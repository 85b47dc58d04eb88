/** Says that a repository, or all of them, can't be read. */
import type { PartReading, Problem } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import type { Site } from './locate.ts';
import { discoveryKey } from './part.ts';

/** One reading for each part that the repository had: nothing that they said is removed. */
export function failedReadings(site: Site, error: unknown, kept: readonly string[]): PartReading[] {
  const problem: Problem = {
    level: 'error',
    message: `The repository ${site.key} can't be read: ${reasonOf(error)}`,
    remedy: `Check ${site.folder}; what it said before was kept.`,
  };
  const parts = kept.length > 0 ? kept : [discoveryKey(site.key)];
  return parts.map((part) => ({ part, contributions: [], problems: [problem], failed: true }));
}

export function unreadable(target: string, cause: unknown): AtriumError {
  if (cause instanceof AtriumError) return cause;
  return new AtriumError('SOURCE_UNREADABLE', `${target} can't be read: ${reasonOf(cause)}`, { cause });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
