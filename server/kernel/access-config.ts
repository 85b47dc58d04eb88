/** The part of the configuration that says who may come in and what they may do. */
import { z } from 'zod';
import { roles } from '#model/permissions.ts';
import { secretSchema } from './secret.ts';

const granted = z.enum(roles).exclude(['owner']);
const refs = z.array(z.string());

const oidcSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: z.literal('oidc'),
  title: z.string().describe('Name on the sign-in button'),
  issuer: z.url().describe('Issuer; its discovery document is read from there'),
  clientId: z.string(),
  clientSecret: secretSchema.optional().describe('Absent for public clients'),
  scopes: z.array(z.string()).default(['openid', 'profile', 'email']),
  groupsClaim: z.string().default('groups').describe('Claim that lists the groups of a person'),
  emailDomains: z
    .array(z.string().toLowerCase())
    .default([])
    .describe('Only whoever has a verified e-mail address there; everybody the provider lets in when empty'),
  acr: z
    .array(z.string().regex(/^\S+$/))
    .default([])
    .describe('How sure a sign-in has to be: asked for as `acr_values`, and one of these has to come back'),
  amr: z.array(z.string()).default([]).describe('Only by one of these ways to sign in, such as `mfa`'),
  maxAgeSeconds: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('The provider asks again for whoever has signed in there longer ago'),
});
const githubSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('github'),
  kind: z.literal('github'),
  title: z.string().default('GitHub'),
  url: z.url().default('https://github.com').describe('Of GitHub Enterprise, where it is not github.com'),
  clientId: z.string(),
  clientSecret: secretSchema,
  organizations: z
    .array(z.string())
    .default([])
    .describe('Only members of these; everybody with an account there when empty'),
});
export const providerConfigSchema = z.discriminatedUnion('kind', [oidcSchema, githubSchema]);
export type ProviderConfig = z.infer<typeof providerConfigSchema>;

export const ruleConfigSchema = z.strictObject({
  effect: z.enum(['allow', 'deny']),
  permissions: z.array(z.string()).min(1).describe('Names, or a beginning with `*`: `catalog.*`'),
  roles: z.array(z.enum(roles)).optional().describe('Whom it concerns; everybody when nobody is named'),
  groups: refs.optional(),
  people: refs.optional(),
  kinds: z.array(z.string()).optional().describe('Kinds of entity; only for permissions that are about one'),
  owned: z.boolean().optional().describe('Only entities that they own'),
  because: z.string().optional().describe('Shown to whoever it stops'),
});
export type RuleConfig = z.infer<typeof ruleConfigSchema>;

export const accessConfigSchema = z
  .strictObject({
    url: z
      .url()
      .optional()
      .describe('Address under which people reach the portal; needed for sign-in behind a proxy'),
    signIn: z
      .array(providerConfigSchema)
      .default([])
      .describe('Identity providers; without any, the portal is for one person on this machine'),
    trustProxy: z
      .boolean()
      .default(false)
      .describe('Take the address of a caller from X-Forwarded-For, as a proxy in front sets it'),
    sessionIdleHours: z.number().positive().default(12).describe('A session that is not used so long ends'),
    sessionHours: z.number().positive().default(168).describe('Every session ends after so long'),
    anonymousRole: granted.nullable().default(null).describe('Role of whoever is not signed in'),
    defaultRole: granted.nullable().default('contributor').describe('Role of everybody who is signed in'),
    grants: z
      .array(z.strictObject({ role: granted, groups: refs.default([]), people: refs.default([]) }))
      .default([])
      .describe('Who has which role'),
    rules: z.array(ruleConfigSchema).default([]).describe('Exceptions; a rule that denies beats all others'),
    requestsPerMinute: z.number().int().min(10).default(1200).describe('Of one principal'),
    auditDays: z.number().int().min(1).default(400).describe('Audit entries are kept so long'),
    auditFile: z
      .string()
      .optional()
      .describe('File to which every audit entry is appended as a line of JSON'),
    auditCollector: z
      .strictObject({ url: z.url(), token: secretSchema.optional() })
      .optional()
      .describe('HTTP collector to which audit entries are sent as JSON'),
    allowPrivateAddresses: z
      .array(z.string())
      .default([])
      .describe(
        'Hosts or networks (CIDR) in private ranges that may be asked on behalf of documents and people',
      ),
  })
  .prefault({});
export type AccessConfig = z.infer<typeof accessConfigSchema>;
