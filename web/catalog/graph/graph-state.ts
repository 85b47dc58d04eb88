/** What the graph's address says: from where, how far, which way, along what. */
import { readRef } from '#web/kit/ref.ts';
import { anyKind, isSoftware } from '#web/kit/software.ts';
import type { UrlState } from '#web/kit/url.ts';

export interface GraphState {
  root: readonly string[];
  depth: number;
  direction: string;
  relations: readonly string[];
  /** Kinds to go through; empty for all. */
  kinds: readonly string[];
}

const DEFAULT_DEPTH = 2;

/**
 * That two things have the same owner connects almost everything: people and teams are left out unless they
 * are asked for, or are where one starts.
 */
function kindsOf(chosen: readonly string[], root: readonly string[], software: readonly string[]) {
  if (chosen.includes(anyKind)) return [];
  if (chosen.length > 0) return chosen;
  return startsAtSoftware(root) ? software : [];
}

export function startsAtSoftware(root: readonly string[]): boolean {
  return root.every((ref) => isSoftware(readRef(ref).kind));
}

export function graphState(
  url: Pick<UrlState, 'all' | 'one'>,
  software: readonly string[],
  root: readonly string[] = url.all('root'),
): GraphState {
  return {
    root,
    depth: Number(url.one('depth')) || DEFAULT_DEPTH,
    direction: url.one('direction') ?? 'both',
    relations: url.all('relations'),
    kinds: kindsOf(url.all('kinds'), root, software),
  };
}

/** The kinds of the address after people and teams were asked for, or let go. */
export function withPeople(chosen: readonly string[], wanted: boolean): string[] {
  const software = chosen.filter((kind) => kind !== anyKind && isSoftware(kind));
  if (!wanted) return software;
  return software.length > 0 ? [...software, 'Group', 'User'] : [anyKind];
}
