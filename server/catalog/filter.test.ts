import { describe, expect, it } from 'vitest';
import { parseFilters } from './filter.ts';
import { parsePredicate } from './predicate.ts';

describe('parseFilters', () => {
  it('is everything without a condition', () => {
    expect(parseFilters(undefined)).toEqual({ op: 'all', of: [] });
    expect(parseFilters(['', ' , '])).toEqual({ op: 'all', of: [] });
  });

  it('trims, folds case and splits at the first equals sign', () => {
    expect(parseFilters(' Kind = Component ')).toEqual({ op: 'in', key: 'kind', values: ['component'] });
    expect(parseFilters('metadata.annotations.x.io/y=a=B')).toEqual({
      op: 'in',
      key: 'metadata.annotations.x.io/y',
      values: ['a=b'],
    });
  });

  it('gathers the values of a repeated key, ANDs within one and ORs several', () => {
    expect(parseFilters(['kind=user,kind=group,spec.type', 'kind=api'])).toEqual({
      op: 'any',
      of: [
        {
          op: 'all',
          of: [
            { op: 'in', key: 'kind', values: ['user', 'group'] },
            { op: 'exists', key: 'spec.type' },
          ],
        },
        { op: 'in', key: 'kind', values: ['api'] },
      ],
    });
  });

  it('refuses a condition without a key', () => {
    expect(() => parseFilters('=x')).toThrow(/no key/);
  });
});

describe('parsePredicate', () => {
  it('reads field maps, logic and matchers', () => {
    expect(
      parsePredicate({
        $all: [
          { kind: 'Component', 'spec.replicas': 3 },
          { $not: { $any: [{ 'metadata.name': { $hasPrefix: 'A' } }, { 'spec.x': { $exists: false } }] } },
          { 'spec.type': { $in: ['Service', null] } },
        ],
      }),
    ).toEqual({
      op: 'all',
      of: [
        { op: 'in', key: 'kind', values: ['component'] },
        { op: 'in', key: 'spec.replicas', values: ['3'] },
        {
          op: 'not',
          of: {
            op: 'any',
            of: [
              { op: 'prefix', key: 'metadata.name', prefix: 'a' },
              { op: 'not', of: { op: 'exists', key: 'spec.x' } },
            ],
          },
        },
        { op: 'in', key: 'spec.type', values: ['service'] },
      ],
    });
  });

  it('reads $contains on lists and relations', () => {
    expect(parsePredicate({ 'metadata.tags': { $contains: 'java' } })).toEqual({
      op: 'in',
      key: 'metadata.tags',
      values: ['java'],
    });
    expect(
      parsePredicate({ relations: { $contains: { type: 'ownedBy', targetRef: 'Group:default/a' } } }),
    ).toEqual({ op: 'in', key: 'relations.ownedby', values: ['group:default/a'] });
  });

  it.each([
    ['kind'],
    [[]],
    [{ $some: [] }],
    [{ $all: [], kind: 'x' }],
    [{ $any: {} }],
    [{ kind: { $in: 'x' } }],
    [{ kind: { $exists: 1 } }],
    [{ kind: {} }],
    [{ kind: ['x'] }],
    [{ 'metadata.links': { $contains: { a: 1, b: 2 } } }],
  ])('refuses %j', (query) => {
    expect(() => parsePredicate(query)).toThrow(/query/);
  });
});
