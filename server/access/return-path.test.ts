import fc from 'fast-check';
import { expect, it } from 'vitest';
import { returnPath } from './return-path.ts';

const HERE = 'https://portal.example';

it.each([
  ['/', '/'],
  ['/catalog?kind=api&q=a%20b#top', '/catalog?kind=api&q=a%20b#top'],
  ['/catalog/../graph', '/graph'],
  ['/teams/größe', '/teams/gr%C3%B6%C3%9Fe'],
  [undefined, '/'],
  ['', '/'],
  ['catalog', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/..//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['https:evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in', '/'],
  ['/sign-in/', '/'],
  ['/sign-in?error=x', '/'],
  ['/sign-in-guide', '/sign-in-guide'],
  ['/api/session/sign-out', '/'],
  ['/%2e%2e/api/session', '/'],
  [`/${'a'.repeat(2000)}`, '/'],
])('of %j is %j', (asked, path) => {
  expect(returnPath(asked)).toBe(path);
});

it('stays in the portal whatever was asked for, as browsers read addresses', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/',
      '\\',
      '//',
      '..',
      '.',
      '\t',
      '\n',
      '\r',
      ' ',
      '@',
      ':',
      '?',
      '#',
      '%2f',
      '%5c',
      '\0',
    ),
    fc.constantFrom('evil.example', 'https:', 'javascript:', 'api', 'sign-in', 'catalog'),
    fc.string({ maxLength: 4, unit: 'binary' }),
  );
  const asked = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(
      fc.oneof(
        asked,
        asked.map((text) => `/${text}`),
      ),
      (text) => {
        const path = returnPath(text);
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, HERE).origin).toBe(HERE);
        // A header can't hold line breaks, nor can it be cut in two by them.
        expect(path).toMatch(/^[\x21-\x7e]*$/);
      },
    ),
    { numRuns: 500 },
  );
});
