import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftAt } from './rotation.ts';
import { readRotation } from './rotation-reading.ts';

const right = { timeZone: 'Europe/Berlin', start: '2026-01-05', people: ['ada', 'user:other/bob'] };
const messages = (onCall: unknown) => readRotation(onCall).problems.map(({ message }) => message);

describe('spec.onCall', () => {
  it('needs a zone, a start and people, and means weeks from 9 in the morning', () => {
    expect(readRotation(right, 'team-space')).toEqual({
      rotation: {
        timeZone: 'Europe/Berlin',
        start: '2026-01-05',
        days: 7,
        handOver: '09:00',
        people: ['user:team-space/ada', 'user:other/bob'],
        overrides: [],
      },
      problems: [],
    });
    expect(readRotation(undefined)).toEqual({ problems: [] });
  });

  it.each([
    ['day', 1],
    ['week', 7],
    ['1 day', 1],
    ['14 days', 14],
    ['366 days', 366],
  ])('knows every: %s', (every, days) => {
    expect(readRotation({ ...right, every }).rotation?.days).toBe(days);
  });

  it.each([
    ['none', 'spec.onCall must be a mapping'],
    [{ ...right, timeZone: 'Mars/Olympus' }, `spec.onCall.timeZone can't be used: it is "Mars/Olympus"`],
    [{ ...right, timeZone: 2 }, `spec.onCall.timeZone can't be used: it is the number 2`],
    [{ ...right, start: '2026-02-30' }, `spec.onCall.start can't be used`],
    [{ ...right, start: '5 January' }, `spec.onCall.start can't be used`],
    [{ ...right, every: 'month' }, `spec.onCall.every can't be used`],
    [{ ...right, every: '0 days' }, `spec.onCall.every can't be used`],
    [{ ...right, every: '400 days' }, `spec.onCall.every can't be used`],
    [{ ...right, handOver: '24:00' }, `spec.onCall.handOver can't be used`],
    [{ ...right, handOver: 900 }, `spec.onCall.handOver can't be used`],
    [{ ...right, people: [] }, `spec.onCall.people can't be used: it is a list of 0`],
    [{ ...right, people: 'ada' }, `spec.onCall.people can't be used: it is "ada"`],
    [{ ...right, people: ['ada', 'group:x'] }, 'spec.onCall.people.1 names no person: it is "group:x"'],
    [{ ...right, people: ['ada', ':/'] }, 'spec.onCall.people.1 names no person'],
  ])('that is wrong (%#) is no rotation and says why', (onCall, message) => {
    const { rotation, problems } = readRotation(onCall);
    expect(rotation).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.field).toMatch(/^spec\.onCall/);
  });

  it('tells of keys that it does not know', () => {
    expect(messages({ ...right, timezone: 'UTC' })).toEqual(['spec.onCall.timezone is not known']);
  });
});

describe('overrides in spec.onCall', () => {
  it('are read in local time', () => {
    const overrides = [{ from: '2026-07-01T09:00', until: '2026-07-02', person: 'cyd' }];
    expect(readRotation({ ...right, overrides }).rotation?.overrides).toEqual([
      {
        from: new Date('2026-07-01T07:00:00Z'),
        until: new Date('2026-07-01T22:00:00Z'),
        person: 'user:default/cyd',
      },
    ]);
  });

  it('are left out when they are wrong, and the rest is followed', () => {
    const overrides = [
      { from: '2026-07-02', until: '2026-07-01', person: 'cyd' },
      { from: 'soon', until: '2026-07-01', person: 'cyd' },
      { from: '2026-07-01T10:00+02:00', until: '2026-07-03', person: 'cyd' },
      'cyd',
      { from: '2026-08-01', until: '2026-08-02', person: 'cyd', why: 'holidays' },
    ];
    const { rotation, problems } = readRotation({ ...right, overrides });
    expect(rotation?.overrides).toHaveLength(1);
    expect(problems.map(({ field }) => field)).toEqual([
      'spec.onCall.overrides.0',
      'spec.onCall.overrides.1.from',
      'spec.onCall.overrides.2.from',
      'spec.onCall.overrides.3',
      'spec.onCall.overrides.4.why',
    ]);
  });

  it('are told of when they overlap, and not when they abut', () => {
    const overrides = [
      { from: '2026-07-01', until: '2026-07-03', person: 'cyd' },
      { from: '2026-07-03', until: '2026-07-05', person: 'dan' },
      { from: '2026-07-04', until: '2026-07-06', person: 'cyd' },
    ];
    expect(messages({ ...right, overrides })).toEqual([
      'spec.onCall.overrides.2 overlaps with spec.onCall.overrides.1; where they do, the later one in the list counts',
    ]);
  });
});

describe('anything in spec.onCall', () => {
  it('is read, and what is read can be followed', () => {
    const anything = fc.anything();
    const nearly = fc.record(
      {
        timeZone: fc.oneof(fc.constant('Europe/Berlin'), anything),
        start: fc.oneof(fc.constantFrom('2026-01-05', '0000-01-01', '9999-12-31'), anything),
        every: fc.oneof(fc.constantFrom('day', 'week', '3 days'), anything),
        handOver: fc.oneof(fc.constantFrom('00:00', '02:30'), anything),
        people: fc.oneof(fc.constant(['ada']), fc.array(fc.oneof(fc.constant('bob'), anything)), anything),
        overrides: fc.oneof(
          fc.array(
            fc.record({
              from: fc.constantFrom('2026-01-05', '2026-02-01T09:00'),
              until: anything,
              person: anything,
            }),
          ),
          anything,
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(nearly, anything), (onCall) => {
        const { rotation, problems } = readRotation(onCall);
        if (rotation) shiftAt(rotation, new Date('2026-06-01T00:00:00Z'));
        else expect(onCall === undefined || problems.length > 0).toBe(true);
      }),
    );
  });
});
