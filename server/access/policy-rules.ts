/** The configuration's grants and rules made ready: permissions spelled out, refs in their canonical form. */
import { matchingPermissions, type Permission, type Role } from '#model/permissions.ts';
import { canonicalRef } from '#model/ref.ts';
import type { AccessConfig, RuleConfig } from '../kernel/access-config.ts';

export type GrantedRole = Exclude<Role, 'owner'>;

/** What the policy is made of. */
export type PolicyConfig = Pick<AccessConfig, 'anonymousRole' | 'defaultRole' | 'grants' | 'rules'>;

export interface Whom {
  groups: ReadonlySet<string>;
  people: ReadonlySet<string>;
}

export interface Grant extends Whom {
  role: GrantedRole;
}

export interface PolicyRule extends Whom {
  /** Its place among the rules of the configuration, from 1. */
  position: number;
  effect: 'allow' | 'deny';
  permissions: readonly Permission[];
  roles: readonly Role[];
  /** Lower-cased; any kind when absent. */
  kinds: readonly string[] | undefined;
  owned: boolean | undefined;
  because: string | undefined;
}

export function readGrants(grants: PolicyConfig['grants']): Grant[] {
  return grants.map(({ role, ...whom }) => ({ role, ...readWhom(whom) }));
}

export function readRules(rules: readonly RuleConfig[]): PolicyRule[] {
  return rules.map((rule, index) => ({
    position: index + 1,
    effect: rule.effect,
    permissions: [...new Set(rule.permissions.flatMap(matchingPermissions))],
    roles: rule.roles ?? [],
    ...readWhom(rule),
    kinds: rule.kinds?.map((kind) => kind.toLowerCase()),
    owned: rule.owned,
    because: rule.because,
  }));
}

function readWhom({ groups = [], people = [] }: Partial<Pick<RuleConfig, 'groups' | 'people'>>): Whom {
  return {
    groups: new Set(groups.map((ref) => canonicalRef(ref, { kind: 'group' }))),
    people: new Set(people.map((ref) => canonicalRef(ref, { kind: 'user' }))),
  };
}

/** The one of the groups, or the person, by which somebody is named. */
export function namedAs(
  { groups, people }: Whom,
  { ref, groups: belongsTo }: { ref: string | null; groups: readonly string[] },
): string | undefined {
  if (ref !== null && people.has(ref)) return ref;
  return belongsTo.find((group) => groups.has(group));
}
