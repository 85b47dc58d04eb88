import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLog } from '#server/kernel/log.ts';
import type { Store } from '#server/kernel/store/store.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import { LeaseMails } from './lease-mails.ts';
import { Leases } from './leases.ts';
import type { GuardedTables } from './tables.ts';

const ID = '11111111-1111-4111-8111-111111111111';
let store: Store<TestTables>;
let leases: Leases;
let mails: LeaseMails;
let at: Date;
let sent: string[];
/** Addresses that the mail server does not take just now. */
let refused: Set<string>;
let missing: string | null;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  [at, sent, refused, missing] = [new Date('2026-03-04T12:00:00Z'), [], new Set(), null];
  const db = store.db as unknown as Kysely<GuardedTables>;
  leases = new Leases({ db, now: () => at, rollBack: async () => undefined });
  mails = new LeaseMails({
    ...{ db, leases, log: createLog('silent') },
    sender: {
      get missing() {
        return missing;
      },
      async send({ email, name, lease }) {
        if (refused.has(email)) throw new Error('Not now');
        sent.push(`${email} ${name} ${lease.title}`);
      },
    },
  });
  await testCatalog(store).read(
    'first',
    reading('all.yaml', [
      entity('Group:shop', { type: 'team', children: [], profile: { email: 'shop@example.com' } }),
      entity('User:ada', { memberOf: ['shop'], profile: { email: 'ada@example.com' } }, { title: 'Ada' }),
      entity('User:bob', { memberOf: ['shop'], profile: { email: 'bob@example.com' } }),
      entity('User:eve', { memberOf: ['shop'] }),
    ]),
  );
  await make('group:default/shop');
});
afterAll(() => store.close());

async function make(owner: string): Promise<void> {
  const db = store.db as unknown as Kysely<GuardedTables>;
  await db.deleteFrom('lease').execute();
  const time = (text: string) => new Date(`2026-03-04T${text}:00Z`);
  await db
    .insertInto('lease')
    .values({
      ...{ id: ID, run: ID, template: 'template:default/t', title: 'Preview', entity: null },
      ...{ owner, started_by: 'user:default/ada', state: 'live', created_at: time('08:00') },
      ...{ remind_at: time('12:00'), expires_at: time('16:00'), latest_end: time('20:00') },
    })
    .execute();
}
/** As the keeper does it, whose reminders by other ways are told apart. */
async function round(time: string): Promise<string[]> {
  at = new Date(`2026-03-04T${time}:00Z`);
  sent = [];
  await leases.remindable();
  await mails.send();
  return sent.map((mail) => mail.split('@')[0] ?? '').sort();
}

it('go to everybody of the team who has an address, once', async () => {
  expect(await round('11:59')).toEqual([]);
  expect(await round('12:00')).toEqual(['ada', 'bob']);
  expect(sent).toContain('ada@example.com Ada Preview');
  expect(await round('12:30')).toEqual([]);
});

it('go to one person, and to the mailbox of a team that has nothing else', async () => {
  await make('user:default/bob');
  expect(await round('12:00')).toEqual(['bob']);
  await testCatalog(store).read(
    'second',
    reading('more.yaml', [
      entity('Group:edge', { type: 'team', children: [], profile: { email: 'edge@example.com' } }),
    ]),
  );
  await make('group:default/edge');
  expect(await round('12:00')).toEqual(['edge']);
});

it('are tried again for whom the server refused, and for nobody else, as long as the lease lasts', async () => {
  refused.add('bob@example.com');
  expect(await round('12:00')).toEqual(['ada']);
  expect(await round('12:05')).toEqual([]);
  refused.clear();
  expect(await round('12:10')).toEqual(['bob']);
  expect(await round('12:30')).toEqual([]);
  await make('group:default/shop');
  refused.add('ada@example.com').add('bob@example.com');
  expect(await round('12:00')).toEqual([]);
  refused.clear();
  at = new Date('2026-03-04T16:00:00Z');
  await leases.endDue();
  expect(await round('16:01')).toEqual([]);
});

it('come again before another end, when the lease was extended', async () => {
  await round('12:00');
  await leases.extend(ID, 2);
  expect(await round('13:59')).toEqual([]);
  expect(await round('14:00')).toEqual(['ada', 'bob']);
});

it('wait for a mail server where none is configured', async () => {
  missing = 'None is configured';
  expect(await round('12:00')).toEqual([]);
  missing = null;
  expect(await round('13:00')).toEqual(['ada', 'bob']);
});

it('are sent by one of several processes', async () => {
  await leases.remindable();
  await Promise.all([mails.send(), mails.send()]);
  expect(sent).toHaveLength(2);
});
