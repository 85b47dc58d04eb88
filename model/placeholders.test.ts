import { describe, expect, it } from 'vitest';
import { findPlaceholders, placeholderLocation, substitutePlaceholders } from './placeholders.ts';

const files: Record<string, string> = {
  './api.yaml': 'openapi: 3.1.0',
  'https://example.com/a.json': '{"a": [1]}',
  './two.yaml': 'a: 1\n---\nb: 2\n',
  './one.yaml': 'a: { "<<": { b: 1 } }',
};
const read = async (_kind: string, target: string) => {
  const content = files[target];
  if (content === undefined) throw new Error('no such file');
  return content;
};

describe('substitutePlaceholders', () => {
  it('reads relative and absolute targets, anywhere', async () => {
    const entity = {
      spec: { definition: { $text: './api.yaml' }, list: [{ $json: 'https://example.com/a.json' }] },
      metadata: { x: { $yaml: './one.yaml' }, y: { $openapi: './api.yaml' } },
    };
    const result = await substitutePlaceholders(entity, read);
    expect(result.problems).toEqual([]);
    expect(result.entity).toEqual({
      spec: { definition: 'openapi: 3.1.0', list: [{ a: [1] }] },
      metadata: { x: { a: { '<<': { b: 1 } } }, y: 'openapi: 3.1.0' },
    });
    expect(entity.spec.definition).toEqual({ $text: './api.yaml' });
    expect(findPlaceholders(entity).map(({ field }) => field)).toEqual([
      'spec.definition',
      'spec.list.0',
      'metadata.x',
      'metadata.y',
    ]);
  });

  it('leaves a placeholder with a sibling key, its children, and unknown ones alone', async () => {
    const entity = { a: { $text: './api.yaml', b: { $text: './api.yaml' } }, c: { $else: './api.yaml' } };
    expect(await substitutePlaceholders(entity, read)).toEqual({ entity, problems: [] });
  });

  it.each([
    ['a missing file', { $text: './none' }, /no such file/],
    ['a target that is no text', { $text: 5 }, /must name a file/],
    ['bad JSON', { $json: './api.yaml' }, /\$json of/],
    ['two YAML documents', { $yaml: './two.yaml' }, /2 documents/],
  ])('reports %s', async (_title, placeholder, message) => {
    const { entity, problems } = await substitutePlaceholders({ spec: { a: placeholder } }, read);
    expect(entity).toEqual({ spec: { a: placeholder } });
    expect(problems).toMatchObject([
      { level: 'error', field: 'spec.a', message: expect.stringMatching(message) },
    ]);
  });
});

describe('placeholderLocation', () => {
  const github = { type: 'url', target: 'https://github.com/acme/shop/blob/main/catalog-info.yaml' };
  const gitlab = { type: 'url', target: 'https://git.acme.com/a/b/shop/-/blob/main/catalog-info.yaml' };

  it.each([
    [github, './api/v1.yaml', 'https://github.com/acme/shop/blob/main/api/v1.yaml'],
    [github, 'https://github.com/Acme/Shop/blob/dev/x', 'https://github.com/Acme/Shop/blob/dev/x'],
    [github, 'https://example.com/api.json', 'https://example.com/api.json'],
    [gitlab, '../x.yaml', 'https://git.acme.com/a/b/shop/-/blob/x.yaml'],
    [{ type: 'file', target: '/repo/sub/catalog-info.yaml' }, '../api.yaml', '/repo/api.yaml'],
  ])('of %o with %j is %j', (holder, target, resolved) => {
    expect(placeholderLocation(target, holder)).toBe(resolved);
  });

  it.each([
    [github, 'https://github.com/acme/secrets/blob/main/key', /another repository/],
    [github, '/acme/secrets/blob/main/key', /another repository/],
    [github, 'https://raw.githubusercontent.com/acme/secrets/main/key', /another repository/],
    [gitlab, 'https://git.acme.com/a/b/other/-/raw/main/key', /another repository/],
    [{ type: 'file', target: '/repo/catalog-info.yaml' }, '/etc/passwd', /absolute/],
    [github, 'javascript:alert(1)', /script/],
  ])('of %o refuses %j', (holder, target, message) => {
    expect(() => placeholderLocation(target, holder)).toThrow(message);
  });
});
