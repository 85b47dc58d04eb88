/** Puts the gate before each route of the API. */
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
  RouteOptions,
} from 'fastify';
import { AtriumError } from '#model/errors.ts';
import { type Permission, permissionRow } from '#model/permissions.ts';
import { anonymous, type Gate } from './gate.ts';

/** Routes below `/api` without a declared permission are refused: the server does not start with one. */
export function guardRoutes(app: FastifyInstance, gate: Gate): void {
  app.decorateRequest('principal');
  app.decorateRequest('auditDetail');
  app.addHook('onRequest', (request, _reply, done) => {
    request.principal = anonymous;
    request.auditDetail = {};
    done();
  });
  app.addHook('onRoute', (route) => {
    const { url, method, config } = route;
    if (!url.startsWith('/api/') || method === 'OPTIONS') return;
    if (!config?.permission) throw new Error(`${String(method)} ${url} declares no permission`);
    guard(route, config, gate);
  });
}

/** The hooks of one route, and only those that it needs. */
function guard(
  route: RouteOptions,
  { permission, target }: NonNullable<RouteOptions['config']>,
  gate: Gate,
): void {
  if (!permission) return;
  const enter = [hook((request) => identify(request, gate))];
  if (permission !== 'public' && !target) enter.push(hook((request) => gate.authorize(request, permission)));
  route.onRequest = [...enter, ...listed(route.onRequest)];
  if (permission === 'public') return;
  if (target) {
    // After validation, so that what the request is about can be read from it.
    const decide = async (request: FastifyRequest) => {
      const about = await target(request);
      if (about !== undefined) request.auditDetail = { target: about };
      await gate.authorize(request, permission, about);
    };
    route.preHandler = [hook(decide), ...listed(route.preHandler)];
  }
  if (permissionRow(permission).access === 'read' || onlyReads(route)) {
    route.onError = [refused(gate, permission), ...listed(route.onError)];
    return;
  }
  const tell = async (request: FastifyRequest, reply: FastifyReply) =>
    gate.audit(request, permission, reply.statusCode);
  route.onSend = [tell, ...listed(route.onSend)];
}

/** Whatever the permission would allow beyond. */
function onlyReads({ method }: RouteOptions): boolean {
  return [method].flat().every((name) => name === 'GET' || name === 'HEAD');
}

/** What was only read is not written down, but for what a handler itself refuses. */
function refused(gate: Gate, permission: Permission) {
  return async (request: FastifyRequest, _reply: FastifyReply, error: Error): Promise<void> => {
    const status = error instanceof AtriumError ? error.status : 500;
    if (status === 401 || status === 403) await gate.audit(request, permission, status);
  };
}

function identify(request: FastifyRequest, gate: Gate): void | Promise<void> {
  const principal = gate.authenticate(request);
  if (!(principal instanceof Promise)) {
    request.principal = principal;
    return;
  }
  return principal.then((known) => {
    request.principal = known;
  });
}

/** The hottest routes answer without a promise, so what is known at once is passed on at once. */
function hook(work: (request: FastifyRequest) => void | Promise<void>) {
  return (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    try {
      const waiting = work(request);
      if (waiting) waiting.then(() => done(), done);
      else done();
    } catch (error) {
      done(error as Error);
    }
  };
}

function listed<T>(hooks: T | T[] | undefined): T[] {
  if (hooks === undefined) return [];
  return Array.isArray(hooks) ? hooks : [hooks];
}
