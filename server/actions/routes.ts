/** The API of self-service actions. Expects the app to have the zod compilers and the error handler of the kernel. */
import type { FastifyInstance } from 'fastify';
import type { ActionsApiDeps } from './route-deps.ts';
import { registerRunApi } from './run-routes.ts';
import { registerScaffolderApi } from './scaffolder-routes.ts';
import { registerTemplateApi } from './template-routes.ts';

export type { ActionsApiDeps } from './route-deps.ts';

export function registerActionsApi(app: FastifyInstance, deps: ActionsApiDeps): void {
  registerTemplateApi(app, deps);
  registerRunApi(app, deps);
  registerScaffolderApi(app, deps);
}
