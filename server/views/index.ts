/** Views as the composition root sees them. */
export { registerViewApi } from './routes.ts';
export { ViewStore, type ViewTables } from './store.ts';
