import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permissionRow, permissions, type Role, roles } from '#model/permissions.ts';
import type { RuleConfig } from '../kernel/access-config.ts';
import { anonymous } from '../kernel/gate.ts';
import { Policy } from './policy.ts';
import type { GrantedRole, PolicyConfig } from './policy-rules.ts';
import { base, machine, may, person, policyOf } from './policy-test-support.ts';

const aboutOne = permissions.filter((permission) => permissionRow(permission).ofEntity);
const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const whom = {
  effect: fc.constantFrom('allow' as const, 'deny' as const),
  groups: some(['one', 'two']),
  people: some(['ada', 'bob']),
};
const general = fc.record({
  ...whom,
  permissions: fc.subarray(['*', 'catalog.*', ...permissions], { minLength: 1 }),
  roles: some(roles.filter((role) => role !== 'owner')),
});
const ofEntities = fc.record({
  ...whom,
  permissions: fc.subarray([...aboutOne], { minLength: 1 }),
  roles: some(roles),
  kinds: some(['Component', 'API', 'Location']),
  owned: fc.option(fc.boolean(), { nil: undefined }),
});
const rule = fc.oneof(general, ofEntities).map((made) => clear(made) as unknown as RuleConfig);
const rules = fc.array(rule, { maxLength: 5 });
const facts = fc.record({
  kind: fc.constantFrom('component', 'api', 'location', 'user'),
  owned: fc.boolean(),
});
const permission = fc.constantFrom(...permissions);
const groups = fc.subarray(['group:default/one', 'group:default/two']);
const heldRole = fc.constantFrom<GrantedRole | null>(null, 'viewer', 'contributor', 'platform', 'admin');
const principal = fc.oneof(
  fc.tuple(heldRole, groups).map(([role, belongs]) => person(role, { groups: belongs })),
  fc.subarray([...permissions]).map((scopes) => machine(...scopes)),
  fc.constant(anonymous),
);
const clear = (made: object) =>
  Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined));

describe('one rule more', () => {
  it('one more rule that denies never allows more', () => {
    fc.assert(
      fc.property(rules, rule, fc.nat(), principal, permission, facts, (all, more, at, who, what, entity) => {
        const place = at % (all.length + 1);
        const stricter = policyOf(...all.slice(0, place), { ...more, effect: 'deny' }, ...all.slice(place));
        if (may(stricter, who, what, entity)) expect(may(policyOf(...all), who, what, entity)).toBe(true);
      }),
    );
  });

  it('one more rule that allows never denies more', () => {
    fc.assert(
      fc.property(rules, rule, principal, permission, facts, (all, more, who, what, entity) => {
        const wider = policyOf({ ...more, effect: 'allow' }, ...all);
        if (may(policyOf(...all), who, what, entity)) expect(may(wider, who, what, entity)).toBe(true);
      }),
    );
  });

  it('a rule that denies to the person by name beats all that allow', () => {
    fc.assert(
      fc.property(rules, heldRole, groups, permission, facts, (all, role, belongs, what, entity) => {
        const deny: RuleConfig = { effect: 'deny', permissions: [what], people: ['ada'] };
        for (const policy of [policyOf(deny, ...all), policyOf(...all, deny)]) {
          expect(may(policy, person(role, { groups: belongs }), what, entity)).toBe(false);
        }
      }),
    );
  });
});

describe('whatever the rules say', () => {
  it('a higher role never allows less', () => {
    const held = ['viewer', 'contributor', 'platform', 'admin'] as const;
    fc.assert(
      fc.property(rules, groups, permission, facts, (all, belongs, what, entity) => {
        const policy = policyOf(...all);
        const allowed = held.map((role) => may(policy, person(role, { groups: belongs }), what, entity));
        expect(allowed).toEqual(allowed.toSorted());
      }),
    );
  });

  it('the order of the rules decides nothing', () => {
    fc.assert(
      fc.property(rules, principal, permission, facts, (all, who, what, entity) => {
        const turned = policyOf(...all.toReversed());
        expect(may(turned, who, what, entity)).toBe(may(policyOf(...all), who, what, entity));
      }),
    );
  });

  it('nobody may what no role, rule or scope gives them', () => {
    fc.assert(
      fc.property(rules, permission, facts, (all, what, entity) => {
        const denying = all.filter(({ effect }) => effect === 'deny');
        expect(may(policyOf(...denying), anonymous, what, entity)).toBe(false);
        expect(may(policyOf(...all), machine(), what, entity)).toBe(false);
      }),
    );
  });

  it('what is always or never allowed is so for every entity', () => {
    fc.assert(
      fc.property(rules, principal, permission, facts, (all, who, what, entity) => {
        const policy = policyOf(...all);
        const verdict = policy.verdict(who, what);
        if (verdict !== 'depends') expect(may(policy, who, what, entity)).toBe(verdict === 'always');
        else expect(permissionRow(what).ofEntity).toBe(true);
      }),
    );
  });

  it('more roles never come from fewer grants', () => {
    const grant = fc.record({
      role: fc.constantFrom<GrantedRole>('viewer', 'contributor', 'platform', 'admin'),
      groups: fc.subarray(['one', 'two']),
      people: fc.subarray(['ada', 'bob']),
    });
    fc.assert(
      fc.property(fc.array(grant), grant, groups, (grants, more, belongs) => {
        const rolesWith = (all: PolicyConfig['grants']): Role[] =>
          new Policy({ ...base, grants: all }).rolesOf('user:default/ada', belongs);
        expect(rolesWith([...grants, more])).toEqual(expect.arrayContaining(rolesWith(grants)));
      }),
    );
  });
});
