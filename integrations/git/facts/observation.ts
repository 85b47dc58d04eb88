import type { Observation } from './collector.ts';

/** An observation in which details that aren't there are left out. */
export function observation(
  details: Readonly<Record<string, unknown>>,
  path?: string,
  line?: number,
): Observation {
  return {
    value: withoutGaps(details),
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
  };
}

export function withoutGaps(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(details).filter(([, detail]) => detail !== undefined));
}
