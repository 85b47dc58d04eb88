import fc from 'fast-check';
import { expect, it } from 'vitest';
import { terminalText } from './terminal-text.ts';

it.each([
  '\u001b[2Jnothing to see',
  '\u001b]0;title\u0007',
  '\u009b31m',
  'a\rb',
  'a\b\b\bb',
  'line\nERROR forged',
  'abc\u202ecba',
])('leaves no command in %j', (text) => {
  expect(terminalText(text)).not.toMatch(/[\p{Cc}\u202e]/u);
});

it('leaves all other text as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\p{L}\p{N}\p{P}\p{S} ]*$/u), (text) => {
      expect(terminalText(text)).toBe(text);
    }),
  );
});
