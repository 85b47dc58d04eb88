import { describe, expect, it } from 'vitest';
import type { UrlSearch } from '#web/kit/url.ts';
import { filterOf, isNarrowed, sameView, viewOf } from './state.ts';

function urlOf(search: UrlSearch) {
  const all = (name: string) => [search[name] ?? []].flat() as string[];
  return { all, one: (name: string) => all(name)[0] };
}

describe('filterOf', () => {
  it('joins all facets, and several values of one', () => {
    expect(filterOf(urlOf({ kind: 'Component', type: ['service', 'website'], owner: 'none' }))).toBe(
      'kind=Component,spec.type=service,spec.type=website,owner=none',
    );
  });

  it('is absent without facets', () => {
    expect(filterOf(urlOf({ q: 'pay', sort: 'owner' }))).toBeUndefined();
  });
});

it('a view is filters, words, order and columns, and not what is looked at', () => {
  expect(viewOf({ kind: 'API', peek: 'api:default/x', q: 'a' })).toEqual({ kind: 'API', q: 'a' });
  expect(sameView({ kind: 'API', peek: 'x' }, { kind: 'API' })).toBe(true);
  expect(sameView({ kind: 'API' }, {})).toBe(false);
  expect(isNarrowed({ sort: 'owner' })).toBe(false);
});
