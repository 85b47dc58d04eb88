import { expect, it } from 'vitest';
import { factWords, isAbridged } from './fact-words.ts';

it.each([
  [true, 'yes'],
  [1234.5, '1,234.5'],
  ['MIT', 'MIT'],
  [null, 'nothing'],
  [{}, 'nothing'],
  [[], '0 items'],
  [['go', 'ts'], 'go, ts'],
  [[{ a: 1 }, { a: 2 }], '2 items'],
  [{ present: true, words: 240 }, 'present yes, words 240'],
  [{ open: { high: 2 }, seen: ['a', 'b'] }, 'open …, seen 2 items'],
])('says %j as “%s”', (value, words) => {
  expect(factWords(value)).toBe(words);
});

it('names the first fields of many', () => {
  const value = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 };
  expect(factWords(value)).toBe('a 1, b 2, c 3, d 4, e 5, …');
  expect(isAbridged(value)).toBe(true);
});

it('knows when there is more to see', () => {
  expect(isAbridged({ present: true, words: 240 })).toBe(false);
  expect(isAbridged({ reports: [] })).toBe(false);
  expect(isAbridged({ open: { high: 2 } })).toBe(true);
  expect(isAbridged('x'.repeat(500))).toBe(true);
  expect(isAbridged(4)).toBe(false);
});
