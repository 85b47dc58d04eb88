/** Sources as the composition root sees them. */
export { SourceManager, type SourceManagerOptions, type SourcesView } from './manager.ts';
export { registerSourceApi, type SourceApiDeps } from './routes.ts';
export type { ConfiguredSource, TouchedFiles } from './source-runner.ts';
export { SourceStore } from './store.ts';
export type { SourceTables } from './tables.ts';
