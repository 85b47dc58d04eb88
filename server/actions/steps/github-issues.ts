/** `github:issues:create` and `github:issues:label`. */
import { z } from 'zod';
import type { OutsideAction } from '../step-action.ts';
import { pathOf } from './github-repository.ts';
import { commentMark, marked } from './made-mark.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { type Connection, connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';

const createInput = z.object({
  ...repositoryInput,
  title: z.string().min(1),
  body: z.string().default(''),
  assignees: z.array(z.string()).default([]),
  milestone: z.union([z.number(), z.string()]).optional().describe('Number of the milestone'),
  labels: z.array(z.string()).default([]),
});
const createOutput = z.object({ issueUrl: z.string(), issueNumber: z.number() });
const labelInput = z.object({
  ...repositoryInput,
  number: z.number().int(),
  labels: z.array(z.string()).min(1),
});

const issueShape = z.looseObject({
  number: z.number(),
  html_url: z.string(),
  body: z.string().nullish(),
  state: z.string(),
});
/** An earlier attempt is moments ago, so its issue is among the newest. */
const PAGES = 3;

export function githubIssuesCreate(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:issues:create',
    description: 'Opens an issue at GitHub.',
    input: createInput,
    output: createOutput,
    missing: missingHost(deps.config, 'github'),
    plan({ repoUrl, title, body, assignees, labels }) {
      const { host, owner, repo } = readRepoUrl(repoUrl);
      const summary = `Open the issue “${title}” in ${owner}/${repo}`;
      const call = {
        summary,
        target: `${host}/${owner}/${repo}`,
        detail: { title, body, assignees, labels },
      };
      return {
        calls: [call],
        output: { issueUrl: `https://${host}/${owner}/${repo}/issues/0`, issueNumber: 0 },
      };
    },
    async run(input, context) {
      const connection = connect(deps, 'github', input, context);
      const found = await ownIssue(connection, context.key);
      if (found) return { output: outputOf(found) };
      const { title, assignees, labels, milestone } = input;
      const body = {
        title,
        body: marked(input.body, context.key),
        assignees,
        labels,
        ...(milestone !== undefined && { milestone: Number(milestone) }),
      };
      const path = `${pathOf(connection)}/issues`;
      return { output: outputOf(await connection.rest.read(issueShape, path, { method: 'POST', body })) };
    },
    async settle(input, context) {
      const found = await ownIssue(connect(deps, 'github', input, context), context.key);
      return found ? { output: outputOf(found) } : 'not-done';
    },
    undo: {
      summary: 'Closes the issue as not planned',
      async run(input, context, { issueNumber }) {
        const connection = connect(deps, 'github', input, context);
        const path = `${pathOf(connection)}/issues/${Number(issueNumber)}`;
        const body = { state: 'closed', state_reason: 'not_planned' };
        await connection.rest.send(path, { method: 'PATCH', body, accept: [404, 410] });
        return undefined;
      },
    },
  });
}

async function ownIssue({ rest, ...of }: Connection, key: string) {
  const query = { state: 'all', sort: 'created', direction: 'desc' };
  const issues = await rest.all(issueShape, `${pathOf(of)}/issues`, query, PAGES);
  return issues.find(({ body }) => body?.includes(commentMark(key)));
}

function outputOf({ html_url, number }: z.output<typeof issueShape>) {
  return { issueUrl: html_url, issueNumber: number };
}

export function githubIssuesLabel(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:issues:label',
    description: 'Puts labels on an issue or pull request at GitHub.',
    input: labelInput,
    missing: missingHost(deps.config, 'github'),
    plan({ repoUrl, number, labels }) {
      const { host, owner, repo } = readRepoUrl(repoUrl);
      const summary = `Put ${labels.join(', ')} on ${owner}/${repo}#${number}`;
      return {
        calls: [{ summary, target: `${host}/${owner}/${repo}`, detail: { number, labels } }],
        output: {},
      };
    },
    async run({ number, labels, ...input }, context) {
      const connection = connect(deps, 'github', input, context);
      const path = `${pathOf(connection)}/issues/${number}/labels`;
      await connection.rest.send(path, { method: 'POST', body: { labels } });
      return { output: {} };
    },
    settle: async () => 'not-done',
  });
}
