import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from './fuzz-runs.test-helper.ts';
import { momentOf, type Rotation, type Shift, shiftAt, shiftsFrom } from './rotation.ts';

const berlin: Rotation = {
  timeZone: 'Europe/Berlin',
  start: '2026-01-05',
  days: 7,
  handOver: '09:00',
  people: ['user:default/ada', 'user:default/bob', 'user:default/cyd'],
  overrides: [],
};

const utc = (text: string) => new Date(text);
const local = (text: string, zone = berlin.timeZone) => {
  const moment = momentOf(text, zone);
  if (!moment) throw new Error(`${text} is no time`);
  return moment;
};

function take(rotation: Rotation, at: Date, count: number): Shift[] {
  const shifts: Shift[] = [];
  for (const shift of shiftsFrom(rotation, at)) {
    shifts.push(shift);
    if (shifts.length === count) break;
  }
  return shifts;
}

const name = (shift: Shift | undefined) => shift?.person.replace('user:default/', '');
const told = ({ from, until, override, ...shift }: Shift) =>
  `${name({ from, until, override, ...shift })}${override ? '*' : ''} ${from.toISOString()} ${until.toISOString()}`;

describe('a rotation', () => {
  it('has nobody before it starts, and begins with the first person at the hand-over of its first day', () => {
    expect(shiftAt(berlin, utc('2026-01-05T07:59:59.999Z'))).toBeUndefined();
    expect(name(shiftAt(berlin, utc('2026-01-05T08:00:00Z')))).toBe('ada');
    expect(take(berlin, utc('2020-01-01T00:00:00Z'), 2).map(told)).toEqual([
      'ada 2026-01-05T08:00:00.000Z 2026-01-12T08:00:00.000Z',
      'bob 2026-01-12T08:00:00.000Z 2026-01-19T08:00:00.000Z',
    ]);
  });

  it('hands over at the same local time in weeks of 167 and 169 hours', () => {
    const spring = take(berlin, utc('2026-03-24T00:00:00Z'), 2);
    expect(spring.map(told)).toEqual([
      'cyd 2026-03-23T08:00:00.000Z 2026-03-30T07:00:00.000Z',
      'ada 2026-03-30T07:00:00.000Z 2026-04-06T07:00:00.000Z',
    ]);
    const [autumn] = take(berlin, utc('2026-10-20T00:00:00Z'), 1);
    expect((+(autumn?.until ?? 0) - +(autumn?.from ?? 0)) / 3_600_000).toBe(169);
  });

  it('hands over after the hour that the clocks skip, and at the first of an hour that comes twice', () => {
    const night = { ...berlin, days: 1, handOver: '02:30' };
    const skipped = take({ ...night, start: '2026-03-28' }, utc('2026-03-28T12:00:00Z'), 2);
    expect(skipped[0]?.until.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(skipped[1]?.until.toISOString()).toBe('2026-03-30T00:30:00.000Z');
    const twice = take({ ...night, start: '2026-10-24' }, utc('2026-10-24T12:00:00Z'), 2);
    expect(twice[0]?.until.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(twice[1]?.until.toISOString()).toBe('2026-10-26T01:30:00.000Z');
  });

  it('lives through a day that a country skips', () => {
    const apia = { ...berlin, timeZone: 'Pacific/Apia', start: '2011-12-28', days: 1 };
    const shifts = take(apia, local('2011-12-28T09:00', 'Pacific/Apia'), 3);
    expect(shifts.map(name)).toEqual(['ada', 'bob', 'ada']);
    expect(shifts[2]?.from).toEqual(local('2011-12-31T09:00', 'Pacific/Apia'));
  });

  it('lets an override cut a turn, and goes on with whoever had it', () => {
    const overrides = [
      { from: local('2026-01-07T09:00'), until: local('2026-01-08T12:00'), person: 'user:default/zoe' },
    ];
    expect(take({ ...berlin, overrides }, utc('2026-01-05T12:00:00Z'), 4).map(told)).toEqual([
      'ada 2026-01-05T08:00:00.000Z 2026-01-07T08:00:00.000Z',
      'zoe* 2026-01-07T08:00:00.000Z 2026-01-08T11:00:00.000Z',
      'ada 2026-01-08T11:00:00.000Z 2026-01-12T08:00:00.000Z',
      'bob 2026-01-12T08:00:00.000Z 2026-01-19T08:00:00.000Z',
    ]);
  });

  it('shows an override that spans hand-overs as one, whenever it is asked', () => {
    const overrides = [
      { from: local('2026-01-07T09:00'), until: local('2026-01-28T12:00'), person: 'user:default/zoe' },
    ];
    const now = shiftAt({ ...berlin, overrides }, utc('2026-01-20T00:00:00Z'));
    expect(now && told(now)).toBe('zoe* 2026-01-07T08:00:00.000Z 2026-01-28T11:00:00.000Z');
  });

  it('takes the later of two overrides that overlap, and knows one before its start', () => {
    const overrides = [
      { from: local('2026-01-01T09:00'), until: local('2026-01-03T09:00'), person: 'user:default/zoe' },
      { from: local('2026-01-02T09:00'), until: local('2026-01-02T21:00'), person: 'user:default/kim' },
    ];
    expect(take({ ...berlin, overrides }, utc('2025-12-01T00:00:00Z'), 4).map(told)).toEqual([
      'zoe* 2026-01-01T08:00:00.000Z 2026-01-02T08:00:00.000Z',
      'kim* 2026-01-02T08:00:00.000Z 2026-01-02T20:00:00.000Z',
      'zoe* 2026-01-02T20:00:00.000Z 2026-01-03T08:00:00.000Z',
      'ada 2026-01-05T08:00:00.000Z 2026-01-12T08:00:00.000Z',
    ]);
  });
});

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'UTC',
];
const day = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) });
const person = fc.constantFrom('user:default/ada', 'user:default/bob', 'user:default/cyd', 'user:x/dan');
const rotations = fc.record({
  timeZone: fc.constantFrom(...zones),
  start: day.map((at) => new Date(at).toISOString().slice(0, 10)),
  days: fc.integer({ min: 1, max: 30 }),
  handOver: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`),
  people: fc
    .tuple(person, fc.array(person, { maxLength: 4 }))
    .map(([first, rest]): [string, ...string[]] => [first, ...rest]),
});
const withOverrides = fc
  .tuple(
    rotations,
    fc.array(
      fc.record({
        after: fc.integer({ min: -40, max: 120 }),
        hours: fc.integer({ min: 1, max: 900 }),
        person,
      }),
      {
        maxLength: 5,
      },
    ),
  )
  .map(([rotation, overrides]): Rotation => {
    const start = Date.parse(rotation.start);
    return {
      ...rotation,
      overrides: overrides.map(({ after, hours, person: who }) => ({
        from: new Date(start + after * 86_400_000),
        until: new Date(start + after * 86_400_000 + hours * 3_600_000),
        person: who,
      })),
    };
  });
const laterDays = fc.integer({ min: 2, max: 4000 });

describe('any rotation', () => {
  it('has exactly one person at every moment after its start', () => {
    fc.assert(
      fc.property(withOverrides, laterDays, fc.integer({ min: 0, max: 86_399_999 }), (rotation, days, ms) => {
        const at = new Date(Date.parse(rotation.start) + days * 86_400_000 + ms);
        const shift = shiftAt(rotation, at);
        expect(shift).toBeDefined();
        if (!shift) return;
        expect(+shift.from).toBeLessThanOrEqual(+at);
        expect(+shift.until).toBeGreaterThan(+at);
        const stand = rotation.overrides.filter(({ from, until }) => from <= at && at < until);
        expect(shift.override).toBe(stand.length > 0);
        if (shift.override) expect(shift.person).toBe(stand.at(-1)?.person);
        else expect(rotation.people).toContain(shift.person);
      }),
      { numRuns: fuzzRuns(400) },
    );
  });

  it('has shifts that abut and are told alike from wherever one looks', () => {
    fc.assert(
      fc.property(withOverrides, laterDays, (rotation, days) => {
        const at = new Date(Date.parse(rotation.start) + days * 86_400_000);
        const shifts = take(rotation, at, 8);
        for (const [index, shift] of shifts.entries()) {
          const next = shifts[index + 1];
          if (next) expect(next.from).toEqual(shift.until);
          expect(shiftAt(rotation, shift.from)).toEqual(shift);
          expect(shiftAt(rotation, new Date(+shift.until - 1))).toEqual(shift);
        }
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('hands over at the local time that it names, wherever the clocks have that time', () => {
    fc.assert(
      fc.property(rotations, laterDays, (base, days) => {
        const rotation = { ...base, overrides: [] };
        const [shift] = take(rotation, new Date(Date.parse(rotation.start) + days * 86_400_000), 1);
        const end = DateTime.fromJSDate(shift?.until ?? new Date(0), { zone: rotation.timeZone });
        const midnight = DateTime.fromISO(rotation.start, { zone: 'utc' });
        const turns = DateTime.fromISO(end.toISODate() ?? '', { zone: 'utc' }).diff(midnight, 'days').days;
        const skips =
          end.offset !== end.minus({ hours: 3 }).offset || end.offset !== end.minus({ days: 1.5 }).offset;
        if (skips) return;
        expect(end.toFormat('HH:mm')).toBe(rotation.handOver);
        expect(turns % rotation.days).toBe(0);
      }),
      { numRuns: fuzzRuns(300) },
    );
  });
});
