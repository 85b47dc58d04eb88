import { expect, it } from 'vitest';
import { closedUntil, windowFault } from './windows.ts';

const friday = { deny: 'Fri 12:00 - Mon 08:00', timeZone: 'Europe/Berlin', reason: 'Weekend' };
const night = { deny: '18:00 - 08:00', timeZone: 'UTC', reason: 'Night' };
const until = (window: typeof friday, at: string) => closedUntil([window], new Date(at))?.until.toISOString();

it.each([
  // A Thursday, then that Friday before and after noon in Berlin.
  [friday, '2026-03-05T12:00:00Z', undefined],
  [friday, '2026-03-06T10:59:00Z', undefined],
  [friday, '2026-03-06T11:00:00Z', '2026-03-09T07:00:00.000Z'],
  [friday, '2026-03-08T12:00:00Z', '2026-03-09T07:00:00.000Z'],
  [friday, '2026-03-09T07:00:00Z', undefined],
  // Clocks go forward that Sunday: Monday begins an hour earlier in UTC.
  [friday, '2026-03-28T12:00:00Z', '2026-03-30T06:00:00.000Z'],
  [night, '2026-03-05T17:59:00Z', undefined],
  [night, '2026-03-05T18:00:00Z', '2026-03-06T08:00:00.000Z'],
  [night, '2026-03-06T07:59:00Z', '2026-03-06T08:00:00.000Z'],
  [night, '2026-03-06T08:00:00Z', undefined],
])('%o at %s is closed until %s', (window, at, wanted) => {
  expect(until(window, at)).toBe(wanted);
});

it.each([
  [{ ...night, timeZone: 'Mars/Base' }, 'Mars/Base is no time zone'],
  [{ ...night, deny: '25:00 - 08:00' }, '25:00 - 08:00 names a time that no clock shows'],
  [{ ...night, deny: 'Fri 18:00 - 08:00' }, 'Fri 18:00 - 08:00 names a day at one end only'],
  [friday, undefined],
])('%o: %s', (window, fault) => {
  expect(windowFault(window)).toBe(fault);
});
