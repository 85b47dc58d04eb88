import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { clearAudit, openTestStore, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { readPeople, type TestPortal, testPortal } from './access-test-support.ts';
import type { auditSchema, createdTokenSchema, tokensSchema } from './contract.ts';

let store: Store<TestTables>;
let portal: TestPortal;

beforeAll(async () => {
  store = await openTestStore();
  await readPeople(store);
});
beforeEach(async () => {
  await clearAudit(store);
  await sql`delete from token`.execute(store.db);
  portal = await testPortal(store);
  return () => portal.app.close();
});
afterAll(() => store.close());

type Created = z.infer<typeof createdTokenSchema>;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

async function make(who: string, body: object): Promise<Created> {
  const answer = await portal.as(who, { method: 'POST', url: '/api/tokens', payload: body });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}
const read = { name: 'reader', scopes: ['catalog.entity.read', 'access.policy.read'] };
const machine = { name: 'ci', kind: 'machine', scopes: ['catalog.entity.read', 'catalog.entity.delete'] };

const withToken = (
  secret: string,
  url = '/api/catalog/entities',
  method: 'GET' | 'DELETE' | 'POST' = 'GET',
) => portal.app.inject({ method, url, headers: { authorization: `Bearer ${secret}` } });
const status = async (secret: string, url?: string) => (await withToken(secret, url)).statusCode;
const tokensOf = async (who: string, query = '') =>
  (await portal.as(who, `/api/tokens${query}`)).json<z.infer<typeof tokensSchema>>().tokens;
const audited = async (query: string) =>
  (await portal.as('eve', `/api/audit?${query}`)).json<z.infer<typeof auditSchema>>().items;
const later = (ms: number) => {
  portal.clock.at = new Date(portal.clock.at.getTime() + ms);
};

test('a token is shown once, kept as a hash, and is whoever made it', async () => {
  const { secret, token } = await make('ada', read);
  expect(secret).toMatch(/^atr_[\w-]{43}$/);
  expect(await status(secret)).toBe(200);
  const [listed] = await tokensOf('ada');
  expect(listed).toEqual({ ...token, lastUsedAt: portal.clock.at.toISOString(), lastUsedFrom: '127.0.0.1' });
  expect(listed).toMatchObject({
    name: 'reader',
    kind: 'person',
    owner: 'user:default/ada',
    scopes: read.scopes,
  });
  const { rows } = await sql`select * from token`.execute(store.db);
  expect(JSON.stringify(rows)).not.toContain(secret.slice(4));
  const entries = await sql`select * from audit_entry`.execute(store.db);
  expect(JSON.stringify(entries.rows)).not.toContain(secret.slice(4));
});

test('it may what it was made for and nothing else', async () => {
  const { secret, token } = await make('ada', read);
  const answer = await withToken(secret, '/api/tokens');
  expect(answer.statusCode).toBe(403);
  expect(answer.json().error).toMatchObject({
    code: 'ACCESS_DENIED',
    message:
      'Ada Lovelace may not make and revoke their own tokens (access.token.own). The token is not for access.token.own.',
  });
  expect((await audited('outcome=refused'))[0]).toMatchObject({
    actor: 'user:default/ada',
    behind: `token:${token.id}`,
    action: 'access.token.own',
    status: 403,
  });
});

describe('what nobody may have in a token', () => {
  test.each([
    ['what the person may not', 'ada', { name: 'x', scopes: ['audit.read'] }, /audit\.read/],
    ['machines, but by administrators', 'ada', machine, /access\.token\.all/],
  ])('%s', async (_what, who, body, message) => {
    const answer = await portal.as(who, { method: 'POST', url: '/api/tokens', payload: body });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.message).toMatch(message);
    expect((await audited('outcome=refused')).map(({ actor }) => actor)).toEqual(['user:default/ada']);
    expect(await tokensOf('eve', '?all=true')).toEqual([]);
  });

  test('another token', async () => {
    const { secret } = await make('eve', { name: 'x', scopes: ['access.token.own', 'access.token.all'] });
    const answer = await portal.app.inject({
      method: 'POST',
      url: '/api/tokens',
      headers: { authorization: `Bearer ${secret}` },
      payload: { name: 'y', scopes: ['access.token.own'], expiresInDays: 366 },
    });
    expect(answer.statusCode).toBe(403);
    expect(await tokensOf('eve')).toHaveLength(1);
  });
});

test('what hangs on the entity is in a token as far as the person may do it', async () => {
  const { secret } = await make('ada', { name: 'x', scopes: ['catalog.entity.delete'] });
  const uid = async (name: string) => {
    const row = await store.db
      .selectFrom('entity')
      .select('uid')
      .where('ref', '=', `component:default/${name}`);
    return (await row.executeTakeFirstOrThrow()).uid;
  };
  const remove = async (name: string) =>
    (await withToken(secret, `/api/catalog/entities/by-uid/${await uid(name)}`, 'DELETE')).statusCode;
  expect(await remove('tools')).toBe(403);
  expect(await remove('lost')).toBe(403);
  expect(await remove('pay')).toBe(204);
  expect(await remove('books')).toBe(204);
});

