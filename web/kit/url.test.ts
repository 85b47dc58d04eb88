import { expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './url.ts';

it('reads one value as a text and several as a list', () => {
  expect(parseSearch('?a=1&b=x&b=y')).toEqual({ a: '1', b: ['x', 'y'] });
});

it('writes what it reads, leaving out what is empty', () => {
  expect(stringifySearch({ a: '1', b: ['x', 'y'], c: undefined, d: '' })).toBe('?a=1&b=x&b=y');
  expect(stringifySearch({ root: 'component:default/pay' })).toBe('?root=component:default/pay');
  expect(parseSearch(stringifySearch({ q: 'a & b=c' }))).toEqual({ q: 'a & b=c' });
});
