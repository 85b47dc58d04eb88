/** Why somebody may do something, or may not, in sentences. */
import { type Permission, permissionRow, type Role, roles } from '#model/permissions.ts';
import type { Principal } from '../kernel/gate.ts';
import { type OwnedEntity, owns } from './people.ts';
import type { Policy } from './policy.ts';
import { type Facts, rankOf } from './policy-ability.ts';
import { namedAs, type PolicyRule } from './policy-rules.ts';

export interface Question {
  principal: Principal;
  permission: Permission;
  /** What it is about: only for permissions that are about an entity. */
  target?: OwnedEntity & { ref: string };
}

/** As the subject of a sentence. */
export function called({ kind, name }: Principal): string {
  return kind === 'anonymous' ? 'Whoever is not signed in' : name;
}

export interface Reason {
  effect: 'allow' | 'deny';
  text: string;
}

export interface Answer {
  allowed: boolean;
  /** The reason that decided comes first. */
  why: Reason[];
}

export function factsOf(principal: Principal, { ref, owner }: OwnedEntity & { ref: string }): Facts {
  return { kind: ref.slice(0, ref.indexOf(':')), owned: owns(principal, owner) };
}

export function explain(policy: Policy, question: Question): Answer {
  const { principal, permission, target } = question;
  const facts = target && factsOf(principal, target);
  const { allowed, by } = policy.decide(principal, permission, facts);
  const effect = allowed ? 'allow' : 'deny';
  if (by === 'scopes') {
    return { allowed, why: [{ effect, text: `The token is not for ${permission}.` }] };
  }
  const rules = policy
    .rulesFor(principal, permission, facts ?? { kind: '', owned: false })
    .map((rule) => ({ effect: rule.effect, text: byRule(rule, question) }));
  const own = byRole(policy, question);
  const why = by === 'role' || by === 'nothing' ? [...own, ...rules] : [...rules, ...own];
  if (!allowed && why.every((reason) => reason.effect === 'allow')) {
    return { allowed, why: [{ effect, text: dependsText(question) }, ...why] };
  }
  return { allowed, why };
}

function dependsText({ principal, permission }: Question): string {
  const { summary } = permissionRow(permission);
  return `Whether ${called(principal)} may ${summary} depends on the entity, and none is named.`;
}

function byRule(rule: PolicyRule, { principal, permission }: Question): string {
  const { position, effect, because } = rule;
  const named = namedAs(rule, principal);
  const whom =
    named === undefined
      ? rule.roles.length > 0
        ? ` to the role ${rule.roles.join(' and the role ')} and those ${effect === 'allow' ? 'above' : 'below'}`
        : ' to everybody'
      : named === principal.ref
        ? ` to ${named}`
        : ` to ${named}, to which ${principal.name} belongs`;
  const what = [
    ...(rule.kinds ? [`of the kind ${rule.kinds.join(' or ')}`] : []),
    ...(rule.owned === undefined ? [] : [rule.owned ? 'that they own' : 'that they don’t own']),
  ].join(' ');
  const about = what ? ` for entities ${what}` : '';
  const verb = effect === 'allow' ? 'allows' : 'forbids';
  const reason = because ? `: ${because.replace(/[.\s]+$/, '')}` : '';
  return `Rule ${position} of the configuration ${verb} ${permission}${whom}${about}${reason}.`;
}

/** What the role says, and from where somebody has it. */
function byRole(policy: Policy, question: Question): Reason[] {
  const { principal, permission, target } = question;
  const { role, summary, ofEntity } = permissionRow(permission);
  if (principal.kind === 'machine') {
    return [{ effect: 'allow', text: `${principal.name} was given ${permission} as a scope.` }];
  }
  const rank = rankOf(principal);
  const needed = roles.indexOf(role);
  const hasRole = roleText(policy, principal);
  if (rank >= needed) {
    return [
      { effect: 'allow', text: `Whoever has the role ${role}, or one above it, may ${summary}.` },
      { effect: 'allow', text: hasRole },
    ];
  }
  const owner = ofEntity && roles.indexOf('owner') >= needed;
  if (owner && rank >= 0 && target && owns(principal, target.owner)) {
    return [
      { effect: 'allow', text: `Whoever owns an entity may ${summary}.` },
      { effect: 'allow', text: ownerText(principal, target) },
    ];
  }
  const others = owner && target ? [{ effect: 'deny', text: ownerText(principal, target) } as const] : [];
  const text = `It takes ${neededText(role)} to ${summary}. ${hasRole}`;
  return [{ effect: 'deny', text }, ...others];
}

function neededText(role: Role): string {
  return role === 'owner'
    ? 'the role owner towards the entity, or the role platform or admin,'
    : `the role ${role} or one above it`;
}

function ownerText(
  { name, ref, groups }: Principal,
  { ref: target, owner, exists }: OwnedEntity & { ref: string },
) {
  if (!exists) return `The catalog has no ${target}, so nobody owns it.`;
  if (owner === null) return `Nobody owns ${target}.`;
  if (owner === ref) return `${name} owns ${target}.`;
  const belongs = groups.includes(owner) ? 'belongs' : 'doesn’t belong';
  return `${target} is owned by ${owner}${owner.startsWith('group:') ? `, to which ${name} ${belongs}` : ''}.`;
}

function roleText({ config, grants }: Policy, principal: Principal): string {
  const { name, kind } = principal;
  const role = roles[rankOf(principal)];
  if (kind === 'anonymous') {
    return role ? `Whoever is not signed in has the role ${role}.` : 'Whoever is not signed in has no role.';
  }
  if (!role) return `${name} has no role.`;
  const grant = grants.find((each) => each.role === role && namedAs(each, principal) !== undefined);
  if (grant) {
    const named = namedAs(grant, principal);
    const through = named === principal.ref ? '' : ` through ${named}`;
    return `${name} has the role ${role}${through}.`;
  }
  const everybody = config.defaultRole === role && principal.ref !== null;
  return `${name} has the role ${role}${everybody ? ', as everybody who is signed in' : ''}.`;
}
