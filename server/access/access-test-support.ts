/** A portal with people in it, as the tests of access ask it. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { canonicalRef } from '#model/ref.ts';
import { registerBackstageApi } from '#server/catalog/routes.ts';
import { createHttp } from '#server/kernel/http.ts';
import { createLog } from '#server/kernel/log.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { entity, reading, type TestTables, testCatalog } from '#tools/test-store.ts';
import { registerAccessApi } from './access-routes.ts';
import { Audit } from './audit.ts';
import { registerAuditApi } from './audit-routes.ts';
import type { AuditStream } from './audit-stream.ts';
import { createGate } from './gate.ts';
import { readPerson } from './people.ts';
import { Policy } from './policy.ts';
import type { PolicyConfig } from './policy-rules.ts';
import { registerTokenApi } from './token-routes.ts';
import { Tokens } from './tokens.ts';

export interface TestPortal {
  app: FastifyInstance;
  audit: Audit;
  policy: Policy;
  clock: { at: Date };
  /** Sends a request as somebody who is signed in; nobody when null. */
  as(who: string | null, request: string | InjectOptions): Promise<LightMyRequestResponse>;
}

export interface TestPortalOptions {
  config?: Partial<PolicyConfig>;
  days?: number;
  localMode?: boolean;
  streams?: readonly AuditStream[];
  /** Further routes. */
  register?: (app: FastifyInstance) => void;
}

const roleGrants: PolicyConfig['grants'] = [
  { role: 'admin', groups: ['admins'], people: [] },
  { role: 'platform', groups: [], people: ['pia'] },
];

/** Ada and Bob pay, Pia runs the platform, Eve and Ann are administrators, and Vera is in no group. */
export async function readPeople(store: Store<TestTables>): Promise<void> {
  const { read } = testCatalog(store);
  await read('first', reading('org.yaml', people), reading('pay.yaml', owned));
}

/** Before a store into which people were read. */
export async function testPortal(
  store: Store<TestTables>,
  { config, days = 400, localMode = false, streams = [], register }: TestPortalOptions = {},
): Promise<TestPortal> {
  const world = testCatalog(store);
  const db = store.db as never;
  const { clock, now } = world;
  const policy = new Policy({
    anonymousRole: null,
    defaultRole: 'contributor',
    grants: roleGrants,
    rules: [],
    ...config,
  });
  const log = createLog('silent');
  const audit = new Audit({ db, now, log, days });
  const tokens = new Tokens({ db, policy, now, localMode });
  const principalOf = async ({ headers }: { headers: Record<string, unknown> }) => {
    const ref = headers['x-signed-in'];
    const person = typeof ref === 'string' ? await readPerson(db, ref) : undefined;
    if (!person) return undefined;
    const { name, groups } = person;
    const roles = policy.rolesOf(person.ref, groups);
    return { id: person.ref, kind: 'person' as const, ref: person.ref, name, groups, roles };
  };
  const sessions = { principalOf, stillIn: principalOf, onEnded: () => undefined };
  const gate = createGate({ db, policy, tokens, audit, sessions });
  const app = await createHttp(log, gate);
  registerAccessApi(app, { db, policy, streams });
  registerTokenApi(app, { tokens, policy, gate });
  registerAuditApi(app, { db, audit, now });
  registerBackstageApi(app, { ...world, ...catalogWork(world) });
  register?.(app);
  await app.ready();
  const as: TestPortal['as'] = (who, request) => {
    const { headers, ...rest } = typeof request === 'string' ? { url: request } : request;
    const signedIn = who === null ? {} : { 'x-signed-in': canonicalRef(who, { kind: 'user' }) };
    return app.inject({ ...rest, headers: { ...headers, ...signedIn } });
  };
  return { app, audit, policy, clock, as };
}

const people = [
  entity('Group:company', { type: 'company', children: ['money'] }),
  entity('Group:money', { type: 'department', children: ['payers'] }),
  entity('Group:payers', { type: 'team', children: [], members: ['bob'] }),
  entity('Group:admins', { type: 'team', children: [] }),
  entity('User:ada', { memberOf: ['payers'], profile: { displayName: 'Ada Lovelace' } }),
  entity('User:bob', { memberOf: [] }),
  entity('User:pia', { memberOf: [] }),
  entity('User:eve', { memberOf: ['admins'] }),
  entity('User:ann', { memberOf: ['admins'] }),
  entity('User:vera', { memberOf: [] }),
];

const owned = [
  entity('Component:pay', { type: 'service', owner: 'payers' }),
  entity('Component:books', { type: 'service', owner: 'money' }),
  entity('Component:tools', { type: 'library', owner: 'user:vera' }),
  entity('Component:lost', { type: 'service' }),
];

function catalogWork({ catalog }: ReturnType<typeof testCatalog>) {
  return {
    registerLocation: async () => undefined,
    unregisterLocation: async () => undefined,
    refresh: async () => undefined,
    removeEntity: (ref: string) => catalog.removeEntity(ref),
    readLocation: async () => [],
  };
}
