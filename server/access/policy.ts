/** Who may do what: roles by grants, and rules, as the configuration says them. */
import { LRUCache } from 'lru-cache';
import { type Permission, permissionRow, permissions, roles } from '#model/permissions.ts';
import type { Principal } from '../kernel/gate.ts';
import { type Ability, abilityOf, BY_ROLE, type Facts } from './policy-ability.ts';
import {
  type Grant,
  type GrantedRole,
  namedAs,
  type PolicyConfig,
  type PolicyRule,
  readGrants,
  readRules,
} from './policy-rules.ts';

/** Whether something is allowed whatever it is about; `depends`: on the entity. */
export type Verdict = 'always' | 'never' | 'depends';

export interface Decision {
  allowed: boolean;
  /** What decided: a rule, the role (or what a machine was given), the scopes of a token, or that nothing allows it. */
  by: PolicyRule | 'role' | 'scopes' | 'nothing';
}

interface Rights {
  ability: Ability;
  verdicts: Map<Permission, Verdict>;
}

const MOST_RIGHTS = 1000;

export class Policy {
  readonly config: PolicyConfig;
  readonly grants: readonly Grant[];
  readonly rules: readonly PolicyRule[];
  /** All that can make a difference about an entity. */
  readonly #facts: readonly Facts[];
  readonly #byPrincipal = new WeakMap<Principal, Rights>();
  /** Principals come and go with each sign-in; what they may is often the same. */
  readonly #byKey = new LRUCache<string, Rights>({ max: MOST_RIGHTS });

  constructor(config: PolicyConfig) {
    this.config = config;
    this.grants = readGrants(config.grants);
    this.rules = readRules(config.rules);
    const kinds = new Set(['', ...this.rules.flatMap(({ kinds = [] }) => kinds)]);
    this.#facts = [...kinds].flatMap((kind) => [
      { kind, owned: false },
      { kind, owned: true },
    ]);
  }

  /** The roles of somebody who is signed in, least first. */
  rolesOf(ref: string | null, groups: readonly string[]): GrantedRole[] {
    const granted = this.grants.filter((grant) => namedAs(grant, { ref, groups })).map(({ role }) => role);
    const { defaultRole } = this.config;
    const all = new Set<GrantedRole>(defaultRole ? [defaultRole, ...granted] : granted);
    return [...all].sort((a, b) => roles.indexOf(a) - roles.indexOf(b));
  }

  /** The role of whoever is not signed in. */
  anonymousRoles(): GrantedRole[] {
    return this.config.anonymousRole ? [this.config.anonymousRole] : [];
  }

  verdict(principal: Principal, permission: Permission): Verdict {
    if (principal.scopes && !principal.scopes.includes(permission)) return 'never';
    const { ability, verdicts } = this.#rightsOf(principal);
    let verdict = verdicts.get(permission);
    if (!verdict) {
      const facts = permissionRow(permission).ofEntity ? this.#facts : this.#facts.slice(0, 1);
      const allowing = facts.filter((each) => ability.can(permission, each)).length;
      verdict = allowing === facts.length ? 'always' : allowing > 0 ? 'depends' : 'never';
      verdicts.set(permission, verdict);
    }
    return verdict;
  }

  /** Whether it has to be known who owns an entity. Its kind is part of the ref. */
  dependsOnOwner(principal: Principal, permission: Permission, ref: string): boolean {
    const kind = ref.slice(0, ref.indexOf(':'));
    const [owned, other] = [true, false].map((each) =>
      this.decide(principal, permission, { kind, owned: each }),
    );
    return owned?.allowed !== other?.allowed;
  }

  /** @param facts of the entity; without them only what is allowed whatever it is about is. */
  decide(principal: Principal, permission: Permission, facts?: Facts): Decision {
    if (principal.scopes && !principal.scopes.includes(permission)) return { allowed: false, by: 'scopes' };
    const { ability } = this.#rightsOf(principal);
    const rule = ability.relevantRuleFor(permission, facts ?? { kind: '', owned: false });
    const allowed = facts
      ? rule !== null && !rule.inverted
      : this.verdict(principal, permission) === 'always';
    if (!rule || rule.inverted === allowed) return { allowed, by: 'nothing' };
    return { allowed, by: rule.reason === BY_ROLE ? 'role' : this.#ruleAt(rule.reason) };
  }

  /** Every rule that speaks about a question, those that deny first. */
  rulesFor(principal: Principal, permission: Permission, facts: Facts): PolicyRule[] {
    const { ability } = this.#rightsOf(principal);
    return ability
      .rulesFor(permission, 'entity')
      .filter((rule) => rule.reason !== BY_ROLE && rule.matchesConditions(facts))
      .map(({ reason }) => this.#ruleAt(reason));
  }

  /** What a principal may do, whatever it is about. */
  always(principal: Principal): Permission[] {
    return permissions.filter((permission) => this.verdict(principal, permission) === 'always');
  }

  /** What a principal may do to some entity at least. */
  ever(principal: Principal): Permission[] {
    return permissions.filter((permission) => this.verdict(principal, permission) !== 'never');
  }

  #ruleAt(reason: string | undefined): PolicyRule {
    const rule = this.rules[Number(reason) - 1];
    if (!rule) throw new Error(`There is no rule ${reason}`);
    return rule;
  }

  #rightsOf(principal: Principal): Rights {
    const known = this.#byPrincipal.get(principal);
    if (known) return known;
    const { kind, ref, groups, roles: held } = principal;
    const key = JSON.stringify([kind, ref, groups, held, kind === 'machine' ? principal.scopes : []]);
    const rights = this.#byKey.get(key) ?? {
      ability: abilityOf(principal, this.rules),
      verdicts: new Map<Permission, Verdict>(),
    };
    this.#byKey.set(key, rights);
    this.#byPrincipal.set(principal, rights);
    return rights;
  }
}
