/** `deploy:local`: a service as a process of this machine, answering on loopback. */
import { z } from 'zod';
import type { OutsideAction } from '../step-action.ts';
import type { OwnStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';

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
}: Pick<OwnStepDeps, 'repositories' | 'local'>): OutsideAction[] {
  return defineOutside({
    id: 'deploy:local',
    description: 'Starts a service as a process of this machine, and waits until it answers.',
    input,
    output,
    missing: () => local.refused,
    async plan({ name, command }) {
      const summary = `Start ${name} on this machine, on a free port of loopback`;
      const calls = [{ summary, target: 'local', detail: { command } }];
      return { calls, output: { url: 'http://127.0.0.1', port: 0 } };
    },
    async run({ repository, revision: place, name, command, healthPath }, { key, log, signal }) {
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
      async run(_input, { key }) {
        await local.remove(key);
        return undefined;
      },
    },
  });
}
