/** Software and people: the catalog shows the first unless it is asked for the others. */

const people = new Set(['user', 'group']);
/** Files that point to files: nobody looks for them beside services. */
const plumbing = new Set(['location']);

const builtIn = ['Component', 'API', 'Resource', 'System', 'Domain', 'Template'];

/** In an address, in place of a kind: all that there are. */
export const anyKind = 'any';

/** The catalog's address of what its source has not confirmed in time. */
export const staleSearch = { kind: anyKind, freshness: 'stale' };

export function isSoftware(kind: string): boolean {
  return !people.has(kind.toLowerCase()) && !plumbing.has(kind.toLowerCase());
}

/** Every kind of software, with those that this catalog has of its own. */
export function softwareKinds(kinds: readonly { kind: string }[] = []): readonly string[] {
  const own = kinds.map(({ kind }) => kind).filter((kind) => isSoftware(kind) && !builtIn.includes(kind));
  return [...builtIn, ...[...new Set(own)].sort()];
}
