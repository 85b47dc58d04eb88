/** What stands between a wish and its run: on a real store and queue, with runs that really wait. */
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import type { RunGuards } from '../runs/guards.ts';
import type { RunTables } from '../runs/tables.ts';
import {
  hasEnded,
  openTestRuns,
  outsideAction,
  statesOf,
  type TestRuns,
  templateEntity,
} from '../runs/test-support.ts';
import { approvalAction } from './approval-action.ts';
import { Approvals } from './approvals.ts';
import { createGuards } from './index.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { LeaseMails } from './lease-mails.ts';
import { Leases } from './leases.ts';
import { ada, bob, eve, person } from './people.test-helper.ts';
import type { GuardedTables } from './tables.ts';
import { turnAction } from './turns.ts';
import { windowAction } from './window-action.ts';

let store: Store<TestTables>;
let test: TestRuns;
let approvals: Approvals;
let leases: Leases;
// Far ahead of the queue’s own clock, for which what is due later must not be due yet.
let at = new Date('2093-03-04T12:00:00Z');
const now = () => at;
const there = new Set<string>();
const reminded: string[] = [];
const levelOf = async () => ({ level: null, levels: [] });
let keeper: LeaseKeeper;

const make = outsideAction(
  'make',
  async ({ key }) => {
    there.add(key);
    return { output: {} };
  },
  {
    undo: {
      summary: 'Unmake it',
      async run({ key }) {
        there.delete(key);
        return undefined;
      },
    },
  },
);
/** Runs that hold their step go on when it is their gate's turn to open, the first before the second. */
let gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
let held = 0;
const hold = outsideAction('hold', async () => {
  await gates[held++]?.promise;
  return { output: {} };
});

beforeAll(async () => {
  store = await openTestStore();
  const db = store.db as unknown as Kysely<GuardedTables>;
  let guards: RunGuards | undefined;
  const late: RunGuards = {
    stepsOf: (template) => guards?.stepsOf(template) ?? template.steps,
    refusals: async (tx, wanted) => (await guards?.refusals(tx, wanted)) ?? [],
    follows: (run) => guards?.follows(run) ?? false,
    ended: async (tx, id) => guards?.ended(tx, id),
  };
  test = await openTestRuns(store as unknown as Store<RunTables>, { actions: [make, hold], guards: late });
  guards = createGuards({ queue: test.deps.queue, now, levelOf });
  approvals = new Approvals({ db, catalog: store.db as never, now, runs: () => test.runs });
  leases = new Leases({ db, now, rollBack: (run, by) => test.runs.rollBack(run, by) });
  keeper = new LeaseKeeper({
    leases,
    log: test.deps.log,
    remind: async ({ title }) => void reminded.push(title),
    mails: new LeaseMails({
      ...{ db, leases, log: test.deps.log },
      sender: { missing: 'No mail server', send: async () => undefined },
    }),
  });
  for (const action of [...approvalAction(approvals), ...turnAction(db), windowAction(now)]) {
    test.deps.actions.set(action.id, action);
  }
  await test.runs.work();
});
afterEach(async () => {
  at = new Date('2093-03-04T12:00:00Z');
  there.clear();
  reminded.length = 0;
  await clearStore(store);
});
afterAll(async () => {
  await test.close();
  await store.close();
});

const steps = [{ id: 'make', action: 'make' }];
function start(atrium: object, values: Record<string, unknown> = {}, starter = ada, own: unknown[] = steps) {
  test.publish(templateEntity('t', own, { atrium }));
  return test.runs.start({ template: 'template:default/t', values, secrets: {}, starter });
}
const isWaiting = ({ state }: { state: string }) => state === 'waiting';
const asked = async () => (await approvals.list('open')).map(({ row }) => row);

const ops = { approvals: [{ from: 'group:ops', quorum: 2, expiresHours: 24 }] };

