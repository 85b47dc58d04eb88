/** `deploy:local`: a service as a process of this machine, answering on loopback. */
import { z } from 'zod';
import { jsonSchemaOf, parseInput } from '../define-step.ts';
import type { OutsideAction } from '../step-action.ts';
import type { OwnStepDeps } from './outside-deps.ts';

const input = z.object({
  repository: z.string().min(1).describe('Address of the repository'),
  revision: z.string().min(1).default('HEAD').describe('Commit, branch or tag'),
  name: z.string().min(1),
  command: z.string().min(1).describe('Shell command that starts it; it is told its port as PORT'),
  healthPath: z.string().startsWith('/').default('/').describe('It is up when this answers'),
});
const output = z.object({ url: z.string(), port: z.number().int() });

export function deployLocal({
  repositories,
  local,
}: Pick<OwnStepDeps, 'repositories' | 'local'>): OutsideAction {
  return {
    id: 'deploy:local',
    description: 'Starts a service as a process of this machine, and waits until it answers.',
    effect: 'outside',
    input: jsonSchemaOf(input),
    output: jsonSchemaOf(output),
    missing: () => local.refused,
    async plan(context) {
      const { name, command } = parseInput(input, context.input);
      const summary = `Start ${name} on this machine, on a free port of loopback`;
      return {
        calls: [{ summary, target: 'local', detail: { command } }],
        output: { url: 'http://127.0.0.1', port: 0 },
      };
    },
    async run({ input: given, key, log, signal }) {
      const { repository, revision: place, name, command, healthPath } = parseInput(input, given);
      const address = repositories.addressOf(repository);
      const { port } = await local.deploy({ key, name, command, healthPath }, (folder) =>
        repositories.checkOut({ address, place, folder, signal }),
      );
      const url = `http://127.0.0.1:${port}`;
      log.info(`${name} answers at ${url}${healthPath}`);
      return { output: { url, port } };
    },
    // To deploy again for the same key finds what runs, or starts it anew.
    settle: async () => 'not-done',
    undo: {
      summary: 'Stops the process and removes its files',
      async run({ key }) {
        await local.remove(key);
        return undefined;
      },
    },
  };
}
