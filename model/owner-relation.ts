import type { RelationField } from './kinds.ts';

/** Whoever owns something says so in the same field, of whatever kind it is. */
export const owner: RelationField = {
  field: 'owner',
  defaultKind: 'Group',
  targetKinds: ['Group', 'User'],
  forward: 'ownedBy',
  reverse: 'ownerOf',
};
