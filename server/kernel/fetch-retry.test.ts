import { expect, it } from 'vitest';
import { pauseBefore } from './fetch-retry.ts';

const pause = (headers: Record<string, string>) =>
  pauseBefore(
    1,
    { status: 429, headers },
    () => 1,
    () => new Date('2026-01-01T00:00:00Z'),
  );

it.each([
  ['is as long as the limit lasts', { 'ratelimit-reset': '7' }, 7000],
  ['goes by what is asked for first of all', { 'retry-after': '2', 'ratelimit-reset': '7' }, 2000],
  ['does not take a time for seconds', { 'ratelimit-reset': '1767225600' }, 500],
  ['is not made where it would be a minute', { 'ratelimit-reset': '60' }, undefined],
])('the pause %s', (_, headers, ms) => {
  expect(pause(headers)).toBe(ms);
});
