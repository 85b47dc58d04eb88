/** Requests and answers about who somebody is, what they may do, their tokens, and what was done. */
import { z } from 'zod';
import { type Permission, permissions, roles } from '#model/permissions.ts';

export const permissionSchema = z.enum(permissions as [Permission, ...Permission[]]);
export const roleSchema = z.enum(roles);

export const providerSchema = z.object({
  id: z.string(),
  title: z.string().describe('As on the button: “Continue with …”'),
  kind: z.enum(['oidc', 'github']),
});

export const sessionSchema = z.object({
  mode: z.enum(['local', 'sign-in']).describe('local: one person on this machine, no sign-in'),
  signedIn: z.boolean(),
  principal: z.object({
    id: z.string(),
    kind: z.enum(['person', 'machine', 'anonymous']),
    ref: z.string().nullable(),
    name: z.string(),
    email: z.string().nullable(),
    groups: z.array(z.string()).describe('Refs, parents included'),
    roles: z.array(roleSchema),
  }),
  viewingAs: z.string().nullable().describe('In local mode: the person as whom the portal is looked at'),
  may: z
    .array(permissionSchema)
    .describe('What is allowed whatever it is about; what depends on the entity is not among them'),
  providers: z.array(providerSchema),
});
export type Session = z.infer<typeof sessionSchema>;

export const viewAsBodySchema = z.object({ ref: z.string().nullable() });

export const signedOutSchema = z.object({
  redirect: z.string().nullable().describe('Where to go so that the identity provider’s session ends too'),
});

export const openSessionSchema = z.object({
  id: z.string(),
  person: z.string().describe('Ref of whoever is signed in'),
  provider: z.string().describe('Id of the identity provider by which they came in'),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string().describe('However much it is used'),
  address: z.string(),
  agent: z.string().nullable(),
  current: z.boolean(),
});
export const openSessionsSchema = z.object({ sessions: z.array(openSessionSchema) });

export const allSessionsQuerySchema = z.object({
  person: z.string().optional().describe('Ref of a person; everybody’s without it'),
});
export const endSessionsBodySchema = z.object({
  person: z.string().nullable().describe('Ref of a person; null for everybody, who asks among them'),
});
export const endedSessionsSchema = z.object({ ended: z.number().int() });

/** A rule as the configuration says it. */
export const ruleSchema = z.object({
  effect: z.enum(['allow', 'deny']),
  permissions: z.array(z.string()).describe('Names, or a beginning with `*`: `catalog.*`'),
  roles: z.array(roleSchema).optional(),
  groups: z.array(z.string()).optional(),
  people: z.array(z.string()).optional(),
  kinds: z.array(z.string()).optional(),
  owned: z.boolean().optional().describe('Only entities that they own'),
  because: z.string().optional(),
});
export const policySchema = z.object({
  roles: z.array(z.object({ role: roleSchema, summary: z.string(), permissions: z.array(permissionSchema) })),
  grants: z.array(z.object({ role: roleSchema, groups: z.array(z.string()), people: z.array(z.string()) })),
  defaultRole: roleSchema.nullable().describe('Of everybody who is signed in'),
  anonymousRole: roleSchema.nullable().describe('Of everybody else'),
  rules: z.array(ruleSchema),
  permissions: z.array(
    z.object({
      name: permissionSchema,
      summary: z.string(),
      access: z.enum(['read', 'write']),
      ofEntity: z.boolean(),
    }),
  ),
});
export type Policy = z.infer<typeof policySchema>;

export const checkQuerySchema = z.object({
  principal: z.string().describe('Ref of a person, or `anonymous`'),
  permission: permissionSchema,
  target: z.string().optional().describe('Entity ref'),
});
export const checkSchema = z.object({
  allowed: z.boolean(),
  /** The deciding reason first, as sentences that a person understands. */
  why: z.array(z.object({ effect: z.enum(['allow', 'deny']), text: z.string() })),
});

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'machine']),
  owner: z.string().describe('Principal who made it'),
  scopes: z.array(permissionSchema),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  lastUsedFrom: z.string().nullable(),
});
export const tokensSchema = z.object({ tokens: z.array(tokenSchema) });
export const tokensQuerySchema = z.object({ all: z.stringbool().default(false) });
export const createTokenBodySchema = z.object({
  name: z.string().trim().min(1).max(80),
  kind: z.enum(['person', 'machine']).default('person'),
  scopes: z.array(permissionSchema).min(1),
  expiresInDays: z.number().int().min(1).max(366).default(90),
});
export const createdTokenSchema = z.object({
  token: tokenSchema,
  secret: z.string().describe('Shown this once; only its hash is kept'),
});

export const auditEntrySchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  actor: z.string(),
  /** Who stands behind the actor, where that is somebody else: who made or sent the token, who views as another. */
  behind: z.string().nullable(),
  address: z.string(),
  action: z.string().describe('The permission that was needed, or what happened, such as access.sign-in'),
  target: z.string().nullable(),
  outcome: z.enum(['done', 'refused', 'failed']),
  status: z.number().int(),
  before: z.unknown(),
  after: z.unknown(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditQuerySchema = z.object({
  q: z.string().optional().describe('Words in actor, action, target, before or after'),
  actor: z.string().optional(),
  action: z.string().optional(),
  target: z.string().optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  before: z.coerce.number().int().optional().describe('Older than this sequence number'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export const auditSchema = z.object({ items: z.array(auditEntrySchema), total: z.number().int() });
export const auditExportQuerySchema = auditQuerySchema
  .omit({ before: true, limit: true })
  .extend({ format: z.enum(['csv', 'json']).default('csv') });
export const accessStateSchema = z.object({
  audit: z.object({
    streams: z.array(
      z.object({
        name: z.enum(['file', 'collector']),
        target: z.string().describe('The file, or the origin of the collector'),
        sentUpTo: z.number().int().describe('Sequence number of the last entry that has arrived'),
        waiting: z.number().int().describe('Entries that have not arrived yet; they wait in the store'),
        failingSince: z.string().nullable(),
        error: z.string().nullable(),
      }),
    ),
  }),
});
export const auditVerificationSchema = z.object({
  entries: z.number().int(),
  intact: z.boolean(),
  /** The first entry that is not as it was written, or that follows on one that is gone. */
  brokenAt: z.number().int().nullable(),
  reason: z.string().nullable(),
  head: z.string().nullable().describe('Hash of the newest entry'),
});
