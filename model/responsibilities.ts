/** What somebody can be responsible for, of an entity. */
export const responsibilities = ['owner', 'approvers', 'onCall', 'debtOwner'] as const;
