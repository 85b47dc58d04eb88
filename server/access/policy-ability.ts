/** From rules to an ability: what one principal may do, as CASL decides it. */
import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability';
import { type Permission, permissionRow, permissions, roles } from '#model/permissions.ts';
import type { Principal } from '../kernel/gate.ts';
import { namedAs, type PolicyRule } from './policy-rules.ts';

/** What the policy asks of the entity that something is about. */
export interface Facts {
  kind: string;
  /** It belongs to the principal, or to one of its groups. */
  owned: boolean;
}

export type Ability = MongoAbility<[Permission, 'entity' | Facts]>;
type RawRule = RawRuleOf<Ability>;

/** The reason of what comes from the role of somebody or the scopes of a machine; rules give their position. */
export const BY_ROLE = '0';

const OWNER = roles.indexOf('owner');
const ofEntity = (permission: Permission) => permissionRow(permission).ofEntity === true;

/** How much a principal may by its roles, as a place in the list of roles; -1 for none. */
export function rankOf({ roles: held }: Pick<Principal, 'roles'>): number {
  return Math.max(-1, ...held.map((role) => roles.indexOf(role)));
}

/** Of rules that match, CASL takes the last: so those that deny come at the end. */
export function abilityOf(principal: Principal, rules: readonly PolicyRule[]): Ability {
  const own = principal.kind === 'machine' ? byScopes(principal) : byRole(rankOf(principal));
  const concerning = rules.flatMap((rule) => toRaw(rule, principal));
  const allowing = concerning.filter(({ inverted }) => !inverted);
  const denying = concerning.filter(({ inverted }) => inverted);
  return createMongoAbility<Ability>([...own, ...allowing, ...denying], {
    detectSubjectType: () => 'entity',
  });
}

/** A machine has no roles: it may do what it was given. */
function byScopes({ scopes = [] }: Principal): RawRule[] {
  return scopes.map((action) => ({ action, subject: 'entity', reason: BY_ROLE }));
}

/** Whoever owns an entity has the role owner towards it, unless they have no role at all. */
function byRole(rank: number): RawRule[] {
  if (rank < 0) return [];
  return permissions.flatMap((action): RawRule[] => {
    const needed = roles.indexOf(permissionRow(action).role);
    const rule = { action, subject: 'entity', reason: BY_ROLE } as const;
    if (rank >= needed) return [rule];
    return ofEntity(action) && OWNER >= needed ? [{ ...rule, conditions: { owned: true } }] : [];
  });
}

function toRaw(rule: PolicyRule, principal: Principal): RawRule[] {
  const concern = concernOf(rule, principal);
  if (concern === 'no') return [];
  const { kinds, effect, position } = rule;
  const wanted = concern === 'owned' ? true : concern === 'not-owned' ? false : undefined;
  const common = { subject: 'entity', inverted: effect === 'deny', reason: String(position) } as const;
  const [aboutOne, others] = [
    rule.permissions.filter(ofEntity),
    rule.permissions.filter((p) => !ofEntity(p)),
  ];
  const raw: RawRule[] = [];
  // What asks for ownership can't be had where there is no entity; what asks for its absence always is.
  if (others.length > 0 && wanted !== true) raw.push({ ...common, action: others });
  const contradicts = wanted !== undefined && rule.owned !== undefined && wanted !== rule.owned;
  if (aboutOne.length > 0 && !contradicts) {
    const owned = wanted ?? rule.owned;
    const conditions = {
      ...(kinds ? { kind: { $in: [...kinds] } } : {}),
      ...(owned === undefined ? {} : { owned }),
    };
    const limited = Object.keys(conditions).length > 0;
    raw.push({ ...common, action: aboutOne, ...(limited ? { conditions } : {}) });
  }
  return raw;
}

type Concern = 'always' | 'owned' | 'not-owned' | 'no';

/**
 * Whether a rule is about somebody. One that allows something to a role allows it to all above; one that denies
 * it, denies it to all below: so a higher role never allows less.
 */
function concernOf(rule: PolicyRule, principal: Principal): Concern {
  const everybody = rule.roles.length === 0 && rule.groups.size === 0 && rule.people.size === 0;
  // Machines have no roles and belong to nobody; they may what they were given, except for what nobody may.
  if (principal.kind === 'machine') return everybody && rule.effect === 'deny' ? 'always' : 'no';
  if (namedAs(rule, principal) !== undefined) return 'always';
  const rank = rankOf(principal);
  if (everybody) return rule.effect === 'deny' || rank >= 0 ? 'always' : 'no';
  const named = rule.roles.map((role) => roles.indexOf(role));
  return rule.effect === 'allow' ? allowedBy(named, rank) : deniedBy(named, rank);
}

function allowedBy(named: readonly number[], rank: number): Concern {
  if (rank < 0) return 'no';
  if (named.some((role) => rank >= role)) return 'always';
  return named.some((role) => OWNER >= role) ? 'owned' : 'no';
}

function deniedBy(named: readonly number[], rank: number): Concern {
  const above = named.filter((role) => rank <= role);
  if (above.some((role) => OWNER <= role)) return 'always';
  return above.length > 0 ? 'not-owned' : 'no';
}
