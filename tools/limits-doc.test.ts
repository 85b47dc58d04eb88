import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { constantIn, limitsDoc, shown } from './limits-doc.ts';

const document = readFileSync(join(import.meta.dirname, '../docs/security/limits.md'), 'utf8');

describe('docs/security/limits.md', () => {
  it('says what the constants say, and is written anew by tools/limits-doc.ts', () => {
    expect(limitsDoc(document)).toBe(document);
  });
});

describe('a constant', () => {
  const source = [
    'const MB = 1024 * 1024;',
    'export const LARGEST = 32 * MB;',
    'const SHIFTED = 2 << 20;',
    'const POWER = 8 * 2 ** 20;',
    'const TEN_MINUTES = 10 * 60_000;',
    'const SLOWEST = { headersMs: 15_000, requestMs: 60_000 };',
    'const NAME = fromElsewhere();',
  ].join('\n');

  it.each([
    ['LARGEST', 32 * 1024 * 1024],
    ['SHIFTED', 2 * 1024 * 1024],
    ['POWER', 8 * 1024 * 1024],
    ['TEN_MINUTES', 600_000],
    ['SLOWEST.headersMs', 15_000],
    ['SLOWEST.requestMs', 60_000],
  ])('%s is read from the source', (name, value) => {
    expect(constantIn(source, name, 'a.ts')).toBe(value);
  });

  it.each(['MISSING', 'SLOWEST.checkMs', 'NAME'])('%s is missed', (name) => {
    expect(() => constantIn(source, name, 'a.ts')).toThrow('a.ts');
  });

  it.each([
    [4 * 2 ** 20, 'bytes', '4 MiB'],
    [16_384, 'bytes', '16 KiB'],
    [100, 'bytes', '100 bytes'],
    [250, 'ms', '250 ms'],
    [15_000, 'ms', '15 s'],
    [600_000, 'ms', '10 min'],
    [90, 's', '90 s'],
    [1_000_000, '', '1 000 000'],
    [500, 'characters', '500 characters'],
  ] as const)('of %i in %s is shown as %s', (value, unit, text) => {
    expect(shown(value, unit)).toBe(text);
  });
});
