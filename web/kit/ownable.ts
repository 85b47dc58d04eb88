/** Kinds that someone should answer for; people and teams own, and are not owned. */
export const ownableKinds = ['Component', 'API', 'Resource', 'System', 'Domain', 'Template'] as const;

const lower = new Set<string>(ownableKinds.map((kind) => kind.toLowerCase()));

export function isOwnable(kind: string): boolean {
  return lower.has(kind.toLowerCase());
}

/** The catalog's address of everything that lacks an owner and should have one. */
export const unownedSearch: Record<string, string | readonly string[]> = {
  owner: 'none',
  kind: ownableKinds,
};
