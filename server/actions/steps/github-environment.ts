/** `github:environment:create`: where the workflows of a repository deploy to. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction } from '../step-action.ts';
import { pathOf } from './github-repository.ts';
import { setVariables } from './github-repository-input.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside, unsupported } from './outside-step.ts';
import { type Connection, connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';

const input = z.object({
  ...repositoryInput,
  name: z.string().min(1),
  deploymentBranchPolicy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .optional(),
  customBranchPolicyNames: z.array(z.string()).default([]),
  customTagPolicyNames: z.array(z.string()).default([]),
  environmentVariables: z.record(z.string(), z.string()).default({}),
  waitTimer: z.number().int().min(0).max(43_200).optional().describe('Minutes before a deployment goes on'),
  preventSelfReview: z.boolean().optional(),
  reviewers: z.array(z.string()).default([]).describe('Refs of users and groups that are named so at GitHub'),
  secrets: unsupported('set the secrets of the environment at GitHub'),
});
type Input = z.output<typeof input>;
const output = z.object({ made: z.boolean().describe('It was not there before') });

export function githubEnvironment(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:environment:create',
    description: 'Makes an environment of a repository at GitHub; one of the same name is set anew.',
    input,
    output,
    missing: missingHost(deps.config, 'github'),
    plan({ repoUrl, name, reviewers, environmentVariables, customBranchPolicyNames: branches }) {
      const { host, owner, repo } = readRepoUrl(repoUrl);
      const summary = `Make the environment ${name} of ${owner}/${repo}`;
      const detail = { reviewers, branches, variables: Object.keys(environmentVariables) };
      return { calls: [{ summary, target: `${host}/${owner}/${repo}`, detail }], output: { made: true } };
    },
    async run(given, context) {
      const connection = connect(deps, 'github', given, context);
      const path = environmentPath(connection, given.name);
      const before = await connection.rest.find(z.unknown(), path);
      await set(connection, path, given);
      return { output: { made: before === undefined } };
    },
    settle: async () => 'not-done',
    undo: {
      summary: 'Removes the environment, where it was not there before',
      async run(given, context, { made }) {
        const connection = connect(deps, 'github', given, context);
        const path = environmentPath(connection, given.name);
        if (made) await connection.rest.send(path, { method: 'DELETE', accept: [404] });
        else context.log.warn(`The environment ${given.name} was there before this run, and stays`);
        return undefined;
      },
    },
  });
}

const environmentPath = (connection: Connection, name: string) =>
  `${pathOf(connection)}/environments/${encodeURIComponent(name)}`;

async function set(connection: Connection, path: string, given: Input): Promise<void> {
  const { rest } = connection;
  const reviewers = [];
  for (const ref of given.reviewers) reviewers.push(await reviewerOf(connection, ref));
  const policies = [
    ...given.customBranchPolicyNames.map((name) => ({ name, type: 'branch' })),
    ...given.customTagPolicyNames.map((name) => ({ name, type: 'tag' })),
  ];
  const custom = { protected_branches: false, custom_branch_policies: true };
  const policy = given.deploymentBranchPolicy ?? (policies.length > 0 ? custom : null);
  const body = {
    deployment_branch_policy: policy,
    ...(given.waitTimer !== undefined && { wait_timer: given.waitTimer }),
    ...(given.preventSelfReview !== undefined && { prevent_self_review: given.preventSelfReview }),
    ...(reviewers.length > 0 && { reviewers }),
  };
  await rest.send(path, { method: 'PUT', body });
  for (const one of policies) {
    // 303: it is there already.
    await rest.send(`${path}/deployment-branch-policies`, { method: 'POST', body: one, accept: [303] });
  }
  await setVariables(rest, `${path}/variables`, given.environmentVariables);
}

async function reviewerOf({ rest, owner, host }: Connection, ref: string) {
  const isGroup = /^group:/i.test(ref);
  const name = ref.replace(/^.*[:/]/, '');
  const path = isGroup ? `/orgs/${owner}/teams/${name}` : `/users/${name}`;
  const found = await rest.find(z.looseObject({ id: z.number() }), path);
  if (!found) throw new AtriumError('STEP_FAILED', `${host} has no ${isGroup ? 'team' : 'user'} ${name}`);
  return { type: isGroup ? 'Team' : 'User', id: found.id };
}
