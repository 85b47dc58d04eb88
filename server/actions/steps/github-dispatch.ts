/** `github:actions:dispatch`: starts a workflow of a repository. */
import { z } from 'zod';
import type { OutsideAction } from '../step-action.ts';
import { pathOf } from './github-repository.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';

const input = z.object({
  ...repositoryInput,
  workflowId: z.union([z.string().min(1), z.number()]).describe('File name or number of the workflow'),
  branchOrTagName: z.string().min(1),
  workflowInputs: z.record(z.string(), z.unknown()).default({}),
});

/** GitHub takes nothing that a workflow could be found by later, so a person is asked when nobody saw it begin. */
export function githubActionsDispatch(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:actions:dispatch',
    description: 'Starts a workflow of a repository at GitHub.',
    input,
    missing: missingHost(deps.config, 'github'),
    plan({ repoUrl, workflowId, branchOrTagName: ref, workflowInputs: inputs }) {
      const { host, owner, repo } = readRepoUrl(repoUrl);
      const summary = `Start the workflow ${workflowId} of ${owner}/${repo} on ${ref}`;
      return {
        calls: [{ summary, target: `${host}/${owner}/${repo}`, detail: { ref, inputs } }],
        output: {},
      };
    },
    async run({ workflowId, branchOrTagName: ref, workflowInputs: inputs, ...given }, context) {
      const connection = connect(deps, 'github', given, context);
      const path = `${pathOf(connection)}/actions/workflows/${encodeURIComponent(workflowId)}/dispatches`;
      await connection.rest.send(path, { method: 'POST', body: { ref, inputs }, once: true });
      return { output: {} };
    },
  });
}
