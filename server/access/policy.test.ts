import { describe, expect, it } from 'vitest';
import { type Permission, permissionRow, permissions, roles } from '#model/permissions.ts';
import type { RuleConfig } from '../kernel/access-config.ts';
import { anonymous } from '../kernel/gate.ts';
import { Policy } from './policy.ts';
import { about, base, machine, may, person, policyOf } from './policy-test-support.ts';

describe('roles', () => {
  it('are those that the groups and the person are granted, and the one that everybody has', () => {
    const policy = new Policy({
      ...base,
      grants: [
        { role: 'admin', groups: [], people: ['Ada'] },
        { role: 'platform', groups: ['platform-team'], people: [] },
      ],
    });
    expect(policy.rolesOf('user:default/ada', [])).toEqual(['contributor', 'admin']);
    expect(policy.rolesOf('user:default/bob', ['group:default/platform-team'])).toEqual([
      'contributor',
      'platform',
    ]);
    expect(policy.rolesOf('user:default/eve', ['group:other/platform-team'])).toEqual(['contributor']);
    expect(new Policy({ ...base, defaultRole: null }).rolesOf('user:default/eve', [])).toEqual([]);
  });

  it.each(permissions)('allow %s to its least role and those above, and to no other', (permission) => {
    const { role, ofEntity } = permissionRow(permission);
    const allowed = (['viewer', 'contributor', 'platform', 'admin'] as const).filter((each) =>
      may(policyOf(), person(each), permission, ofEntity ? about('component') : undefined),
    );
    const from = roles.indexOf(role);
    expect(allowed).toEqual(roles.slice(from).filter((each) => each !== 'owner'));
    expect(may(policyOf(), person(null), permission, about('component', true))).toBe(false);
    expect(may(policyOf(), anonymous, permission)).toBe(false);
  });

  it('let whoever owns an entity do what owners may, and only towards it', () => {
    const policy = policyOf();
    expect(may(policy, person('contributor'), 'catalog.entity.delete', about('component', true))).toBe(true);
    expect(may(policy, person('contributor'), 'catalog.entity.delete', about('component', false))).toBe(
      false,
    );
    expect(policy.verdict(person('contributor'), 'catalog.entity.delete')).toBe('depends');
    expect(policy.verdict(person('platform'), 'catalog.entity.delete')).toBe('always');
    expect(policy.verdict(person('viewer'), 'source.sync')).toBe('never');
  });

  it('allow nothing about an entity that is not named, unless it is allowed for all', () => {
    const policy = policyOf({ effect: 'deny', permissions: ['debt.write'], kinds: ['API'] });
    expect(may(policy, person('contributor'), 'debt.write')).toBe(false);
    expect(may(policy, person('contributor'), 'debt.write', about('component'))).toBe(true);
    expect(may(policy, person('contributor'), 'debt.write', about('api'))).toBe(false);
  });
});

