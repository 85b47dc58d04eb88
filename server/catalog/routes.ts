/** The routes of the catalog, for whoever puts the server together. */
export { registerBackstageApi } from './backstage-routes.ts';
export { registerEvents } from './events-route.ts';
export { registerPortalApi } from './portal-routes.ts';
