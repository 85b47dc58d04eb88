/** Facts as the rest of the server sees them. */
export type { FactKind } from './contract.ts';
export { FactFeed, type FactNotice } from './feed.ts';
export { FactKinds, REPORTED } from './kinds.ts';
export { registerFactApi } from './routes.ts';
export { type CurrentFact, FactStore, type ObservedPart } from './store.ts';
export type { FactDb, FactTables, StoredFact } from './tables.ts';
