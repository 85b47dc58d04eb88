import { canonicalRef } from '#model/ref.ts';
import type { WantedRun } from './guards.ts';

/** The group that a run is for: the owner that was chosen, else the first group of whoever starts it, else them. */
export function teamOf({ values, starter }: Pick<WantedRun, 'values' | 'starter'>): string {
  const { owner } = values;
  if (typeof owner === 'string' && owner !== '') {
    try {
      return canonicalRef(owner, { kind: 'group' });
    } catch {
      // What is no ref names nobody.
    }
  }
  return starter.groups[0] ?? starter.id;
}
