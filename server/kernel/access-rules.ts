/** Grants and rules that can't mean anything are refused at the start, where they stand in the file. */
import type { z } from 'zod';
import { builtinKinds } from '#model/builtin-kinds.ts';
import { matchingPermissions, type Permission, permissionRow, type Role } from '#model/permissions.ts';
import { parseRef } from '#model/ref.ts';

interface Whom {
  groups?: string[] | undefined;
  people?: string[] | undefined;
}

interface Rule extends Whom {
  permissions: string[];
  roles?: Role[] | undefined;
  kinds?: string[] | undefined;
  owned?: boolean | undefined;
}

interface Configuration {
  access: { grants: Whom[]; rules: Rule[] };
  kinds: { kind: string }[];
}

type Path = (string | number)[];
type Report = (path: Path, message: string) => void;

/** For the whole configuration, since rules name its kinds. */
export function checkAccess({ access, kinds }: Configuration, context: z.RefinementCtx): void {
  const report: Report = (path, message) =>
    context.addIssue({ code: 'custom', path: ['access', ...path], message });
  const known = new Set([...builtinKinds, ...kinds].map(({ kind }) => kind.toLowerCase()));
  for (const [index, grant] of access.grants.entries()) {
    const path = ['grants', index];
    checkWhom(grant, path, report);
    if (!grant.groups?.length && !grant.people?.length) report(path, 'names neither groups nor people');
  }
  for (const [index, rule] of access.rules.entries()) {
    const path = ['rules', index];
    checkWhom(rule, path, report);
    checkLists(rule, path, report);
    checkKinds(rule, known, path, report);
    checkPermissions(rule, path, report);
  }
}

function checkWhom(whom: Whom, path: Path, report: Report): void {
  for (const [key, kind] of [
    ['groups', 'group'],
    ['people', 'user'],
  ] as const) {
    for (const [index, ref] of (whom[key] ?? []).entries()) {
      const wrong = wrongRef(ref, kind);
      if (wrong) report([...path, key, index], wrong);
    }
  }
}

function wrongRef(ref: string, kind: string): string | undefined {
  try {
    const named = parseRef(ref, { kind }).kind.toLowerCase();
    return named === kind ? undefined : `${ref} is of the kind ${named}, where a ${kind} is needed`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** An empty list could be read as nobody and as everybody. */
function checkLists(rule: Rule, path: Path, report: Report): void {
  for (const key of ['roles', 'groups', 'people', 'kinds'] as const) {
    if (rule[key]?.length === 0) report([...path, key], 'is empty: leave it out, or name somebody');
  }
}

function checkKinds(rule: Rule, known: ReadonlySet<string>, path: Path, report: Report): void {
  for (const [index, kind] of (rule.kinds ?? []).entries()) {
    if (!known.has(kind.toLowerCase())) report([...path, 'kinds', index], `there is no kind ${kind}`);
  }
}

function checkPermissions(rule: Rule, path: Path, report: Report): void {
  for (const [index, pattern] of rule.permissions.entries()) {
    const matching = matchingPermissions(pattern);
    if (matching.length === 0) report([...path, 'permissions', index], `there is no permission ${pattern}`);
    const other = matching.find((name) => !permissionRow(name).ofEntity);
    if (other) checkConditions(rule, other, path, report);
  }
}

/** What is asked about an entity can't hold for a permission that is about none. */
function checkConditions(rule: Rule, permission: Permission, path: Path, report: Report): void {
  const why = `can't hold for ${permission}, which is not about one entity`;
  if (rule.kinds?.length) report([...path, 'kinds'], why);
  if (rule.owned !== undefined) report([...path, 'owned'], why);
  const owner = rule.roles?.indexOf('owner') ?? -1;
  if (owner >= 0) report([...path, 'roles', owner], `owner ${why}`);
}
