import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { clearAudit, openTestStore, type TestTables } from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import { readPeople, type TestPortal, testPortal } from './access-test-support.ts';
import type { AuditRecord } from './audit-store.ts';
import type { auditSchema, auditVerificationSchema } from './contract.ts';

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
const page = async () => (await portal.as('eve', '/api/audit')).json<z.infer<typeof auditSchema>>();
const seqs = async () => (await page()).items.map(({ seq }) => seq);
const verify = async () =>
  (await portal.as('eve', '/api/audit/verify')).json<z.infer<typeof auditVerificationSchema>>();
const later = (days: number) => {
  portal.clock.at = new Date(portal.clock.at.getTime() + days * 24 * 3_600_000);
};

describe('the store', () => {
  test.each([
    ['changed', sql`update audit_entry set actor = 'mallory'`],
    ['removed', sql`delete from audit_entry`],
    ['emptied', sql`truncate audit_entry`],
  ])('lets no entry be %s', async (_what, statement) => {
    await record();
    await expect(statement.execute(store.db)).rejects.toThrow(
      'audit entries are neither changed nor removed',
    );
    expect(await seqs()).toEqual([1]);
  });
});

/** Whoever owns the database can switch its guard off. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await sql`alter table audit_entry disable trigger audit_entry_kept`.execute(store.db);
  await statement.execute(store.db);
  await sql`alter table audit_entry enable trigger audit_entry_kept`.execute(store.db);
}

describe('tampering', () => {
  beforeEach(async () => {
    for (let index = 1; index <= 5; index++) await record({ target: `thing:${index}`, after: { index } });
  });

  test('is not found where there is none', async () => {
    const { items } = await page();
    expect(await verify()).toEqual({
      entries: 5,
      intact: true,
      brokenAt: null,
      reason: null,
      head: items[0]?.hash,
    });
  });

  test.each([
    ['a changed actor', sql`update audit_entry set actor = 'mallory' where seq = 3`, 3],
    ['a changed value', sql`update audit_entry set after = '{"index":33}' where seq = 3`, 3],
    ['a value that is no JSON', sql`update audit_entry set after = 'x' where seq = 2`, 2],
    ['a changed time', sql`update audit_entry set at = at - interval '1 hour' where seq = 4`, 4],
    ['a changed hash', sql`update audit_entry set hash = repeat('a', 64) where seq = 2`, 2],
    ['a removed entry', sql`delete from audit_entry where seq = 3`, 4],
    ['the first removed', sql`delete from audit_entry where seq = 1`, 2],
    ['the last removed', sql`delete from audit_entry where seq = 5`, 5],
    ['all removed', sql`delete from audit_entry`, 5],
    [
      'an entry put in at the end',
      sql`insert into audit_entry select 6, at, actor, behind, address, action, target, outcome, status, before, after,
        hash, hash from audit_entry where seq = 5`,
      6,
    ],
    [
      'an entry put in place of another',
      sql`update audit_entry set (actor, hash) = (select actor, hash from audit_entry where seq = 1) where seq = 2`,
      2,
    ],
  ])('shows: %s', async (_what, statement, brokenAt) => {
    await tamper(statement);
    expect(await verify()).toMatchObject({
      intact: false,
      brokenAt,
      reason: expect.stringContaining(`${brokenAt}`),
    });
  });
});

describe('retention', () => {
  const retained = async () => {
    const removed = await portal.audit.retain();
    return { removed, left: await seqs(), ...(await verify()) };
  };

  test('takes the oldest away, says so, and leaves a chain that is intact', async () => {
    await record();
    await record();
    later(300);
    await record();
    later(101);
    expect(await retained()).toMatchObject({ removed: 2, left: [4, 3], intact: true, entries: 2 });
    expect((await page()).items[0]).toMatchObject({
      actor: 'atrium',
      action: 'audit.retention',
      after: { removed: 2, upTo: 2, days: 400 },
    });
    await record();
    expect(await retained()).toMatchObject({ removed: 0, left: [5, 4, 3], intact: true });
    await tamper(sql`delete from audit_entry where seq = 3`);
    expect(await verify()).toMatchObject({ intact: false, brokenAt: 4 });
  });

  test('may take all that there is', async () => {
    await record();
    later(401);
    expect(await retained()).toMatchObject({ removed: 1, left: [2], intact: true, entries: 1 });
  });

  test('takes nothing away from a chain that is broken', async () => {
    await record();
    await record();
    await tamper(sql`update audit_entry set actor = 'mallory' where seq = 1`);
    later(401);
    expect(await retained()).toMatchObject({ removed: 0, left: [2, 1], intact: false, brokenAt: 1 });
  });
});
