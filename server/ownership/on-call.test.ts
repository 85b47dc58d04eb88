import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import { localPrincipal } from '../kernel/gate.ts';
import type { Store } from '../kernel/store/store.ts';
import { type OnCall, onCallSchema } from './contract.ts';
import { type OwnershipWorld, ownershipWorld } from './ownership-test-support.ts';

let store: Store<TestTables>;
let world: OwnershipWorld;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = await ownershipWorld(store);
  return () => world.app.close();
});
afterAll(() => store.close());

const group = (name: string, onCall?: object) =>
  entity(
    `Group:${name}`,
    { type: 'team', children: [], ...(onCall && { onCall }) },
    { title: `Team ${name}` },
  );
const people = [
  entity('User:ada', { memberOf: [] }, { title: 'Ada' }),
  entity('User:bob', { memberOf: [] }, { title: 'Bob' }),
];
const weekly = { timeZone: 'Europe/Berlin', start: '2026-01-05', people: ['ada', 'bob'] };

async function onCallOf(name: string): Promise<OnCall> {
  return onCallSchema.parse(await world.get(`/api/on-call/group/default/${name}`));
}
const shift = (held: OnCall['now']) => held && [held.person.title, held.from, held.until, held.override];

describe('the rotation of a group', () => {
  test('tells who is on call now and next', async () => {
    const overrides = [{ from: '2026-03-04T09:00', until: '2026-03-05T09:00', person: 'ada' }];
    await world.read('first', reading('org.yaml', [group('pagers', { ...weekly, overrides }), ...people]));
    const onCall = await onCallOf('pagers');
    expect(onCall).toMatchObject({
      group: { title: 'Team pagers' },
      source: 'rotation',
      timeZone: 'Europe/Berlin',
      problems: [],
      calendar: '/api/on-call/group/default/pagers/calendar.ics',
    });
    expect(shift(onCall.now)).toEqual(['Bob', '2026-02-23T08:00:00.000Z', '2026-03-02T08:00:00.000Z', false]);
    expect(onCall.next.map(shift)).toEqual([
      ['Ada', '2026-03-02T08:00:00.000Z', '2026-03-04T08:00:00.000Z', false],
      ['Ada', '2026-03-04T08:00:00.000Z', '2026-03-05T08:00:00.000Z', true],
      ['Ada', '2026-03-05T08:00:00.000Z', '2026-03-09T08:00:00.000Z', false],
      ['Bob', '2026-03-09T08:00:00.000Z', '2026-03-16T08:00:00.000Z', false],
    ]);
  });

  test('that has not begun has nobody now', async () => {
    await world.read(
      'first',
      reading('org.yaml', [group('late', { ...weekly, start: '2026-04-06' }), ...people]),
    );
    const onCall = await onCallOf('late');
    expect(onCall.now).toBeNull();
    expect(onCall.next).toHaveLength(4);
    expect(onCall.next[0]?.from).toBe('2026-04-06T07:00:00.000Z');
  });

  test('says what is wrong with it', async () => {
    await world.read(
      'first',
      reading('org.yaml', [
        group('strangers', { ...weekly, people: ['ada', 'stranger'] }),
        group('nowhere', { ...weekly, timeZone: 'Mars/Olympus' }),
        group('quiet'),
        ...people,
      ]),
    );
    expect((await onCallOf('strangers')).problems).toEqual([
      'spec.onCall names user:default/stranger, who is not in the catalog',
    ]);
    const nowhere = { source: 'none', now: null, next: [], calendar: null };
    expect(await onCallOf('nowhere')).toMatchObject({
      ...nowhere,
      problems: [`spec.onCall.timeZone can't be used: it is "Mars/Olympus"`],
    });
    expect(await onCallOf('quiet')).toMatchObject({ ...nowhere, problems: [] });
  });

  test('is none of what is no group', async () => {
    await world.read('first', reading('org.yaml', people));
    for (const path of ['user/default/ada', 'group/default/none', 'group/default/%00']) {
      const { status } = await world.send(localPrincipal, 'GET', `/api/on-call/${path}`);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
    }
  });
});

describe('the calendar of a group', () => {
  const calendar = async (name: string) =>
    world.app.inject({ method: 'GET', url: `/api/on-call/group/default/${name}/calendar.ics` });

  test('has each shift once, with an id that stays', async () => {
    await world.read('first', reading('org.yaml', [group('pagers', weekly), ...people]));
    const answer = await calendar('pagers');
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    const lines = answer.body.replaceAll('\r\n ', '').split('\r\n');
    const events = lines.filter((line) => line === 'BEGIN:VEVENT').length;
    // A month back, half a year ahead.
    expect(events).toBe(Math.floor((30 + 180) / 7) + 1);
    const ids = lines.filter((line) => line.startsWith('UID:'));
    expect(new Set(ids).size).toBe(events);
    expect(ids).toContain('UID:group:default/pagers/2026-02-23T08:00:00.000Z');
    expect(lines).toContain('SUMMARY:Bob is on call for Team pagers');
    expect(lines).toContain('DTSTART:20260323T080000Z');
    // One week later, in summer time.
    expect(lines).toContain('DTSTART:20260330T070000Z');
    world.clock.at = new Date('2026-03-08T12:00:00Z');
    expect((await calendar('pagers')).body).toContain('UID:group:default/pagers/2026-02-23T08:00:00.000Z');
  });

  test('is not there for a group without a rotation', async () => {
    await world.read('first', reading('org.yaml', [group('quiet')]));
    expect((await calendar('quiet')).statusCode).toBe(404);
  });
});
