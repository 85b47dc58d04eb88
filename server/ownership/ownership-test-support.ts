/** What the tests of ownership share: people who ask, and the API over a store. */
import type { FastifyInstance } from 'fastify';
import { AtriumError } from '#model/errors.ts';
import { testApp } from '#tools/test-app.ts';
import { type TestTables, testCatalog } from '#tools/test-store.ts';
import { type AuditDetail, type Gate, localPrincipal, openGate, type Principal } from '../kernel/gate.ts';
import { createLog } from '../kernel/log.ts';
import type { Store } from '../kernel/store/store.ts';
import type { DecisionDeps } from './decisions.ts';
import { GapTracker, registerOwnershipApi } from './index.ts';

/** What the audit was told. */
export interface Told extends AuditDetail {
  by: string;
  permission: string;
  status: number;
}

export function person(name: string, groups: string[] = [], roles: Principal['roles'] = []): Principal {
  const ref = `user:default/${name}`;
  return {
    ...localPrincipal,
    id: ref,
    ref,
    name: name.charAt(0).toUpperCase() + name.slice(1),
    groups: groups.map((group) => `group:default/${group}`),
    roles: roles.length > 0 ? roles : ['contributor'],
  };
}

/** A token of a machine, made by somebody. */
export function machine(id: string, owner: string): Principal {
  return { ...localPrincipal, id: `token:${id}`, kind: 'machine', name: id, roles: [], actor: owner };
}

export interface OwnershipWorld extends ReturnType<typeof testCatalog> {
  app: FastifyInstance;
  told: Told[];
  gaps: GapTracker;
  /** Sends a request as somebody. */
  send<T>(by: Principal, method: Method, url: string, payload?: object): Promise<{ status: number; body: T }>;
  get<T>(url: string, by?: Principal): Promise<T>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const noSources: DecisionDeps['propose'] = async (source) => {
  throw new AtriumError('SOURCE_NOT_FOUND', `There is no source ${source} that could change files`);
};

/** @param propose opens changes of files; without it there is no source that could. */
export async function ownershipWorld(
  store: Store<TestTables>,
  propose: DecisionDeps['propose'] = noSources,
): Promise<OwnershipWorld> {
  const world = testCatalog(store);
  const told: Told[] = [];
  let asking: Principal = localPrincipal;
  const gate: Gate = {
    ...openGate,
    authenticate: () => asking,
    audit: async (request, permission, status) =>
      void told.push({ by: request.principal.id, permission, status, ...request.auditDetail }),
  };
  const gaps = new GapTracker({ ...world, log: createLog('silent') });
  gaps.start();
  const app = await testApp((server) => {
    server.addHook('onClose', () => gaps.stop());
    registerOwnershipApi(server, { ...world, gaps, propose });
  }, gate);
  const send = async <T>(by: Principal, method: Method, url: string, payload?: object) => {
    asking = by;
    const answer = await app.inject({ method, url, ...(payload && { payload }) });
    return { status: answer.statusCode, body: (answer.body === '' ? undefined : answer.json()) as T };
  };
  return {
    ...world,
    app,
    told,
    gaps,
    send,
    async get<T>(url: string, by: Principal = localPrincipal): Promise<T> {
      const { status, body } = await send<T>(by, 'GET', url);
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
      return body;
    },
  };
}
