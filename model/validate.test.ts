import { describe, expect, it } from 'vitest';
import { builtinKinds } from './builtin-kinds.ts';
import { createKindRegistry } from './kind-registry.ts';
import { validateEntity } from './validate.ts';
import { checkKindDefinition } from './validate-spec.ts';

const kinds = createKindRegistry();
const good = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
};
const withMetadata = (metadata: object) => ({ ...good, metadata: { name: 'shop', ...metadata } });
const problemsOf = (value: unknown) => validateEntity(value, kinds).problems;

const refusals: [string, object, string, RegExp][] = [
  [
    'an unquoted annotation',
    withMetadata({ annotations: { 'example.com/port': 8080 } }),
    'metadata.annotations.example.com/port',
    /Write "8080" in quotes/,
  ],
  [
    'an unquoted label',
    withMetadata({ labels: { critical: true } }),
    'metadata.labels.critical',
    /Write "true" in quotes/,
  ],
  ['an unknown root key', { ...good, owner: 'x' }, 'owner', /below metadata or spec/],
  ['a metadata key at the root', { ...good, tags: [] }, 'tags', /below metadata/],
  ['a misspelt root key', { ...good, Spec: {} }, 'Spec', /Write "spec"/],
  ['a bad name', { ...good, metadata: { name: 'my shop' } }, 'metadata.name', /letters/],
  ['no name', { ...good, metadata: {} }, 'metadata.name', /letters/],
  ['a numeric name', { ...good, metadata: { name: 7 } }, 'metadata.name', /"7" in quotes/],
  ['a bad namespace', withMetadata({ namespace: 'a_b' }), 'metadata.namespace', /lower-case/],
  ['a bad tag', withMetadata({ tags: ['CI/CD'] }), 'metadata.tags.0', /"ci-cd"/],
  [
    'a bad annotation key',
    withMetadata({ annotations: { 'a/b/c': '' } }),
    'metadata.annotations.a/b/c',
    /prefix/,
  ],
  ['a bad link', withMetadata({ links: [{ url: 'docs' }] }), 'metadata.links.0.url', /https/],
  ['colliding keys', withMetadata({ annotations: { a: '', A: '' } }), 'metadata.annotations.A', /rename/],
  ['null labels', withMetadata({ labels: null }), 'metadata.labels', /remove it/],
  ['a missing field', { ...good, spec: { type: 'a', lifecycle: 'b' } }, 'spec.owner', /owner:/],
  ['a field of the wrong type', { ...good, spec: { ...good.spec, owner: 5 } }, 'spec.owner', /"5" in quotes/],
  ['text for a list', { ...good, spec: { ...good.spec, dependsOn: 'a' } }, 'spec.dependsOn', /list/],
  ['no spec', { ...good, spec: undefined }, 'spec', /type, lifecycle, owner/],
  ['the wrong case of a kind', { ...good, kind: 'component' }, 'kind', /kind: Component/],
  ['an old apiVersion', { ...good, kind: 'Template' }, 'apiVersion', /scaffolder.backstage.io\/v1beta3/],
  ['an unknown kind', { ...good, apiVersion: 'acme.io/v1', kind: 'Robot' }, 'kind', /"kinds:".*Robot/],
  ['a number that is none', withMetadata({ x: Number.POSITIVE_INFINITY }), 'metadata.x', /quotes/],
  [
    'a poisoned key',
    JSON.parse('{"apiVersion":"a/b","kind":"K","metadata":{"name":"a","__proto__":{}}}'),
    'metadata.__proto__',
    /another name/,
  ],
];

describe('validateEntity', () => {
  it('keeps unknown fields below metadata and spec, and lower-cases the namespace', () => {
    const value = {
      ...good,
      metadata: { name: 'shop', namespace: 'Pay', extra: { a: [1] } },
      spec: { ...good.spec, extra: { Owner: true } },
      relations: 'whatever',
      status: 5,
    };
    const { entity, problems } = validateEntity(value, kinds);
    expect(problems).toEqual([]);
    expect(entity).toEqual({
      ...good,
      metadata: { name: 'shop', namespace: 'pay', extra: { a: [1] } },
      spec: { ...good.spec, extra: { Owner: true } },
    });
  });

  it.each(refusals)('refuses %s, naming field and remedy', (_title, value, field, remedy) => {
    expect(validateEntity(value, kinds).entity).toBeUndefined();
    const problem = problemsOf(value).find((candidate) => candidate.field === field);
    expect(problem).toMatchObject({ level: 'error', remedy: expect.stringMatching(remedy) });
    expect(problem?.message).toContain(field);
  });

  it.each([null, undefined, 5, 'x', [], () => 1])('refuses %s', (value) => {
    expect(validateEntity(value, kinds).entity).toBeUndefined();
  });

  it('refuses what never ends, and reports twenty problems at most', () => {
    const loop: Record<string, unknown> = { ...good };
    loop.spec = loop;
    expect(problemsOf(loop)[0]?.message).toMatch(/levels deep/);
    const tags = Array(500).fill('A B');
    expect(problemsOf(withMetadata({ tags }))).toHaveLength(20);
  });
});

describe('validateEntity by kind', () => {
  it('checks an API of type mcp-server by rules of its own', () => {
    const spec = {
      type: 'mcp-server',
      lifecycle: 'production',
      owner: 'a',
      remotes: [{ type: 'sse', url: 'x' }],
    };
    expect(problemsOf({ ...good, kind: 'API', spec })).toEqual([]);
    expect(problemsOf({ ...good, kind: 'API', spec: { ...spec, remotes: [] } })[0]?.field).toBe(
      'spec.remotes',
    );
  });

  it('takes a kind from the configuration, and says when its schema is none', () => {
    const robot = {
      kind: 'Robot',
      plural: 'Robots',
      apiVersions: ['acme.io/v1'],
      spec: { type: 'object', required: ['arms'], properties: { arms: { type: 'integer', minimum: 1 } } },
      relations: [],
    };
    const value = { ...good, apiVersion: 'acme.io/v1', kind: 'Robot', spec: { arms: 0 } };
    const { problems } = validateEntity(value, createKindRegistry([robot]));
    expect(problems[0]).toMatchObject({ field: 'spec.arms', message: expect.stringContaining('>= 1') });
    const broken = { ...robot, spec: { type: 'objekt' } };
    expect(checkKindDefinition(robot)).toEqual([]);
    expect(checkKindDefinition(broken)[0]?.message).toMatch(/Robot/);
    expect(validateEntity(value, createKindRegistry([broken])).problems[0]?.message).toMatch(/Robot/);
    expect(builtinKinds.flatMap(checkKindDefinition)).toEqual([]);
  });
});
