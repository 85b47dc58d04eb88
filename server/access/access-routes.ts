/** The policy as it is, and “may X do Y to Z, and why”. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { permissionRow, permissions, type Role, roles } from '#model/permissions.ts';
import { canonicalRef } from '#model/ref.ts';
import type { CatalogTables } from '../catalog/index.ts';
import { anonymous, type Principal } from '../kernel/gate.ts';
import type { AuditStream } from './audit-stream.ts';
import * as contract from './contract.ts';
import { readOwner, readPerson } from './people.ts';
import type { Policy } from './policy.ts';
import { type Answer, explain } from './policy-why.ts';

export interface AccessApiDeps {
  db: Kysely<CatalogTables>;
  policy: Policy;
  streams: readonly AuditStream[];
}

const read = { permission: 'access.policy.read' } as const;
const tags = ['access'];

const roleSummaries: Record<Role, string> = {
  viewer: 'Looks at everything',
  contributor: 'Adds to the catalog and decides on findings',
  owner: 'Belongs to the group that owns an entity, or is its owner; holds towards that entity alone',
  platform: 'Runs the portal: changes what others own',
  admin: 'May do everything',
};

export function registerAccessApi(app: FastifyInstance, deps: AccessApiDeps): void {
  app.get(
    '/api/access/policy',
    {
      config: read,
      schema: { tags, summary: 'Roles, grants and rules', response: { 200: contract.policySchema } },
    },
    () => answerPolicy(deps.policy),
  );
  app.get<{ Querystring: z.infer<typeof contract.checkQuerySchema> }>(
    '/api/access/check',
    {
      config: read,
      schema: {
        tags,
        summary: 'Whether somebody may do something, and why',
        querystring: contract.checkQuerySchema,
        response: { 200: contract.checkSchema },
      },
    },
    ({ query }) => check(deps, query),
  );
  app.get(
    '/api/access/state',
    {
      config: { permission: 'audit.read' },
      schema: {
        tags,
        summary: 'Whether audit entries arrive where they are sent',
        response: { 200: contract.accessStateSchema },
      },
    },
    async () => ({ audit: { streams: await Promise.all(deps.streams.map((stream) => stream.state())) } }),
  );
}

function answerPolicy({ config, rules, grants }: Policy): contract.Policy {
  return {
    roles: roles.map((role) => ({
      role,
      summary: roleSummaries[role],
      permissions: permissions.filter((name) => includes(role, permissionRow(name))),
    })),
    grants: grants.map(({ role, groups, people }) => ({ role, groups: [...groups], people: [...people] })),
    defaultRole: config.defaultRole,
    anonymousRole: config.anonymousRole,
    rules: rules.map((rule, index) => ({
      effect: rule.effect,
      permissions: config.rules[index]?.permissions ?? [],
      ...(rule.roles.length > 0 ? { roles: [...rule.roles] } : {}),
      ...(rule.groups.size > 0 ? { groups: [...rule.groups] } : {}),
      ...(rule.people.size > 0 ? { people: [...rule.people] } : {}),
      ...(rule.kinds ? { kinds: [...rule.kinds] } : {}),
      ...(rule.owned === undefined ? {} : { owned: rule.owned }),
      ...(rule.because === undefined ? {} : { because: rule.because }),
    })),
    permissions: permissions.map((name) => {
      const { summary, access, ofEntity = false } = permissionRow(name);
      return { name, summary, access, ofEntity };
    }),
  };
}

/** What a role has; that of owners is only about entities. */
function includes(role: Role, { role: needed, ofEntity }: ReturnType<typeof permissionRow>): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed) && (role !== 'owner' || ofEntity === true);
}

async function check(
  deps: AccessApiDeps,
  { principal: who, permission, target }: z.infer<typeof contract.checkQuerySchema>,
): Promise<Answer> {
  const { db, policy } = deps;
  const principal = await principalOf(deps, who);
  const isOfEntity = permissionRow(permission).ofEntity === true;
  if (target === undefined || !isOfEntity) return explain(policy, { principal, permission });
  const ref = readRef(target);
  return explain(policy, { principal, permission, target: { ref, ...(await readOwner(db, ref)) } });
}

async function principalOf({ db, policy }: AccessApiDeps, who: string): Promise<Principal> {
  if (who === anonymous.id) return { ...anonymous, roles: policy.anonymousRoles() };
  const ref = readRef(who, 'user');
  const person = await readPerson(db, ref);
  if (!person) throw new AtriumError('ENTITY_NOT_FOUND', `The catalog knows no person ${ref}`);
  const { name, groups } = person;
  return { id: ref, kind: 'person', ref, name, groups, roles: policy.rolesOf(ref, groups) };
}

function readRef(text: string, kind?: string): string {
  try {
    return canonicalRef(text, { kind });
  } catch (cause) {
    throw new AtriumError('INPUT_INVALID', (cause as Error).message, { cause });
  }
}