describe('an approval', () => {
  it('lets a run go on when enough of those who are asked have said yes', async () => {
    const id = await start(ops, { name: 'cart' });
    const waiting = await test.until(id, isWaiting);
    expect(waiting.steps[0]?.note).toBe('Waits for the approval of group:default/ops');
    const [open] = await asked();
    expect(open).toMatchObject({ run: id, summary: 't · name: cart', quorum: 2, state: 'open' });
    await approvals.decide(open?.id ?? '', bob, 'approve', 'Fine by me');
    await expect(approvals.decide(open?.id ?? '', bob, 'approve', 'Twice')).rejects.toMatchObject({
      code: 'APPROVAL_CLOSED',
    });
    expect(there.size).toBe(0);
    await approvals.decide(open?.id ?? '', eve, 'approve', 'And by me');
    expect((await test.until(id, hasEnded)).state).toBe('succeeded');
    expect(there.size).toBe(1);
  });

  it('is never given by whoever asked, nor by a stranger', async () => {
    const id = await start(ops);
    await test.until(id, isWaiting);
    const [open] = await asked();
    for (const who of [
      person('ada', ['ops']),
      person('mallory', ['shop']),
      { ...bob, actor: 'user:default/ada' },
    ]) {
      await expect(approvals.decide(open?.id ?? '', who, 'approve', 'Please')).rejects.toMatchObject({
        code: 'ACCESS_DENIED',
      });
    }
    await expect(approvals.delegate(open?.id ?? '', bob, 'user:default/ada')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await approvals.delegate(open?.id ?? '', bob, 'user:default/mallory');
    await approvals.decide(open?.id ?? '', person('mallory'), 'decline', 'Not now');
    const ended = await test.until(id, hasEnded);
    expect(ended).toMatchObject({ state: 'failed', error: 'Approval: mallory declined: Not now' });
  });

  it('that was declined is asked for anew when the run is tried again', async () => {
    const id = await start({ approvals: [{ from: 'group:ops' }] });
    await test.until(id, isWaiting);
    await approvals.decide((await asked())[0]?.id ?? '', bob, 'decline', 'Not now');
    await test.until(id, hasEnded);
    await test.runs.retry(id, 'Ada');
    await test.until(id, isWaiting);
    await approvals.decide((await asked())[0]?.id ?? '', bob, 'approve', 'Now it is');
    expect((await test.until(id, hasEnded)).state).toBe('succeeded');
  });
});

describe('an approval that nobody gives', () => {
  it('expires, and is withdrawn with its run', async () => {
    const late = await start(ops);
    await test.until(late, isWaiting);
    at = new Date('2093-03-05T12:00:01Z');
    await test.runs.wake(late);
    expect((await test.until(late, hasEnded)).error).toContain(
      'Nobody approved before 2093-03-05T12:00:00.000Z',
    );
    const cancelled = await start(ops);
    await test.until(cancelled, isWaiting);
    await test.runs.cancel(cancelled, 'Ada');
    await test.until(cancelled, hasEnded);
    const states = (await approvals.list('decided')).map(({ row }) => row.state).toSorted();
    expect(states).toEqual(['expired', 'withdrawn']);
  });

  it('is asked for where its condition says so, and before the step that it names', async () => {
    const rule = { approvals: [{ from: 'role:platform', if: 'parameters.size > 10', step: 'second' }] };
    const two = [...steps, { id: 'second', action: 'make' }];
    const small = await test.until(await start(rule, { size: 3 }, ada, two), hasEnded);
    expect(small.state).toBe('succeeded');
    const large = await test.until(await start(rule, { size: 30 }, ada, two), isWaiting);
    expect(statesOf(large)).toEqual({ make: 'done', 'guard-approval': 'waiting', second: 'pending' });
    await approvals.decide(
      (await asked())[0]?.id ?? '',
      { ...bob, roles: ['platform'] },
      'approve',
      'Large it is',
    );
    expect((await test.until(large.id, hasEnded)).state).toBe('succeeded');
  });
});

it('a policy refuses with its message, also when it can’t be answered', async () => {
  const policies = [{ cel: 'parameters.replicas <= 3', message: 'At most 3 replicas' }];
  await expect(start({ policies }, { replicas: 4 })).rejects.toMatchObject({
    code: 'RUN_REFUSED',
    message: 'At most 3 replicas',
  });
  await expect(start({ policies }, {})).rejects.toThrow('can’t be answered: No such key: replicas');
  expect((await test.until(await start({ policies }, { replicas: 3 }), hasEnded)).state).toBe('succeeded');
});

it('a window refuses, and holds back what was approved too late', async () => {
  const windows = [{ deny: 'Fri 12:00 - Mon 08:00', reason: 'No deploys at the weekend' }];
  at = new Date('2093-03-06T12:30:00Z');
  await expect(start({ windows })).rejects.toThrow(
    'No deploys at the weekend; possible again from 2093-03-09T08:00:00.000Z',
  );
  at = new Date('2093-03-06T11:00:00Z');
  const id = await start({ windows, approvals: [{ from: 'group:ops' }] });
  await test.until(id, isWaiting);
  at = new Date('2093-03-06T13:00:00Z');
  await approvals.decide((await asked())[0]?.id ?? '', bob, 'approve', 'Late, but fine');
  const held = await test.until(id, ({ steps: all }) => all[1]?.state === 'waiting');
  expect(held.steps[1]?.note).toBe('Waits: No deploys at the weekend');
  at = new Date('2093-03-09T08:00:00Z');
  await test.runs.wake(id);
  expect((await test.until(id, hasEnded)).state).toBe('succeeded');
});

it('a quota counts what is at work and what is on lease, for each team', async () => {
  const rails = { quota: { count: 2, per: 'group', of: 'leases' }, lease: { hours: 8 } };
  for (let made = 0; made < 2; made++) await test.until(await start(rails), hasEnded);
  await expect(start(rails)).rejects.toThrow('group:default/shop has 2 of 2 at a time: end one first');
  const other = { ...ada, id: 'user:default/zoe', groups: ['group:default/web'] };
  await test.until(await start(rails, {}, other), hasEnded);
  const [first] = await leases.list('live');
  await leases.end(first?.id ?? '', 'Ada');
  await test.until(first?.run ?? '', ({ state }) => state === 'rolled-back');
  expect((await test.until(await start(rails), hasEnded)).state).toBe('succeeded');
});

it('runs of one target take turns', async () => {
  const rails = { concurrency: { key: 'cluster', limit: 1 } };
  const holding = [{ id: 'hold', action: 'hold' }];
  held = 0;
  gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = await start(rails, {}, ada, holding);
  await test.until(first, ({ steps: all }) => all[1]?.state === 'running');
  const second = await start(rails, {}, ada, holding);
  const waiting = await test.until(second, isWaiting);
  expect(waiting.steps[0]?.note).toBe('Waits its turn: another run is at cluster');
  gates[0]?.resolve();
  await test.until(first, hasEnded);
  await test.until(second, ({ steps: all }) => all[1]?.state === 'running');
  gates[1]?.resolve();
  expect((await test.until(second, hasEnded)).state).toBe('succeeded');
});

describe('a lease', () => {
  const rails = { lease: { hours: 8, remindHours: 2, maxHours: 12 } };
  const lease = async () => {
    const [found] = [...(await leases.list('live')), ...(await leases.list('ended'))];
    if (!found) throw new Error('There is no lease');
    return found;
  };

  it('reminds, is extended as far as it may, and takes back what was made when it is over', async () => {
    const id = await start(rails, { name: 'cart' });
    await test.until(id, hasEnded);
    expect(await lease()).toMatchObject({ state: 'live', title: 't: cart', owner: 'group:default/shop' });
    await keeper.look();
    expect(reminded).toEqual([]);
    at = new Date('2093-03-04T18:00:00Z');
    await keeper.look();
    await keeper.look();
    expect(reminded).toEqual(['t: cart']);
    await leases.extend((await lease()).id, 4);
    await expect(leases.extend((await lease()).id, 1)).rejects.toMatchObject({ code: 'LEASE_REFUSED' });
    at = new Date('2093-03-04T23:00:00Z');
    await keeper.look();
    expect(there.size).toBe(1);
    at = new Date('2093-03-05T00:00:00Z');
    await keeper.look();
    await test.until(id, ({ state }) => state === 'rolled-back');
    expect(there.size).toBe(0);
    expect((await lease()).state).toBe('ended');
    await expect(leases.extend((await lease()).id, 1)).rejects.toMatchObject({ code: 'LEASE_REFUSED' });
  });

  it('that a process was killed in is ended by the next', async () => {
    const id = await start(rails);
    await test.until(id, hasEnded);
    await store.db
      .updateTable('lease' as never)
      .set({ state: 'ending' } as never)
      .execute();
    await keeper.look();
    await test.until(id, ({ state }) => state === 'rolled-back');
    expect((await lease()).state).toBe('ended');
  });
});