describe('rules', () => {
  it('allow what the role does not, to those whom they name', () => {
    const policy = policyOf({ effect: 'allow', permissions: ['source.restore'], groups: ['sre'] });
    expect(may(policy, person('contributor'), 'source.restore')).toBe(false);
    const inGroup = person('contributor', { groups: ['group:default/sre'] });
    expect(may(policy, inGroup, 'source.restore')).toBe(true);
    expect(may(policy, inGroup, 'catalog.location.delete')).toBe(false);
  });

  it('that deny beat all others, in whatever order they stand', () => {
    const allow: RuleConfig = { effect: 'allow', permissions: ['audit.read'], people: ['ada'] };
    const deny: RuleConfig = { effect: 'deny', permissions: ['audit.*'], people: ['user:default/ada'] };
    for (const policy of [policyOf(allow, deny), policyOf(deny, allow), policyOf(deny)]) {
      expect(may(policy, person('admin'), 'audit.read')).toBe(false);
    }
    expect(may(policyOf(allow), person('viewer'), 'audit.read')).toBe(true);
  });

  it('that name nobody concern everybody: those that allow, everybody who has a role', () => {
    const allow = policyOf({ effect: 'allow', permissions: ['source.restore'] });
    expect(may(allow, person('viewer'), 'source.restore')).toBe(true);
    expect(may(allow, person(null), 'source.restore')).toBe(false);
    expect(may(allow, anonymous, 'source.restore')).toBe(false);
    const deny = policyOf({ effect: 'deny', permissions: ['*'] });
    expect(deny.ever(person('admin'))).toEqual([]);
    expect(deny.ever(machine('source.sync'))).toEqual([]);
  });

  it('that allow something to a role allow it to those above, those that deny to those below', () => {
    const allow = policyOf({
      effect: 'allow',
      permissions: ['catalog.location.delete'],
      roles: ['contributor'],
    });
    const deny = policyOf({
      effect: 'deny',
      permissions: ['catalog.location.create'],
      roles: ['contributor'],
    });
    const who = (policy: Policy, permission: Permission) =>
      (['viewer', 'contributor', 'platform', 'admin'] as const).filter((each) =>
        may(policy, person(each), permission),
      );
    expect(who(allow, 'catalog.location.delete')).toEqual(['contributor', 'platform', 'admin']);
    expect(who(deny, 'catalog.location.create')).toEqual(['platform', 'admin']);
  });

  it('know the role of owners', () => {
    const policy = policyOf(
      { effect: 'deny', permissions: ['catalog.entity.refresh'], roles: ['contributor'] },
      { effect: 'allow', permissions: ['debt.write'], roles: ['owner'] },
      { effect: 'deny', permissions: ['catalog.entity.delete'], roles: ['owner'] },
    );
    const entity = about('component', true);
    expect(may(policy, person('contributor'), 'catalog.entity.refresh', entity)).toBe(true);
    expect(may(policy, person('contributor'), 'catalog.entity.refresh', about('component'))).toBe(false);
    expect(may(policy, person('viewer'), 'debt.write', entity)).toBe(true);
    expect(may(policy, person('viewer'), 'debt.write', about('component'))).toBe(false);
    expect(may(policy, person('contributor'), 'catalog.entity.delete', entity)).toBe(false);
    expect(may(policy, person('platform'), 'catalog.entity.delete', entity)).toBe(true);
  });

  it('tell kinds and what is owned apart', () => {
    const policy = policyOf(
      { effect: 'allow', permissions: ['catalog.entity.delete'], kinds: ['Location'] },
      { effect: 'deny', permissions: ['catalog.entity.refresh'], owned: false },
    );
    expect(may(policy, person('viewer'), 'catalog.entity.delete', about('location'))).toBe(true);
    expect(may(policy, person('viewer'), 'catalog.entity.delete', about('component'))).toBe(false);
    expect(may(policy, person('admin'), 'catalog.entity.refresh', about('api', false))).toBe(false);
    expect(may(policy, person('contributor'), 'catalog.entity.refresh', about('api', true))).toBe(true);
    expect(policy.dependsOnOwner(person('viewer'), 'catalog.entity.delete', 'location:default/x')).toBe(
      false,
    );
    expect(policy.dependsOnOwner(person('viewer'), 'catalog.entity.delete', 'api:default/x')).toBe(true);
  });
});

describe('tokens', () => {
  it('of people may what the person may, within their scopes', () => {
    const scoped = person('contributor', { scopes: ['source.read', 'audit.read'] });
    expect(policyOf().ever(scoped)).toEqual(['source.read']);
    expect(policyOf().decide(scoped, 'catalog.entity.read')).toEqual({ allowed: false, by: 'scopes' });
  });

  it('of machines may what they were given, except for what nobody may', () => {
    const ci = machine('source.sync', 'catalog.entity.delete');
    expect(policyOf().always(ci)).toEqual(['catalog.entity.delete', 'source.sync']);
    const deny = (more: Partial<RuleConfig>) =>
      policyOf({ effect: 'deny', permissions: ['source.sync'], ...more }).always(ci);
    expect(deny({})).toEqual(['catalog.entity.delete']);
    expect(deny({ roles: ['admin'] })).toEqual(['catalog.entity.delete', 'source.sync']);
    const allow = policyOf({ effect: 'allow', permissions: ['source.restore'] });
    expect(may(allow, ci, 'source.restore')).toBe(false);
  });
});
