/** A dry run of a template that a client sends along, with the files beside it. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import { annotations, type Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { readTemplate } from '#model/read-template.ts';
import type { Template } from '#model/template.ts';
import { validateEntity } from '#model/validate.ts';
import type { Plan } from './contract.ts';
import { type ActionsApiDeps, starterOf } from './route-deps.ts';
import * as contract from './scaffolder-contract.ts';
import { validateValues } from './template-values.ts';
import { entriesOf, writeInside } from './workspace.ts';

type Body = z.infer<typeof contract.dryRunSchema>;
type Contents = z.infer<typeof contract.dryRunResultSchema>['directoryContents'];

/** As the original takes it. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

export function registerDryRun(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.post<{ Body: Body }>(
    '/api/scaffolder/v2/dry-run',
    {
      bodyLimit: LARGEST_BODY_BYTES,
      config: { permission: 'template.run' },
      schema: {
        tags: ['backstage scaffolder'],
        summary: 'What a template would do; nothing is done outside',
        body: contract.dryRunSchema,
        response: { 200: contract.dryRunResultSchema, 400: contract.taskErrorsSchema },
      },
    },
    async (request, reply) => {
      const template = readGiven(deps, request.body.template);
      const { values, secrets, problems } = validateValues(
        template,
        request.body.values,
        request.body.secrets,
      );
      if (problems.length > 0) {
        return reply.code(400).send({ errors: problems.map(({ message }) => ({ message })) });
      }
      const starter = starterOf(request.principal);
      const checked = { values, secrets, starter, user: null, entity: null, entityBody: null };
      let contents: Contents = [];
      const options = {
        stop: stopOf(reply),
        look: async (folder: string) => {
          contents = await contentsOf(folder);
        },
      };
      const plan = await withFiles(deps, request.body, template, (placed) =>
        deps.runs.planOf({ ...checked, template: placed }, options),
      );
      return resultOf(plan, contents);
    },
  );
}

/** More is more than anybody looks at. */
const MOST_BYTES = 32 * 1024 * 1024;

async function contentsOf(folder: string): Promise<Contents> {
  const files = (await entriesOf(folder)).filter(({ kind }) => kind === 'file');
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES)
    throw new AtriumError('PAYLOAD_TOO_LARGE', 'The files of the dry run are too large');
  const reading = files.map(async ({ path, mode }) => ({
    path,
    executable: (mode & 0o111) !== 0,
    base64Content: await readFile(join(folder, path), 'base64'),
  }));
  return Promise.all(reading);
}

function stopOf(reply: FastifyReply): AbortSignal {
  const stop = new AbortController();
  reply.raw.once('close', () => stop.abort());
  return stop.signal;
}

/** @throws {AtriumError} TEMPLATE_INVALID */
function readGiven({ kinds }: ActionsApiDeps, value: Body['template']): Template {
  const { entity, problems } = validateEntity(value, kinds);
  const reading = entity ? readTemplate(entity) : undefined;
  if (reading?.template) return reading.template;
  const wrong = [...problems, ...(reading?.problems ?? [])].filter(({ level }) => level === 'error');
  throw new AtriumError('TEMPLATE_INVALID', wrong.map(({ message }) => message).join('; '));
}

/** Gives the template the place in which the files that were sent along stand. */
async function withFiles(
  { planSources }: ActionsApiDeps,
  { directoryContents }: Body,
  template: Template,
  use: (placed: Template) => Promise<Plan>,
): Promise<Plan> {
  const folder = join(planSources, randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    for (const { path, base64Content } of directoryContents) {
      await writeInside(folder, path, Buffer.from(base64Content, 'base64'));
    }
    return await use({ ...template, entity: placedIn(template.entity, folder) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function placedIn(entity: Entity, folder: string): Entity {
  const place = `file:${pathToFileURL(folder).pathname}/`;
  const given = { ...entity.metadata.annotations, [annotations.sourceLocation]: place };
  return { ...entity, metadata: { ...entity.metadata, annotations: given } };
}

function resultOf(
  { steps, output }: Plan,
  directoryContents: Contents,
): z.infer<typeof contract.dryRunResultSchema> {
  const log = steps.flatMap(({ id, name, skipped, error, log: lines }) => {
    const status = skipped ? 'skipped' : error === null ? 'completed' : 'failed';
    const message = skipped ? `Skipped ${name}` : error === null ? `Finished ${name}` : `${name}: ${error}`;
    return [
      ...lines.map((line) => ({ body: { message: line, stepId: id } })),
      { body: { message, stepId: id, status } as const },
    ];
  });
  const outline = steps.map(({ id, name, action }) => ({ id, name, action }));
  return { log, directoryContents, output, steps: outline };
}
