/** Pieces that the schemas of facts are made of. */
export const FLAG = { type: 'boolean' } as const;
export const COUNT = { type: 'integer', minimum: 0 } as const;
export const TEXT = { type: 'string' } as const;
export const TEXTS = { type: 'array', items: TEXT } as const;
export const DATE = { type: 'string', format: 'date' } as const;
export const UNREADABLE = { ...TEXTS, description: 'Paths of reports that could not be read' } as const;
