import { expect, it } from 'vitest';
import { boundedPattern, replaceAll, testAll } from './bounded-patterns.ts';
import { matchingPaths } from './globs.ts';
import type { Entry } from './workspace.ts';

const bomb = `${'a'.repeat(40)}!`;

it('matches and replaces as JavaScript does', () => {
  expect(testAll(/^a+$/, ['aa', 'ab', ''])).toEqual([true, false, false]);
  expect(replaceAll(/(\d)(\d)/g, '12-34', '$2$1')).toBe('21-43');
  expect(boundedPattern('^a+$', '').test('aaa')).toBe(true);
});

it('stops a pattern that takes forever', () => {
  expect(() => testAll(/^(a+)+$/, [bomb])).toThrow(/timed out/);
  expect(() => replaceAll(/^(a+)+$/g, bomb, '')).toThrow(/timed out/);
  expect(() => boundedPattern('^(a|a)*$', '').test(bomb)).toThrow(/timed out/);
});

it('tells patterns apart by their text, as a validator needs it', () => {
  expect(String(boundedPattern('a', 'u'))).toBe('/a/u');
});

it('finds paths by globs', () => {
  const paths = ['a.json', 'b/c.json', 'b/.d.json', '.e.json', 'b'];
  const entries = paths.map((path): Entry => ({ path, kind: 'file', mode: 0o644, size: 0 }));
  expect(matchingPaths(entries, '**/*.json', false)).toEqual(['a.json', 'b/c.json']);
  expect(matchingPaths(entries, '**/*.json', true)).toEqual(['a.json', 'b/c.json', 'b/.d.json', '.e.json']);
  expect(matchingPaths(entries, './b', true)).toEqual(['b']);
});
