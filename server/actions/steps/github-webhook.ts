/** `github:webhook`: who is told of what happens in a repository. */
import { z } from 'zod';
import type { OutsideAction } from '../step-action.ts';
import { pathOf } from './github-repository.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { type Connection, connect, missingHost, readRepoUrl, repositoryInput } from './platform-hosts.ts';

const input = z.object({
  ...repositoryInput,
  webhookUrl: z.url().describe('Address that is told'),
  webhookSecret: z.string().optional().describe('What the other side checks the sender by'),
  events: z.array(z.string()).default(['push']),
  active: z.boolean().default(true),
  contentType: z.enum(['form', 'json']).default('form'),
  insecureSsl: z.boolean().default(false).describe('Whether the certificate of the address is not checked'),
});
const output = z.object({ hookId: z.number(), made: z.boolean().describe('It was not there before') });

const hookShape = z.looseObject({ id: z.number(), config: z.looseObject({ url: z.string().optional() }) });

export function githubWebhook(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'github:webhook',
    description: 'Adds a webhook to a repository at GitHub; one for the same address is set anew.',
    input,
    output,
    missing: missingHost(deps.config, 'github'),
    plan({ repoUrl, webhookUrl, events, contentType }) {
      const { host, owner, repo } = readRepoUrl(repoUrl);
      const { origin, pathname } = new URL(webhookUrl);
      // Its query may be a password.
      const told = `${origin}${pathname}`;
      const summary = `Tell ${told} of ${events.join(', ')} in ${owner}/${repo}`;
      const call = {
        summary,
        target: `${host}/${owner}/${repo}`,
        detail: { address: told, events, contentType },
      };
      return { calls: [call], output: { hookId: 0, made: true } };
    },
    async run(given, context) {
      const connection = connect(deps, 'github', given, context);
      const { events, active } = given;
      const config = {
        url: given.webhookUrl,
        content_type: given.contentType,
        insecure_ssl: given.insecureSsl ? '1' : '0',
        ...(given.webhookSecret && { secret: given.webhookSecret }),
      };
      const body = { name: 'web', events, active, config };
      const path = `${pathOf(connection)}/hooks`;
      const there = await hookTo(connection, given.webhookUrl);
      if (there === undefined) {
        const { id } = await connection.rest.read(hookShape, path, { method: 'POST', body });
        return { output: { hookId: id, made: true } };
      }
      await connection.rest.send(`${path}/${there}`, { method: 'PATCH', body });
      return { output: { hookId: there, made: false } };
    },
    settle: async () => 'not-done',
    undo: {
      summary: 'Removes the webhook, where it was not there before',
      async run(given, context, { hookId, made }) {
        const connection = connect(deps, 'github', given, context);
        const path = `${pathOf(connection)}/hooks/${Number(hookId)}`;
        if (made) await connection.rest.send(path, { method: 'DELETE', accept: [404] });
        else context.log.warn('The webhook was there before this run, and stays');
        return undefined;
      },
    },
  });
}

async function hookTo({ rest, ...of }: Connection, address: string): Promise<number | undefined> {
  const hooks = await rest.all(hookShape, `${pathOf(of)}/hooks`);
  return hooks.find(({ config }) => config.url === address)?.id;
}
