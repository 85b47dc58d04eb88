/** Ownership as the composition root sees it. */
export { registerTeamApi, type TeamApiDeps } from './routes.ts';
