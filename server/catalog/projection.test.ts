import { describe, expect, it } from 'vitest';
import { parseFields, project } from './projection.ts';

const entity = {
  kind: 'API',
  metadata: { name: 'a', annotations: { 'x.io/y.z': '1', other: '2' }, tags: ['t'] },
  spec: { type: 'openapi', 'a.b': { c: 1 } },
};

describe('project', () => {
  it('keeps nesting, and finds keys with dots', () => {
    const paths = parseFields(['kind, metadata.name', 'metadata.annotations.x.io/y.z', 'spec.a.b.c']);
    expect(project(entity, paths)).toEqual({
      kind: 'API',
      metadata: { name: 'a', annotations: { 'x.io/y.z': '1' } },
      spec: { 'a.b': { c: 1 } },
    });
  });

  it('takes a parent beside its child in any order, and leaves out what is not there', () => {
    expect(project(entity, ['metadata', 'metadata.name', 'spec.none', 'none'])).toEqual({
      metadata: entity.metadata,
    });
    expect(project(entity, ['metadata.name', 'metadata'])).toEqual({ metadata: entity.metadata });
    expect(project(entity, ['kind.name', 'toString', 'metadata.tags.0'])).toEqual({});
  });

  it('refuses array access', () => {
    expect(() => parseFields(['metadata.tags[0]'])).toThrow(/\[/);
  });
});
