import { describe, expect, it } from 'vitest';
import type { UrlSearch } from '#web/kit/url.ts';
import { filterOf, isNarrowed, sameView, viewOf } from './state.ts';

function urlOf(search: UrlSearch) {
  const all = (name: string) => [search[name] ?? []].flat() as string[];
  return { all, one: (name: string) => all(name)[0] };
}

const software = ['Component', 'API'];

describe('filterOf', () => {
  it('joins all facets, and several values of one', () => {
    expect(
      filterOf(urlOf({ kind: 'Component', type: ['service', 'website'], owner: 'none' }), software),
    ).toBe('kind=Component,spec.type=service,spec.type=website,owner=none');
  });

  it('is of software while no kind is chosen, so that people do not stand between services', () => {
    expect(filterOf(urlOf({ q: 'pay', owner: 'none' }), software)).toBe('kind=Component,kind=API,owner=none');
    expect(filterOf(urlOf({ kind: 'User' }), software)).toBe('kind=User');
  });

  it('is absent when any kind will do', () => {
    expect(filterOf(urlOf({ q: 'pay', kind: 'any' }), software)).toBeUndefined();
  });
});

it('a view is filters, words, order and columns, and not what is looked at', () => {
  expect(viewOf({ kind: 'API', peek: 'api:default/x', q: 'a' })).toEqual({ kind: 'API', q: 'a' });
  expect(sameView({ kind: 'API', peek: 'x' }, { kind: 'API' })).toBe(true);
  expect(sameView({ kind: 'API' }, {})).toBe(false);
  expect(isNarrowed({ sort: 'owner', kind: 'any' })).toBe(false);
});
