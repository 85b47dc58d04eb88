import { describe, expect, it } from 'vitest';
import { counted, duration, placeText, relativeTime, sameValue, valueText } from './format.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const before = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe('relativeTime', () => {
  it.each([
    [2, 'just now'],
    [40, '40 s ago'],
    [90, '1 min ago'],
    [7_300, '2 h ago'],
    [86_400 * 9, '9 d ago'],
    [-3_700, 'in 1 h'],
  ])('%i seconds before now is "%s"', (seconds, text) => {
    expect(relativeTime(before(seconds), now)).toBe(text);
  });

  it('says so when the time is not a time', () => {
    expect(relativeTime('yesterday-ish', now)).toBe('unknown');
  });
});

it('counts one and many', () => {
  expect(counted(1, 'service')).toBe('1 service');
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});

it('writes places, durations and values', () => {
  expect(placeText('a.yaml', 3, null)).toBe('a.yaml:3');
  expect(placeText(null, 3)).toBe('');
  expect(duration(300)).toBe('5 min');
  expect(valueText(['a', 'b'])).toBe('a, b');
  expect(valueText(null)).toBe('nothing');
});

it.each([
  ['checkout', 'group:default/checkout', true],
  ['default/checkout', 'Group:checkout', true],
  ['user:checkout', 'group:checkout', false],
  ['shop/checkout', 'checkout', false],
  ['https://a.example/x', 'https://a.example/y', false],
  [['a', 'b'], ['a', 'b'], true],
  ['payments', 'payments-core', false],
])('%j and %j say the same: %s', (one, other, same) => {
  expect(sameValue(one, other)).toBe(same);
});