test('a person’s token loses what the person loses', async () => {
  const { secret } = await make('ann', { name: 'x', scopes: ['audit.read', 'catalog.entity.read'] });
  expect(await status(secret, '/api/audit')).toBe(200);
  await sql`delete from relation where from_ref = 'user:default/ann'`.execute(store.db);
  later(11_000);
  expect(await status(secret, '/api/audit')).toBe(403);
  expect(await status(secret)).toBe(200);
  await sql`delete from entity where ref = 'user:default/ann'`.execute(store.db);
  later(11_000);
  expect(await status(secret)).toBe(401);
});

test('a machine’s token is a principal of its own', async () => {
  const { secret, token } = await make('eve', machine);
  expect(token).toMatchObject({ kind: 'machine', owner: 'user:default/eve' });
  expect(await status(secret)).toBe(200);
  expect(await status(secret, '/api/sources')).toBe(404);
  expect(await status(secret, '/api/access/policy')).toBe(403);
  expect((await audited('outcome=refused'))[0]).toMatchObject({
    actor: `token:${token.id}`,
    behind: 'user:default/eve',
  });
});

test('it ends when it was to end', async () => {
  const { secret, token } = await make('ada', { ...read, expiresInDays: 2 });
  expect(token.expiresAt).toBe(new Date(portal.clock.at.getTime() + 2 * DAY).toISOString());
  later(2 * DAY - 1000);
  expect(await status(secret)).toBe(200);
  later(1000);
  const answer = await withToken(secret);
  expect(answer.json().error).toMatchObject({ code: 'SIGN_IN_NEEDED', message: 'The token has expired' });
  expect((await audited('outcome=refused'))[0]).toMatchObject({
    actor: 'anonymous',
    action: 'access.token',
    target: `token:${token.id}`,
    after: { reason: 'The token has expired' },
  });
});

test('it ends at once when it is revoked, by its owner or an administrator', async () => {
  const [one, two] = [await make('ada', read), await make('ada', read)];
  const revoke = async (who: string, { token }: Created) =>
    (await portal.as(who, { method: 'DELETE', url: `/api/tokens/${token.id}` })).statusCode;
  expect([await status(one.secret), await status(two.secret)]).toEqual([200, 200]);
  expect(await revoke('bob', one)).toBe(403);
  expect(await revoke('ada', one)).toBe(204);
  expect(await revoke('eve', two)).toBe(204);
  expect([await status(one.secret), await status(two.secret)]).toEqual([401, 401]);
  expect(await revoke('ada', one)).toBe(404);
  expect(await tokensOf('eve', '?all=true')).toEqual([]);
  expect(await audited('action=access.token.own&outcome=done')).toMatchObject([
    { actor: 'user:default/eve', target: `token:${two.token.id}`, before: { name: 'reader' }, after: null },
    { actor: 'user:default/ada', target: `token:${one.token.id}` },
    { actor: 'user:default/ada', target: `token:${two.token.id}`, after: { scopes: read.scopes } },
    { actor: 'user:default/ada' },
  ]);
});

test('people see their own tokens, administrators all', async () => {
  await make('ada', read);
  await make('eve', machine);
  expect((await tokensOf('ada')).map(({ name }) => name)).toEqual(['reader']);
  expect((await portal.as('ada', '/api/tokens?all=true')).statusCode).toBe(403);
  expect((await tokensOf('eve', '?all=true')).map(({ name }) => name).sort()).toEqual(['ci', 'reader']);
});

test('the last use is written down once a minute', async () => {
  const { secret } = await make('ada', read);
  const used = async () => (await tokensOf('ada'))[0]?.lastUsedAt;
  const first = portal.clock.at.toISOString();
  await status(secret);
  later(9000);
  await status(secret);
  later(40_000);
  await status(secret);
  expect(await used()).toBe(first);
  later(11_000);
  await status(secret);
  expect(await used()).toBe(portal.clock.at.toISOString());
});

test.each(['atr_', `atr_${'a'.repeat(43)}`, 'x', '', `atr_${'ä'.repeat(43)}`, '../../etc'])(
  'what is no token of ours lets nobody in, not even where the session would: %j',
  async (secret) => {
    const answer = await portal.as('eve', {
      url: '/api/audit',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(answer.statusCode).toBe(401);
    expect((await audited('action=access.token')).map(({ outcome }) => outcome)).toEqual(['refused']);
  },
);

test('tokens of whoever sat at the machine are worth nothing where people sign in', async () => {
  const local = await testPortal(store, { localMode: true });
  const row = {
    name: 'old',
    kind: 'person' as const,
    scopes: ['catalog.entity.read'],
    created_at: portal.clock.at,
    expires_at: new Date(portal.clock.at.getTime() + DAY),
  };
  const { secret } = await make('ada', read);
  for (const [owner, behind] of [
    ['local', null],
    ['user:default/ada', 'local'],
  ] as const) {
    await store.db
      .updateTable('token')
      .set({ ...row, owner, behind })
      .execute();
    later(11_000);
    local.clock.at = portal.clock.at;
    const inLocal = await local.app.inject({
      url: '/api/catalog/entities',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([inLocal.statusCode, await status(secret)]).toEqual([200, 401]);
  }
  await local.app.close();
});
