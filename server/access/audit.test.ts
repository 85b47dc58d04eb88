import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { ChainCheck, chainStart } from '#model/audit-chain.ts';
import { clearAudit, openTestStore, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { readPeople, type TestPortal, testPortal } from './access-test-support.ts';
import type { AuditRecord } from './audit-store.ts';
import type { AuditEntry, auditSchema, auditVerificationSchema } from './contract.ts';

let store: Store<TestTables>;
let portal: TestPortal;

beforeAll(async () => {
  store = await openTestStore();
  await readPeople(store);
});
beforeEach(async () => {
  await clearAudit(store);
  portal = await testPortal(store);
  return () => portal.app.close();
});
afterAll(() => store.close());

const record = (more: Partial<AuditRecord> = {}) =>
  portal.audit.record({
    actor: 'user:default/ada',
    behind: null,
    address: '192.0.2.7',
    action: 'catalog.review.decide',
    outcome: 'done',
    status: 200,
    ...more,
  });
const page = async (query = '') =>
  (await portal.as('eve', `/api/audit?${query}`)).json<z.infer<typeof auditSchema>>();
const seqs = async (query: string) => (await page(query)).items.map(({ seq }) => seq);
const verify = async () =>
  (await portal.as('eve', '/api/audit/verify')).json<z.infer<typeof auditVerificationSchema>>();
const later = (days: number) => {
  portal.clock.at = new Date(portal.clock.at.getTime() + days * 24 * 3_600_000);
};

describe('what is written down', () => {
  const uidOf = async (name: string) =>
    (
      await store.db
        .selectFrom('entity')
        .select('uid')
        .where('ref', '=', `component:default/${name}`)
        .executeTakeFirstOrThrow()
    ).uid;

  test('every write, with who, from where, and what it was before', async () => {
    const uid = await uidOf('tools');
    const answer = await portal.as('vera', {
      method: 'DELETE',
      url: `/api/catalog/entities/by-uid/${uid}`,
      remoteAddress: '192.0.2.44',
    });
    expect(answer.statusCode).toBe(204);
    const { items, total } = await page();
    expect(total).toBe(1);
    expect(items).toMatchObject([
      {
        seq: 1,
        at: portal.clock.at.toISOString(),
        actor: 'user:default/vera',
        behind: null,
        address: '192.0.2.44',
        action: 'catalog.entity.delete',
        target: 'component:default/tools',
        outcome: 'done',
        status: 204,
        before: { kind: 'Component', spec: { type: 'library', owner: 'user:vera' } },
        after: null,
        previousHash: chainStart.hash,
      },
    ]);
  });

  test('every attempt that was refused, once, whether it would have written or read', async () => {
    const uid = await uidOf('lost');
    await portal.as('bob', { method: 'DELETE', url: `/api/catalog/entities/by-uid/${uid}` });
    await portal.as(null, '/api/catalog/entities');
    await portal.as('ada', '/api/audit');
    await portal.as('ada', '/api/tokens?all=true');
    expect((await page()).items.reverse()).toMatchObject([
      {
        actor: 'user:default/bob',
        action: 'catalog.entity.delete',
        target: 'component:default/lost',
        status: 403,
      },
      { actor: 'anonymous', action: 'catalog.entity.read', status: 401 },
      { actor: 'user:default/ada', action: 'audit.read', status: 403 },
      { actor: 'user:default/ada', action: 'access.token.all', status: 403 },
    ]);
    expect((await page('outcome=refused')).total).toBe(4);
  });

  test('writes that failed, and no reading that was allowed', async () => {
    await portal.as('ada', '/api/catalog/entities');
    await portal.as('ada', { method: 'POST', url: '/api/tokens', payload: { name: '' } });
    expect((await page()).items).toMatchObject([
      { action: 'access.token.own', outcome: 'failed', status: 400, actor: 'user:default/ada' },
    ]);
  });
});

describe('the chain', () => {
  test('nothing is acknowledged that could not be written down', async () => {
    await sql`alter table audit_entry rename to audit_entry_gone`.execute(store.db);
    try {
      const payload = { name: 'x', scopes: ['catalog.entity.read'] };
      const made = await portal.as('ada', { method: 'POST', url: '/api/tokens', payload });
      expect([made.statusCode, made.body.includes('atr_')]).toEqual([500, false]);
      expect((await portal.as(null, '/api/catalog/entities')).statusCode).toBe(500);
    } finally {
      await sql`alter table audit_entry_gone rename to audit_entry`.execute(store.db);
    }
  });

  test('what comes in at once stands in one chain', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => record({ target: `thing:${index}` })));
    expect(await verify()).toMatchObject({ entries: 40, intact: true, brokenAt: null, reason: null });
  });

  test('texts and values of every sort, without breaking the chain', async () => {
    const odd = `\u0000\u001e ü 🙂 \ud800 ' " \\ % _ \n`;
    await record({
      target: odd,
      actor: odd,
      before: { [odd]: odd, n: 1e21, z: -0 },
      after: [undefined, null],
    });
    await record({ target: 'x'.repeat(5000), after: { text: 'y'.repeat(100_000) } });
    expect(await verify()).toMatchObject({ entries: 2, intact: true });
    const [large] = (await page()).items;
    expect(large?.after).toEqual({ omitted: expect.stringContaining('1000'), sha256: expect.any(String) });
  });
});

