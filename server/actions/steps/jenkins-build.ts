/** `jenkins:build`. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { ActionsConfig } from '../../kernel/actions-config.ts';
import type { OutsideAction, StepContext, StepWait } from '../step-action.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { Rest } from './rest.ts';

/** A build is found again by the value of this parameter, where the job has it. */
const KEY = 'ATRIUM_KEY';
const POLL_MS = 10_000;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const input = z.object({
  jobName: z.string().min(1).describe('With its folders: `platform/deploy`'),
  jobParameters: z.record(z.string(), scalar).default({}),
  wait: z
    .boolean()
    .default(false)
    .describe(`Whether it waits for the end; the job needs a text parameter ${KEY}`),
});
type Input = z.output<typeof input>;
const output = z.object({
  queueUrl: z.string().optional().describe('Where the build stands in line'),
  buildNumber: z.number().optional(),
  buildUrl: z.string().optional(),
  result: z.string().optional().describe('SUCCESS, when it was waited for'),
});

const valueShape = z.looseObject({ name: z.string().optional(), value: z.unknown() });
const actionsShape = z
  .array(z.looseObject({ parameters: z.array(valueShape).optional() }).nullable())
  .default([]);
const buildShape = z.looseObject({
  number: z.number(),
  url: z.string(),
  building: z.boolean().default(false),
  result: z.string().nullish(),
  actions: actionsShape,
});
const definitionShape = z.looseObject({
  parameterDefinitions: z.array(z.looseObject({ name: z.string() })).optional(),
});
const jobShape = z.looseObject({
  buildable: z.boolean().default(true),
  property: z.array(definitionShape.nullable()).default([]),
  builds: z.array(buildShape).default([]),
});
const queueShape = z.looseObject({
  items: z.array(z.looseObject({ id: z.number(), url: z.string(), actions: actionsShape })).default([]),
});
const JOB_TREE =
  'buildable,property[parameterDefinitions[name]],builds[number,url,building,result,actions[parameters[name,value]]]{0,100}';
const QUEUE_TREE = 'items[id,url,actions[parameters[name,value]]]';

export const missingJenkins = ({ jenkins }: ActionsConfig) =>
  jenkins
    ? null
    : 'Jenkins is not configured: set actions.jenkins to { url: https://…, user: NAME, token: { env: JENKINS_TOKEN } } in the configuration file';

export function jenkinsBuild(deps: OutsideStepDeps, now: () => Date): OutsideAction[] {
  return defineOutside({
    id: 'jenkins:build',
    aliases: ['jenkins:job:build'],
    description: 'Builds a job of Jenkins.',
    input,
    output,
    missing: () => missingJenkins(deps.config),
    plan({ jobName, jobParameters, wait }) {
      const target = deps.config.jenkins?.url ?? null;
      const detail = { parameters: jobParameters, wait };
      return { calls: [{ summary: `Build ${jobName} in Jenkins`, target, detail }], output: {} };
    },
    async run(given, context): Promise<{ output: z.input<typeof output> } | StepWait> {
      const rest = connect(deps, context);
      const job = await rest.read(jobShape, pathOf(given), { query: { tree: JOB_TREE } });
      const hasKey = parametersOf(job).includes(KEY);
      if (given.wait && !hasKey) {
        const words = `${given.jobName} has no text parameter ${KEY}, which its build is found by: add it, or do not wait`;
        throw new AtriumError('STEP_FAILED', words);
      }
      const found = await ownBuild(rest, job, context.key);
      if (found) return outcome(found, given, now);
      const queueUrl = await start(rest, given, {
        hasParameters: parametersOf(job).length > 0,
        hasKey,
        context,
      });
      return outcome({ queueUrl }, given, now);
    },
    async settle(given, context) {
      const rest = connect(deps, context);
      const job = await rest.read(jobShape, pathOf(given), { query: { tree: JOB_TREE } });
      if (!parametersOf(job).includes(KEY)) return 'unknown';
      const found = await ownBuild(rest, job, context.key);
      // Running it again takes what is there, and waits for it.
      return found && !given.wait ? { output: found } : 'not-done';
    },
  });
}

function connect({ config, fetch }: OutsideStepDeps, { signal }: StepContext): Rest {
  const { jenkins } = config;
  if (!jenkins) throw new AtriumError('STEP_FAILED', missingJenkins(config) ?? '');
  const { user, token, url } = jenkins;
  const login = Buffer.from(`${user}:${token.reveal()}`).toString('base64');
  const headers = { authorization: `Basic ${login}` };
  return new Rest(fetch, { name: 'Jenkins', base: url.replace(/\/+$/, ''), headers }, signal);
}

function jobPath({ jobName }: Input): string {
  const parts = jobName.split('/').filter(Boolean);
  return parts.map((part) => `/job/${encodeURIComponent(part)}`).join('');
}

const pathOf = (given: Input) => `${jobPath(given)}/api/json`;

function parametersOf({ property }: z.output<typeof jobShape>): string[] {
  return property.flatMap((one) => one?.parameterDefinitions?.map(({ name }) => name) ?? []);
}

function hasKeyOf(actions: z.output<typeof actionsShape>, key: string): boolean {
  return actions.some((one) => one?.parameters?.some(({ name, value }) => name === KEY && value === key));
}

interface Started {
  queueUrl?: string;
  buildNumber?: number;
  buildUrl?: string;
  build?: z.output<typeof buildShape>;
}

async function ownBuild(
  rest: Rest,
  job: z.output<typeof jobShape>,
  key: string,
): Promise<Started | undefined> {
  const build = job.builds.find(({ actions }) => hasKeyOf(actions, key));
  if (build) return { buildNumber: build.number, buildUrl: build.url, build };
  const queue = await rest.read(queueShape, '/queue/api/json', { query: { tree: QUEUE_TREE } });
  const item = queue.items.find(({ actions }) => hasKeyOf(actions, key));
  return item && { queueUrl: item.url };
}

async function start(
  rest: Rest,
  given: Input,
  { hasParameters, hasKey, context }: { hasParameters: boolean; hasKey: boolean; context: StepContext },
): Promise<string> {
  const values = Object.entries({ ...given.jobParameters, ...(hasKey && { [KEY]: context.key }) });
  const form = new URLSearchParams(values.map(([name, value]) => [name, String(value)]));
  const { headers } = await rest.send(
    `${jobPath(given)}/${hasParameters ? 'buildWithParameters' : 'build'}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      once: !hasKey,
    },
  );
  return headers.location ?? '';
}

function outcome({ build, ...started }: Started, { wait, jobName }: Input, now: () => Date) {
  const place = Object.fromEntries(Object.entries(started).filter(([, value]) => value !== ''));
  if (!wait) return { output: place };
  if (!build || build.building || !build.result) {
    return { wait: `Waits for the build of ${jobName}`, until: new Date(now().getTime() + POLL_MS) };
  }
  if (build.result === 'SUCCESS') return { output: { ...place, result: build.result } };
  throw new AtriumError(
    'STEP_FAILED',
    `Build ${build.number} of ${jobName} ended with ${build.result}: ${build.url}`,
  );
}
