/**
 * Everything that somebody may be allowed to do: one row each. A route names the row that it needs; the policy
 * grants rows to roles; tokens are limited to some.
 */

/** `owner` is a role towards one entity: whoever belongs to the group that owns it. */
export const roles = ['viewer', 'contributor', 'owner', 'platform', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface PermissionRow {
  /** What it allows, as the end of a sentence: “Ada may …”. */
  summary: string;
  access: 'read' | 'write';
  /** The roles that have it without any rule; a role also has what the roles before it in `roles` have. */
  role: Role;
  /** It is asked about one entity, so rules can tell kinds and owners apart. */
  ofEntity?: boolean;
}

export const permissionTable = {
  'catalog.entity.read': { summary: 'read the catalog', access: 'read', role: 'viewer' },
  'catalog.entity.refresh': {
    summary: 'have an entity read anew',
    access: 'write',
    role: 'contributor',
    ofEntity: true,
  },
  'catalog.entity.validate': { summary: 'check a descriptor', access: 'read', role: 'viewer' },
  'catalog.entity.delete': {
    summary: 'take an entity out of the catalog',
    access: 'write',
    role: 'owner',
    ofEntity: true,
  },
  'catalog.location.read': { summary: 'see registered locations', access: 'read', role: 'viewer' },
  'catalog.location.analyze': {
    summary: 'see what a location would bring',
    access: 'read',
    role: 'contributor',
  },
  'catalog.location.create': { summary: 'register a location', access: 'write', role: 'contributor' },
  'catalog.location.delete': { summary: 'remove a registered location', access: 'write', role: 'platform' },
  'catalog.review.decide': { summary: 'decide on findings', access: 'write', role: 'contributor' },
  'view.own': { summary: 'keep views of the catalog for themselves', access: 'write', role: 'viewer' },
  'source.read': { summary: 'see sources and their problems', access: 'read', role: 'viewer' },
  'source.sync': { summary: 'have a source read anew', access: 'write', role: 'contributor' },
  'source.restore': { summary: 'bring removed entities back', access: 'write', role: 'platform' },
  'team.read': { summary: 'see teams and what they own', access: 'read', role: 'viewer' },
  'ownership.read': {
    summary: 'see who owns, approves and is on call',
    access: 'read',
    role: 'viewer',
  },
  'ownership.request': {
    summary: 'ask for the ownership of an entity',
    access: 'write',
    role: 'contributor',
  },
  'ownership.decide': {
    summary: 'decide on the ownership of an entity',
    access: 'write',
    role: 'contributor',
    ofEntity: true,
  },
  'debt.read': { summary: 'see the register of technical debt', access: 'read', role: 'viewer' },
  'debt.write': {
    summary: 'add to and change the register of technical debt',
    access: 'write',
    role: 'contributor',
    ofEntity: true,
  },
  'template.read': { summary: 'see the actions that can be started', access: 'read', role: 'viewer' },
  'template.run': { summary: 'start an action', access: 'write', role: 'contributor', ofEntity: true },
  'run.read': { summary: 'see runs, their logs and their inputs', access: 'read', role: 'viewer' },
  'run.manage': {
    summary: 'cancel, answer, retry and roll back their own runs and those of what they own',
    access: 'write',
    role: 'contributor',
  },
  'run.manage.all': { summary: 'do so with everybody’s runs', access: 'write', role: 'platform' },
  'approval.decide': {
    summary: 'decide on approvals that are asked of them',
    access: 'write',
    role: 'contributor',
  },
  'lease.extend': { summary: 'extend and end leases', access: 'write', role: 'contributor' },
  'fact.read': { summary: 'see the facts of an entity', access: 'read', role: 'viewer' },
  'fact.write': { summary: 'report facts about entities', access: 'write', role: 'contributor' },
  'scorecard.read': { summary: 'see scorecards, campaigns and exemptions', access: 'read', role: 'viewer' },
  'scorecard.try': { summary: 'try rules and scorecards out', access: 'read', role: 'contributor' },
  'scorecard.maintain': {
    summary: 'see drafts of all scorecards, and decide on every exemption',
    access: 'write',
    role: 'platform',
  },
  'exemption.request': {
    summary: 'ask for an exemption from a rule',
    access: 'write',
    role: 'contributor',
    ofEntity: true,
  },
  'exemption.decide': {
    summary: 'decide on exemptions that are asked of them, and withdraw their own',
    access: 'write',
    role: 'contributor',
  },
  'docs.read': { summary: 'read and search documentation', access: 'read', role: 'viewer' },
  'docs.respond': {
    summary: 'say whether a page was useful, and what is wrong or missing',
    access: 'write',
    role: 'viewer',
  },
  'docs.report.close': {
    summary: 'close what readers reported of the documentation of an entity',
    access: 'write',
    role: 'owner',
    ofEntity: true,
  },
  'docs.gap.decide': {
    summary: 'hand on and close what is missing in documentation',
    access: 'write',
    role: 'contributor',
  },
  'access.self': { summary: 'see and end their own sessions', access: 'write', role: 'viewer' },
  'access.session.all': { summary: 'see and end everybody’s sessions', access: 'write', role: 'admin' },
  'access.policy.read': { summary: 'see who may do what', access: 'read', role: 'viewer' },
  'access.token.own': { summary: 'make and revoke their own tokens', access: 'write', role: 'contributor' },
  'access.token.all': {
    summary: 'make tokens of machines, see and revoke all',
    access: 'write',
    role: 'admin',
  },
  'audit.read': { summary: 'read the audit', access: 'read', role: 'admin' },
} as const satisfies Record<string, PermissionRow>;

export type Permission = keyof typeof permissionTable;

export const permissions = Object.keys(permissionTable) as Permission[];

export function permissionRow(permission: Permission): PermissionRow {
  return permissionTable[permission];
}

/** Those that a name, or a beginning followed by `*`, stands for. */
export function matchingPermissions(pattern: string): Permission[] {
  if (!pattern.endsWith('*')) return permissions.filter((name) => name === pattern);
  const beginning = pattern.slice(0, -1);
  return permissions.filter((name) => name.startsWith(beginning));
}
