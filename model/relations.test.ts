import { describe, expect, it } from 'vitest';
import type { Entity } from './entity.ts';
import { createKindRegistry } from './kind-registry.ts';
import { deriveRelations } from './relations.ts';

const kinds = createKindRegistry();
const entityOf = (kind: string, spec: Record<string, unknown>, namespace = 'pay'): Entity => ({
  apiVersion: kind === 'Template' ? 'scaffolder.backstage.io/v1beta3' : 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'Self', namespace },
  spec,
});
const relationsOf = (kind: string, spec: Record<string, unknown>) =>
  deriveRelations(entityOf(kind, spec), kinds);

/** Field by field, as in section 3.1 of the compatibility notes: kind, spec, relation, ref, reverse. */
const fieldTable: [string, Record<string, unknown>, string, string, string | undefined][] = [
  ['Component', { owner: 'a' }, 'ownedBy', 'group:pay/a', 'ownerOf'],
  ['API', { owner: 'user:default/Jo' }, 'ownedBy', 'user:default/jo', 'ownerOf'],
  ['Template', { owner: 'a' }, 'ownedBy', 'group:pay/a', 'ownerOf'],
  ['Resource', { system: 's' }, 'partOf', 'system:pay/s', 'hasPart'],
  ['System', { domain: 'd' }, 'partOf', 'domain:pay/d', 'hasPart'],
  ['Domain', { subdomainOf: 'd' }, 'partOf', 'domain:pay/d', 'hasPart'],
  ['Component', { subcomponentOf: 'c' }, 'partOf', 'component:pay/c', 'hasPart'],
  ['Component', { providesApis: ['p'] }, 'providesApi', 'api:pay/p', 'apiProvidedBy'],
  ['Component', { consumesApis: ['p'] }, 'consumesApi', 'api:pay/p', 'apiConsumedBy'],
  ['Component', { dependsOn: ['resource:r'] }, 'dependsOn', 'resource:pay/r', 'dependencyOf'],
  ['Resource', { dependencyOf: ['component:c'] }, 'dependencyOf', 'component:pay/c', 'dependsOn'],
  ['Component', { dependsOn: ['api:p'] }, 'dependsOn', 'api:pay/p', undefined],
  ['Group', { parent: 'g' }, 'childOf', 'group:pay/g', 'parentOf'],
  ['Group', { children: ['g'] }, 'parentOf', 'group:pay/g', 'childOf'],
  ['Group', { members: ['u'] }, 'hasMember', 'user:pay/u', 'memberOf'],
  ['User', { memberOf: ['g'] }, 'memberOf', 'group:pay/g', 'hasMember'],
  ['AiResource', { type: 'skill', dependsOn: ['x'] }, 'dependsOn', 'airesource:pay/x', 'dependencyOf'],
  ['AiResource', { type: 'plugin', skills: ['x'] }, 'hasPart', 'airesource:pay/x', 'partOf'],
  ['AiResource', { type: 'marketplace', plugins: ['x'] }, 'hasPart', 'airesource:pay/x', 'partOf'],
];

describe('deriveRelations', () => {
  it.each(fieldTable)('of %s with %j gives %s %s', (kind, spec, type, targetRef, reverse) => {
    expect(relationsOf(kind, spec)).toEqual({ relations: [{ type, targetRef, reverse }], problems: [] });
  });

  it('refuses a dependency without a kind', () => {
    const { problems } = relationsOf('Component', { dependsOn: ['db'] });
    expect(problems).toMatchObject([{ level: 'error', field: 'spec.dependsOn.0' }]);
    expect(problems[0]?.remedy).toContain('component:db');
  });

  it('leaves out a kind that the field may not name, with a warning', () => {
    const { relations, problems } = relationsOf('Component', { owner: 'component:x' });
    expect(relations).toEqual([]);
    expect(problems).toMatchObject([{ level: 'warning', field: 'spec.owner' }]);
  });

  it('sorts and drops repeats, whatever their case', () => {
    const { relations } = relationsOf('Component', {
      owner: 'a',
      providesApis: ['B', 'a', 'b', 'api:pay/b'],
    });
    expect(relations.map(({ targetRef }) => targetRef)).toEqual(['group:pay/a', 'api:pay/a', 'api:pay/b']);
  });

  it('follows the fields of a custom kind', () => {
    const robot = {
      kind: 'Robot',
      plural: 'Robots',
      apiVersions: ['acme.io/v1'],
      spec: {},
      relations: [{ field: 'maker', defaultKind: 'Group', forward: 'madeBy', reverse: 'makerOf' }],
    };
    const guards = {
      on: ['robot'],
      field: 'guards',
      defaultKind: 'Resource',
      forward: 'guards',
      reverse: 'guardedBy',
    };
    const registry = createKindRegistry([robot], [guards]);
    const entity = { ...entityOf('Robot', { maker: 'a', guards: ['vault'] }), apiVersion: 'acme.io/v1' };
    expect(
      deriveRelations(entity, registry).relations.map(({ type, targetRef }) => `${type} ${targetRef}`),
    ).toEqual(['guards resource:pay/vault', 'madeBy group:pay/a']);
    expect(registry.reverseOf('makerOf')).toBe('madeBy');
    expect(registry.reverseOf('guardedBy')).toBe('guards');
    expect(registry.find('robot')?.kind).toBe('Robot');
    expect(registry.definitionOf(entityOf('Robot', {}))).toBeUndefined();
  });
});