describe('finding', () => {
  beforeEach(async () => {
    await record({ target: 'component:default/pay', after: { owner: 'Payers 100%' } });
    later(1);
    await record({
      actor: 'token:1',
      behind: 'user:default/ada',
      action: 'source.sync',
      target: 'source:git',
    });
    later(1);
    await record({ actor: 'anonymous', action: 'audit.read', outcome: 'refused', status: 401 });
  });

  test.each([
    ['', [3, 2, 1]],
    ['q=PAYERS', [1]],
    ['q=100%25', [1]],
    ['q=_', []],
    ['q=sync+git', [2]],
    ['q=sync+pay', []],
    ['actor=user:default/ada', [2, 1]],
    ['action=source.sync', [2]],
    ['target=component:default/pay', [1]],
    ['outcome=refused', [3]],
    ['from=2026-03-02T12:00:00Z', [3, 2]],
    ['to=2026-03-02T12:00:00Z', [1]],
    ['from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z&outcome=done', [2]],
    ['limit=2', [3, 2]],
    ['limit=2&before=2', [1]],
  ])('by %j', async (query, found) => {
    expect(await seqs(query)).toEqual(found);
  });

  test('counts all that match, on whatever page', async () => {
    expect((await page('limit=1&actor=user:default/ada')).total).toBe(2);
  });
});

describe('export', () => {
  test('as JSON is a chain that can be checked elsewhere', async () => {
    for (let index = 0; index < 1100; index += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, i) => record({ after: { number: index + i } })));
    }
    const answer = await portal.as('eve', '/api/audit/export?format=json');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="audit-2026-03-01.json"');
    const entries = answer.json<(AuditEntry & { before: unknown })[]>();
    const check = new ChainCheck(chainStart);
    for (const entry of entries) check.add(entry);
    expect([check.broken, check.entries]).toEqual([undefined, 1100]);
  });

  test('of nothing is an empty list, and a head without rows', async () => {
    expect((await portal.as('eve', '/api/audit/export?format=json')).json()).toEqual([]);
    expect((await portal.as('eve', '/api/audit/export')).body).toBe(
      'seq,at,actor,behind,address,action,target,outcome,status,before,after,previousHash,hash\r\n',
    );
  });

  test('as CSV holds nothing that a spreadsheet would run', async () => {
    await record({ target: '=HYPERLINK("http://example.com")', actor: '@sum', after: { 'a,b': '"' } });
    await record({ target: '-1+1', actor: '＝1' });
    const { body, headers } = await portal.as('eve', '/api/audit/export?format=csv');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const [, first, second] = body.split('\r\n');
    expect(first).toContain(`,'@sum,`);
    expect(first).toContain(`,"'=HYPERLINK(""http://example.com"")",`);
    expect(first).toContain(`,"{""a,b"":""\\""""}",`);
    expect(second).toContain(`,'＝1,`);
    expect(second).toContain(`,'-1+1,`);
  });

  test('holds what was asked for', async () => {
    await record({ target: 'one' });
    await record({ target: 'two', outcome: 'failed' });
    const answer = await portal.as('eve', '/api/audit/export?format=json&outcome=failed');
    expect(answer.json<AuditEntry[]>().map(({ target }) => target)).toEqual(['two']);
  });
});
