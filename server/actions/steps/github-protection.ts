/** Rules of a branch at GitHub, and `github:branch-protection:create`. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction, StepContext } from '../step-action.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { type Connection, connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';

const parties = z.object({
  users: z.array(z.string()).default([]),
  teams: z.array(z.string()).default([]),
  apps: z.array(z.string()).optional(),
});

export const protectionInput = {
  requiredApprovingReviewCount: z.number().int().min(0).max(6).default(1),
  requireCodeOwnerReviews: z.boolean().default(false),
  dismissStaleReviews: z.boolean().default(false),
  bypassPullRequestAllowances: parties.partial().optional(),
  restrictions: parties.optional().describe('Who alone may push'),
  requiredStatusCheckContexts: z.array(z.string()).default([]),
  requireBranchesToBeUpToDate: z.boolean().default(true),
  requiredConversationResolution: z.boolean().default(false),
  requireLastPushApproval: z.boolean().default(false),
  requiredCommitSigning: z.boolean().default(false),
  requiredLinearHistory: z.boolean().default(false),
};
const rulesSchema = z.object(protectionInput);
export type ProtectionRules = z.output<typeof rulesSchema> & { enforceAdmins: boolean };

/** Sets the rules, whatever they were. @throws {AtriumError} as `Rest` does. */
export async function protectBranch(
  { rest, owner, repo }: Connection,
  branch: string,
  rules: ProtectionRules,
): Promise<void> {
  const path = protectionPath(owner, repo, branch);
  const contexts = rules.requiredStatusCheckContexts;
  const body = {
    required_status_checks: { strict: rules.requireBranchesToBeUpToDate, contexts },
    enforce_admins: rules.enforceAdmins,
    restrictions: rules.restrictions ?? null,
    required_pull_request_reviews: {
      required_approving_review_count: rules.requiredApprovingReviewCount,
      require_code_owner_reviews: rules.requireCodeOwnerReviews,
      dismiss_stale_reviews: rules.dismissStaleReviews,
      require_last_push_approval: rules.requireLastPushApproval,
      ...(rules.bypassPullRequestAllowances && {
        bypass_pull_request_allowances: rules.bypassPullRequestAllowances,
      }),
    },
    required_conversation_resolution: rules.requiredConversationResolution,
    required_linear_history: rules.requiredLinearHistory,
  };
  await rest.send(path, { method: 'PUT', body });
  if (rules.requiredCommitSigning) await rest.send(`${path}/required_signatures`, { method: 'POST' });
}

/** A free account has no rules for branches of private repositories: said, and no reason to fail. */
export async function protectWherePossible(
  connection: Connection,
  branch: string,
  rules: ProtectionRules,
  { log }: StepContext,
): Promise<void> {
  try {
    await protectBranch(connection, branch, rules);
  } catch (error) {
    if (!(error instanceof AtriumError) || !error.message.includes('Upgrade to GitHub')) throw error;
    log.warn(`${branch} is not protected: ${error.message}`);
  }
}

function protectionPath(owner: string, repo: string, branch: string): string {
  return `/repos/${owner}/${repo}/branches/${encodeURIComponent(branch)}/protection`;
}

const input = z.object({
  ...repositoryInput,
  branch: z.string().optional().describe('The default branch when absent'),
  enforceAdmins: z.boolean().default(true),
  ...protectionInput,
});
const output = z.object({ branch: z.string(), made: z.boolean().describe('No rules were there before') });

export function githubBranchProtection(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:branch-protection:create',
    description: 'Sets the rules of a branch at GitHub.',
    input,
    output,
    missing: missingHost(deps.config, 'github'),
    plan(rules) {
      const { host, owner, repo } = readRepoUrl(rules.repoUrl);
      const { repoUrl: _url, token: _token, branch = 'the default branch', ...detail } = rules;
      const summary = `Protect ${branch} of ${owner}/${repo}`;
      return {
        calls: [{ summary, target: `${host}/${owner}/${repo}`, detail }],
        output: { branch, made: true },
      };
    },
    async run(rules, context) {
      const connection = connect(deps, 'github', rules, context);
      const { rest, owner, repo } = connection;
      const branch = rules.branch ?? (await defaultBranchOf(connection));
      const before = await rest.find(z.unknown(), protectionPath(owner, repo, branch));
      await protectBranch(connection, branch, rules);
      return { output: { branch, made: before === undefined } };
    },
    settle: async () => 'not-done',
    undo: {
      summary: 'Takes the rules of the branch away, where there were none before',
      async run(rules, context, { branch, made }) {
        const { rest, owner, repo } = connect(deps, 'github', rules, context);
        const path = protectionPath(owner, repo, String(branch));
        if (made) await rest.send(path, { method: 'DELETE', accept: [404] });
        else context.log.warn(`${branch} had rules before; they stay as they are now`);
        return undefined;
      },
    },
  });
}

async function defaultBranchOf({ rest, owner, repo }: Connection): Promise<string> {
  const shape = z.looseObject({ default_branch: z.string() });
  return (await rest.read(shape, `/repos/${owner}/${repo}`)).default_branch;
}
