import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { clearAudit, openTestStore, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { readPeople, type TestPortal, type TestPortalOptions, testPortal } from './access-test-support.ts';
import type { checkSchema, Policy } from './contract.ts';

let store: Store<TestTables>;

beforeAll(async () => {
  store = await openTestStore();
  await readPeople(store);
});
beforeEach(() => clearAudit(store));
afterAll(() => store.close());

async function withPortal<T>(
  options: TestPortalOptions,
  work: (portal: TestPortal) => Promise<T>,
): Promise<T> {
  const portal = await testPortal(store, options);
  try {
    return await work(portal);
  } finally {
    await portal.app.close();
  }
}

const rules: TestPortalOptions = {
  config: {
    rules: [
      { effect: 'deny', permissions: ['source.*'], groups: ['payers'], because: 'Payments are frozen.' },
      { effect: 'allow', permissions: ['audit.read'], people: ['bob'] },
      { effect: 'deny', permissions: ['catalog.entity.refresh'], kinds: ['API'] },
      { effect: 'deny', permissions: ['debt.write'], roles: ['contributor'] },
    ],
  },
};

const questions: [string, string, string | undefined, boolean, string[]][] = [
  [
    'ada',
    'catalog.location.create',
    undefined,
    true,
    [
      'Whoever has the role contributor, or one above it, may register a location.',
      'Ada Lovelace has the role contributor, as everybody who is signed in.',
    ],
  ],
  [
    'ada',
    'catalog.entity.delete',
    'component:pay',
    true,
    [
      'Whoever owns an entity may take an entity out of the catalog.',
      'component:default/pay is owned by group:default/payers, to which Ada Lovelace belongs.',
    ],
  ],
  [
    'vera',
    'catalog.entity.delete',
    'component:tools',
    true,
    ['Whoever owns an entity may take an entity out of the catalog.', 'vera owns component:default/tools.'],
  ],
  [
    'vera',
    'catalog.entity.delete',
    'component:pay',
    false,
    [
      'It takes the role owner towards the entity, or the role platform or admin, to take an entity out of the catalog. vera has the role contributor, as everybody who is signed in.',
      'component:default/pay is owned by group:default/payers, to which vera doesn’t belong.',
    ],
  ],
  [
    'vera',
    'catalog.entity.delete',
    'component:nowhere',
    false,
    [expect.any(String), 'The catalog has no component:default/nowhere, so nobody owns it.'],
  ],
  [
    'bob',
    'source.sync',
    undefined,
    false,
    [
      'Rule 1 of the configuration forbids source.sync to group:default/payers, to which bob belongs: Payments are frozen.',
      'Whoever has the role contributor, or one above it, may have a source read anew.',
      'bob has the role contributor, as everybody who is signed in.',
    ],
  ],
  [
    'bob',
    'audit.read',
    undefined,
    true,
    [
      'Rule 2 of the configuration allows audit.read to user:default/bob.',
      expect.stringContaining('It takes the role admin or one above it to read the audit.'),
    ],
  ],
  [
    'pia',
    'catalog.entity.refresh',
    'api:pay',
    false,
    [
      'Rule 3 of the configuration forbids catalog.entity.refresh to everybody for entities of the kind api.',
      'Whoever has the role contributor, or one above it, may have an entity read anew.',
      'pia has the role platform.',
    ],
  ],
  [
    'pia',
    'catalog.entity.refresh',
    undefined,
    false,
    [
      'Whether pia may have an entity read anew depends on the entity, and none is named.',
      expect.any(String),
      expect.any(String),
    ],
  ],
  [
    'vera',
    'debt.write',
    'component:pay',
    false,
    [
      'Rule 4 of the configuration forbids debt.write to the role contributor and those below.',
      expect.any(String),
      expect.any(String),
    ],
  ],
  [
    'eve',
    'access.token.all',
    undefined,
    true,
    [
      'Whoever has the role admin, or one above it, may make tokens of machines, see and revoke all.',
      'eve has the role admin through group:default/admins.',
    ],
  ],
  [
    'anonymous',
    'catalog.entity.read',
    undefined,
    false,
    ['It takes the role viewer or one above it to read the catalog. Whoever is not signed in has no role.'],
  ],
];

describe('may X do Y to Z, and why', () => {
  test.each(questions)('%s, %s, %s: %s', async (principal, permission, target, allowed, why) => {
    const query = new URLSearchParams({ principal, permission, ...(target ? { target } : {}) });
    const answer = await withPortal(rules, ({ as }) => as('ada', `/api/access/check?${query}`));
    expect(answer.statusCode, answer.body).toBe(200);
    const found = answer.json<z.infer<typeof checkSchema>>();
    expect(found.why.map(({ text }) => text)).toEqual(why);
    expect([found.allowed, found.why[0]?.effect]).toEqual([allowed, allowed ? 'allow' : 'deny']);
  });

  test('only of people whom the catalog knows', async () => {
    const ask = (query: string) => withPortal({}, ({ as }) => as('ada', `/api/access/check?${query}`));
    expect((await ask('principal=zoe&permission=audit.read')).json().error.code).toBe('ENTITY_NOT_FOUND');
    expect((await ask('principal=group:payers&permission=audit.read')).json().error.code).toBe(
      'ENTITY_NOT_FOUND',
    );
    expect((await ask('principal=ada&permission=audit.write')).statusCode).toBe(400);
    expect((await ask('principal=ada&permission=debt.write&target=x:/')).statusCode).toBe(400);
  });

  test('is what the gate decides, in its own words', async () => {
    const answer = await withPortal(rules, ({ as }) => as('bob', { method: 'POST', url: '/api/planted' }));
    expect(answer.statusCode).toBe(404);
    const refused = await withPortal({ ...rules, register: planted }, ({ as }) =>
      as('bob', { method: 'POST', url: '/api/planted' }),
    );
    expect(refused.json().error.message).toBe(
      'bob may not have a source read anew (source.sync). Rule 1 of the configuration forbids source.sync to group:default/payers, to which bob belongs: Payments are frozen.',
    );
  });
});

function planted(app: FastifyInstance): void {
  app.post('/api/planted', { config: { permission: 'source.sync' } }, () => 'done');
  app.get('/api/planted', { config: { permission: 'source.read' } }, () => {
    throw new AtriumError('ACCESS_DENIED', 'Not for you');
  });
}

test('the policy shows roles, grants, rules and permissions as they are', async () => {
  const config: TestPortalOptions['config'] = {
    anonymousRole: 'viewer',
    grants: [{ role: 'admin', groups: ['admins'], people: ['Ada'] }],
    rules: [{ effect: 'deny', permissions: ['debt.*'], kinds: ['API'], owned: false, because: 'Frozen' }],
  };
  const answer = await withPortal({ config }, ({ as }) => as(null, '/api/access/policy'));
  const policy = answer.json<Policy>();
  expect(policy).toMatchObject({
    grants: [{ role: 'admin', groups: ['group:default/admins'], people: ['user:default/ada'] }],
    defaultRole: 'contributor',
    anonymousRole: 'viewer',
    rules: [{ effect: 'deny', permissions: ['debt.*'], kinds: ['api'], owned: false, because: 'Frozen' }],
  });
  expect(policy.roles.map(({ role }) => role)).toEqual([
    'viewer',
    'contributor',
    'owner',
    'platform',
    'admin',
  ]);
  const of = (name: string) => policy.roles.find(({ role }) => role === name)?.permissions ?? [];
  expect(of('owner')).toContain('catalog.entity.delete');
  expect(of('owner')).not.toContain('source.sync');
  expect(of('contributor')).not.toContain('catalog.entity.delete');
  expect(of('admin')).toEqual(policy.permissions.map(({ name }) => name));
  expect(policy.permissions).toContainEqual({
    name: 'catalog.entity.delete',
    summary: 'take an entity out of the catalog',
    access: 'write',
    ofEntity: true,
  });
});

test('whoever is not signed in has the role that the configuration gives, and is asked to sign in for more', async () => {
  await withPortal({ config: { anonymousRole: 'viewer' }, register: planted }, async ({ as }) => {
    expect((await as(null, '/api/catalog/entities')).statusCode).toBe(200);
    const refused = await as(null, { method: 'POST', url: '/api/planted' });
    expect([refused.statusCode, refused.json().error]).toEqual([
      401,
      expect.objectContaining({
        code: 'SIGN_IN_NEEDED',
        message: expect.stringContaining(
          'Whoever is not signed in may not have a source read anew (source.sync).',
        ),
      }),
    ]);
  });
});

test('what a handler refuses is in the audit, also where it only reads', async () => {
  await withPortal({ register: planted }, async ({ as }) => {
    expect((await as('ada', '/api/planted')).statusCode).toBe(403);
    expect((await as('eve', '/api/audit')).json().items).toMatchObject([
      { actor: 'user:default/ada', action: 'source.read', outcome: 'refused', status: 403 },
    ]);
  });
});
