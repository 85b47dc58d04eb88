import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patternOf } from './matches.ts';

const found = (words: string, text: string) => text.match(patternOf(words) ?? /$^/) ?? [];

it('finds words by how they begin, whatever their endings', () => {
  expect(found('refunds', 'A refund is refunded; we refund it. Prerefund is none.')).toEqual([
    'refund',
    'refunded',
    'refund',
  ]);
  expect(found('policies', 'The policy and policies')).toEqual(['policy', 'policies']);
  expect(found('Größe', 'die größe')).toEqual(['größe']);
});

it('takes nothing that is typed for a pattern', () => {
  expect(found('a.b (c', 'a.b and axb and c')).toEqual(['a.b', 'c']);
  expect(patternOf('  ?? ')).toBeUndefined();
  fc.assert(fc.property(fc.string(), (words) => patternOf(words)?.test('') !== true));
});
