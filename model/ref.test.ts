import { describe, expect, it } from 'vitest';
import { canonicalRef, parseRef, refOf } from './ref.ts';

describe('parseRef', () => {
  const defaults = { kind: 'Group', namespace: 'pay' };

  it.each([
    ['a', 'group:pay/a'],
    ['k:a', 'k:pay/a'],
    ['n/a', 'group:n/a'],
    ['k:n/a', 'k:n/a'],
    ['K:N/A', 'k:n/a'],
    ['a/b:c', 'group:a/b:c'],
    ['user:default/jo', 'user:default/jo'],
  ])('reads %j as %j', (text, ref) => {
    expect(canonicalRef(text, defaults)).toBe(ref);
  });

  it.each([':a', 'a:', 'k:/a', '/a', 'n/', ''])('refuses %j', (text) => {
    expect(() => parseRef(text, defaults)).toThrow(RangeError);
  });

  it('asks for the kind when nothing says it', () => {
    expect(() => parseRef('db')).toThrow(/does not say its kind/);
  });

  it('keeps the case as written', () => {
    expect(parseRef('K:N/A')).toEqual({ kind: 'K', namespace: 'N', name: 'A' });
  });
});

describe('refOf', () => {
  it('fills in the default namespace', () => {
    expect(refOf({ kind: 'API', metadata: { name: 'Pets' } })).toBe('api:default/pets');
  });
});
