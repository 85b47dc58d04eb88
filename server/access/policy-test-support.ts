/** Principals and policies for tests. */
import type { Permission } from '#model/permissions.ts';
import type { RuleConfig } from '../kernel/access-config.ts';
import type { Principal } from '../kernel/gate.ts';
import { Policy } from './policy.ts';
import type { Facts } from './policy-ability.ts';
import type { GrantedRole, PolicyConfig } from './policy-rules.ts';

export const base: PolicyConfig = { anonymousRole: null, defaultRole: 'contributor', grants: [], rules: [] };
export const policyOf = (...rules: RuleConfig[]) => new Policy({ ...base, rules });

export function person(held: GrantedRole | null, more: Partial<Principal> = {}): Principal {
  const ref = 'user:default/ada';
  return { id: ref, kind: 'person', ref, name: 'Ada', groups: [], roles: held ? [held] : [], ...more };
}
export const machine = (...scopes: Permission[]): Principal => ({
  id: 'token:1',
  kind: 'machine',
  ref: null,
  name: 'ci',
  groups: [],
  roles: [],
  scopes,
  actor: 'user:default/ada',
});

export const about = (kind: string, owned = false): Facts => ({ kind, owned });
export const may = (policy: Policy, principal: Principal, permission: Permission, facts?: Facts) =>
  policy.decide(principal, permission, facts).allowed;
