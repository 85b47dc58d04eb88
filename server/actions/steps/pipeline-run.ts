/** `pipeline:run`: the steps of a repository's workflow, run on this machine where there is no CI to do it. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { runScript } from '../local/child.ts';
import { readWorkflow, type WorkflowJob } from '../local/workflow.ts';
import type { OutsideAction, StepContext } from '../step-action.ts';
import { inside } from '../workspace.ts';
import type { OwnStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';

const input = z.object({
  repository: z.string().min(1).describe('Address of the repository'),
  revision: z.string().min(1).default('HEAD').describe('Commit, branch or tag'),
  workflow: z.string().min(1).default('.github/workflows/ci.yaml'),
});
const output = z.object({ jobs: z.array(z.string()), seconds: z.number() });

export function pipelineRun({
  repositories,
  local,
  workDir,
}: Pick<OwnStepDeps, 'repositories' | 'local' | 'workDir'>): OutsideAction[] {
  return defineOutside({
    id: 'pipeline:run',
    description: 'Checks a repository out and runs the steps of its workflow on this machine.',
    input,
    output,
    missing: () => local.refused,
    async plan({ repository, workflow }, { workspace }) {
      const text = await readFile(await inside(workspace, workflow), 'utf8').catch(() => undefined);
      const steps = text ? readWorkflow(text).flatMap((job) => job.steps.map(({ name }) => name)) : [];
      const summary = `Run ${workflow} of ${repository} on this machine`;
      return {
        calls: [{ summary, target: repository, detail: { steps } }],
        output: { jobs: [], seconds: 0 },
      };
    },
    async run({ repository, revision, workflow }, context) {
      const address = repositories.addressOf(repository);
      await mkdir(workDir, { recursive: true });
      const holder = await mkdtemp(join(workDir, 'pipeline-'));
      const folder = join(holder, 'files');
      try {
        await repositories.checkOut({ address, place: revision, folder, signal: context.signal });
        const text = await readFile(await inside(folder, workflow), 'utf8').catch(() => {
          throw new AtriumError('STEP_FAILED', `${address} has no ${workflow}`);
        });
        const jobs = readWorkflow(text);
        const began = performance.now();
        for (const job of jobs) await runJob(job, folder, context);
        const seconds = Math.round((performance.now() - began) / 100) / 10;
        return { output: { jobs: jobs.map(({ name }) => name), seconds } };
      } finally {
        await rm(holder, { recursive: true, force: true });
      }
    },
    // It leaves nothing behind, so it is run again.
    settle: async () => 'not-done',
  });
}

async function runJob(
  { name, steps, passedOver }: WorkflowJob,
  folder: string,
  { log, signal }: StepContext,
): Promise<void> {
  for (const step of passedOver) log.warn(`${name}: ${step} needs GitHub, and is passed over`);
  for (const step of steps) {
    log.info(`${name}: ${step.name}`);
    const code = await runScript(step.run, {
      folder: await inside(folder, step.folder),
      env: { CI: 'true', ...step.env },
      signal,
      say: (line) => log.info(line),
    });
    if (code !== 0) throw new AtriumError('STEP_FAILED', `${step.name} of ${name} ended with ${code}`);
  }
}
