/** What templates may say of a repository that is made at GitHub, and who and what is put to it. */
import { z } from 'zod';
import { unsupported } from './outside-step.ts';
import { type Connection, repositoryInput } from './platform-hosts.ts';

const collaborator = z.union([
  z.object({ access: z.string(), user: z.string() }),
  z.object({ access: z.string(), team: z.string() }),
]);

export const newRepositoryInput = {
  ...repositoryInput,
  description: z.string().optional(),
  homepage: z.string().optional(),
  access: z.string().optional().describe('User or `organisation/team` that gets to administer it'),
  repoVisibility: z.enum(['private', 'public', 'internal']).default('private'),
  deleteBranchOnMerge: z.boolean().default(false),
  allowMergeCommit: z.boolean().default(true),
  allowSquashMerge: z.boolean().default(true),
  allowRebaseMerge: z.boolean().default(true),
  allowAutoMerge: z.boolean().default(false),
  allowUpdateBranch: z.boolean().default(false),
  squashMergeCommitTitle: z.enum(['PR_TITLE', 'COMMIT_OR_PR_TITLE']).default('COMMIT_OR_PR_TITLE'),
  squashMergeCommitMessage: z.enum(['PR_BODY', 'COMMIT_MESSAGES', 'BLANK']).default('COMMIT_MESSAGES'),
  collaborators: z.array(collaborator).default([]),
  hasProjects: z.boolean().default(true),
  hasWiki: z.boolean().default(true),
  hasIssues: z.boolean().default(true),
  topics: z.array(z.string()).default([]),
  repoVariables: z.record(z.string(), z.string()).default({}).describe('Variables for its workflows'),
  customProperties: z.record(z.string(), z.unknown()).optional(),
  oidcCustomization: z
    .object({ useDefault: z.boolean(), includeClaimKeys: z.array(z.string()).optional() })
    .optional(),
  subscribe: z.boolean().default(false).describe('Whether whom the token belongs to watches it'),
  secrets: unsupported('set the secrets of the repository at the organisation or by a workflow'),
};
const shape = z.object(newRepositoryInput);
export type RepositoryInput = z.output<typeof shape>;

/** Each of them says how it is to be, so that saying it twice changes nothing. */
export async function dress({ rest, owner, repo }: Connection, input: RepositoryInput): Promise<void> {
  const path = `/repos/${owner}/${repo}`;
  const put = (at: string, body: unknown) => rest.send(at, { method: 'PUT', body });
  for (const one of [...accessOf(input.access), ...input.collaborators]) {
    const body = { permission: permissionOf(one.access) };
    if ('user' in one) await put(`${path}/collaborators/${one.user}`, body);
    else await put(`/orgs/${owner}/teams/${one.team.replace(/^.*\//, '')}/repos/${owner}/${repo}`, body);
  }
  await setVariables(rest, `${path}/actions/variables`, input.repoVariables);
  const { oidcCustomization: oidc } = input;
  if (oidc) {
    const body = { use_default: oidc.useDefault, include_claim_keys: oidc.includeClaimKeys };
    await put(`${path}/actions/oidc/customization/sub`, body);
  }
  if (input.subscribe) await put(`${path}/subscription`, { subscribed: true, ignored: false });
}

function accessOf(access: string | undefined): z.output<typeof collaborator>[] {
  if (!access) return [];
  return [access.includes('/') ? { access: 'admin', team: access } : { access: 'admin', user: access }];
}

/** Templates may use the words of the web pages. */
function permissionOf(access: string): string {
  return { read: 'pull', write: 'push' }[access] ?? access;
}

export async function setVariables(
  rest: Connection['rest'],
  path: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(variables)) {
    const body = { name, value };
    const answer = await rest.send(path, { method: 'POST', body, accept: [409] });
    if (answer.status === 409)
      await rest.send(`${path}/${encodeURIComponent(name)}`, { method: 'PATCH', body });
  }
}
