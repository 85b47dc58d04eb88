/** The API of the Backstage scaffolder: what scripts and clients written for it find here. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import { isRecord } from '#model/value-words.ts';
import { type ActionsApiDeps, managedRun, starterOf } from './route-deps.ts';
import { followRun, sendRun } from './run-stream.ts';
import type { RunEvent } from './runs/run-reader.ts';
import type { RunRow } from './runs/run-write.ts';
import * as contract from './scaffolder-contract.ts';
import { registerDryRun } from './scaffolder-dry-run.ts';
import { statesOfStatus, taskEventOf, taskOf } from './scaffolder-tasks.ts';

const tags = ['backstage scaffolder'];
const base = '/api/scaffolder/v2';
/** How long a client that asks for events waits for the next. */
const LONG_POLL_MS = 30_000;

type TaskPath = { Params: z.infer<typeof contract.taskPathSchema> };

export function registerScaffolderApi(app: FastifyInstance, deps: ActionsApiDeps): void {
  registerDescriptions(app, deps);
  registerCreate(app, deps);
  registerTasks(app, deps);
  registerTaskEvents(app, deps);
  registerDryRun(app, deps);
  registerExtensions(app);
}

function registerDescriptions(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.get<{ Params: z.infer<typeof contract.templatePathSchema> }>(
    `${base}/templates/:namespace/:kind/:name/parameter-schema`,
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        summary: 'The form of a template',
        params: contract.templatePathSchema,
        response: { 200: contract.parameterSchemaSchema },
      },
    },
    async ({ params: { namespace, kind, name } }) => {
      const { template, entity } = await deps.templates.stored(`${kind}:${namespace}/${name}`);
      if (!template) throw new AtriumError('TEMPLATE_INVALID', `${name} can’t be read`);
      const { presentation } = entity.spec ?? {};
      return {
        title: template.title,
        ...(template.description === null ? {} : { description: template.description }),
        ...(isRecord(presentation) ? { presentation } : {}),
        steps: template.pages.map(({ title, description, schema }) => ({
          title,
          ...(description === null ? {} : { description }),
          schema,
        })),
      };
    },
  );
  app.get(
    `${base}/actions`,
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        summary: 'What steps can do',
        response: { 200: contract.scaffolderActionsSchema },
      },
    },
    async () =>
      [...deps.actions.values()]
        .map(({ id, description, input, output }) => ({ id, description, schema: { input, output } }))
        .sort((a, b) => a.id.localeCompare(b.id, 'en')),
  );
}

function registerCreate(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.post<{ Body: z.infer<typeof contract.createTaskSchema> }>(
    `${base}/tasks`,
    {
      config: {
        permission: 'template.run',
        target: ({ body }) => readTemplateRef((body as { templateRef: string }).templateRef),
      },
      schema: {
        tags,
        summary: 'Starts a template',
        body: contract.createTaskSchema,
        response: { 201: contract.taskIdSchema, 400: contract.taskErrorsSchema },
      },
    },
    async (request, reply) => {
      const { templateRef: template, values, secrets } = request.body;
      request.auditDetail = { target: template };
      const starter = starterOf(request.principal);
      try {
        const id = await deps.runs.start({ template, values, secrets, starter });
        const { input } = await deps.runs.reader.row(id);
        request.auditDetail = { target: `run:${id}`, after: { template, values: input } };
        return reply.code(201).send({ id });
      } catch (error) {
        return refuse(reply, error);
      }
    },
  );
}

/** In the shape in which its clients look for what is wrong with a form. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof AtriumError) || error.code !== 'INPUT_INVALID') throw error;
  return reply.code(400).send({ errors: error.message.split('; ').map((message) => ({ message })) });
}

function readTemplateRef(text: string): string | undefined {
  try {
    return canonicalRef(text, { kind: 'template' });
  } catch {
    return undefined;
  }
}

function registerTasks(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.tasksQuerySchema> }>(
    `${base}/tasks`,
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'Tasks',
        querystring: contract.tasksQuerySchema,
        response: { 200: contract.tasksSchema },
      },
    },
    async ({ query: { createdBy, status, order, limit, offset } }) => {
      const { rows, total } = await deps.runs.reader.rows({
        startedBy: createdBy === undefined ? undefined : [createdBy].flat(),
        states: status === undefined ? undefined : [status].flat().flatMap(statesOfStatus),
        order: [order ?? []].flat(),
        limit,
        offset,
      });
      return { tasks: rows.map(taskOf), totalTasks: total };
    },
  );
  app.get<TaskPath>(
    `${base}/tasks/:taskId`,
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'A task',
        params: contract.taskPathSchema,
        response: { 200: contract.taskSchema },
      },
    },
    async ({ params }) => taskOf(await deps.runs.reader.row(params.taskId)),
  );
  app.post<TaskPath>(
    `${base}/tasks/:taskId/cancel`,
    {
      config: { permission: 'run.manage' },
      schema: {
        tags,
        summary: 'Stops a task',
        params: contract.taskPathSchema,
        response: { 200: contract.cancelledSchema },
      },
    },
    async (request) => {
      const { id } = await managedRun(deps, request, request.params.taskId);
      await deps.runs.cancel(id, request.principal.name);
      return { status: 'cancelled' as const };
    },
  );
  app.post<TaskPath & { Body: z.output<typeof contract.retryTaskSchema> }>(
    `${base}/tasks/:taskId/retry`,
    {
      config: { permission: 'run.manage' },
      schema: {
        tags,
        summary: 'Goes on from the step that failed',
        params: contract.taskPathSchema,
        body: contract.retryTaskSchema,
        response: { 201: contract.taskIdSchema },
      },
    },
    async (request, reply) => {
      const { id } = await managedRun(deps, request, request.params.taskId);
      await deps.runs.retry(id, request.principal.name, request.body.secrets);
      return reply.code(201).send({ id });
    },
  );
}

function registerTaskEvents(app: FastifyInstance, deps: ActionsApiDeps): void {
  const schema = { tags, params: contract.taskPathSchema, querystring: contract.taskEventsQuerySchema };
  type Route = TaskPath & { Querystring: z.infer<typeof contract.taskEventsQuerySchema> };
  app.get<Route>(
    `${base}/tasks/:taskId/eventstream`,
    { config: { permission: 'run.read' }, schema: { ...schema, summary: 'Events of a task, as they come' } },
    async (request, reply) => {
      const { id } = await deps.runs.reader.row(request.params.taskId);
      const after = request.query.after ?? 0;
      await sendRun(deps, app.eventStreams.open(request, reply), {
        id,
        after,
        frame(event, row) {
          const { type, ...rest } = taskEventOf(event, row);
          return `event: ${type}\ndata: ${JSON.stringify({ ...rest, type })}\n\n`;
        },
      });
    },
  );
  app.get<Route>(
    `${base}/tasks/:taskId/events`,
    {
      config: { permission: 'run.read' },
      schema: {
        ...schema,
        summary: 'Events of a task; waits for the next where there is none',
        response: { 200: contract.taskEventsSchema },
      },
    },
    async ({ params, query }, reply) => {
      await deps.runs.reader.row(params.taskId);
      return nextEvents(deps, params.taskId, query.after ?? 0, reply);
    },
  );
}

async function nextEvents(deps: ActionsApiDeps, id: string, after: number, reply: FastifyReply) {
  let found: ReturnType<typeof taskEventOf>[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  await followRun(deps, id, after, {
    until(end) {
      stop = end;
      timer = setTimeout(end, LONG_POLL_MS);
      reply.raw.once('close', end);
    },
    take(events: RunEvent[], row: RunRow) {
      found = events.map((event) => taskEventOf(event, row));
      stop();
    },
  });
  clearTimeout(timer);
  return found;
}

function registerExtensions(app: FastifyInstance): void {
  app.post<{ Params: z.infer<typeof contract.autocompletePathSchema> }>(
    `${base}/autocomplete/:provider/:resource`,
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        summary: 'Proposals for a field',
        params: contract.autocompletePathSchema,
        body: contract.autocompleteBodySchema,
        response: { 200: contract.autocompleteSchema },
      },
    },
    async ({ params: { provider } }) => {
      throw new AtriumError('INPUT_INVALID', `Unsupported provider: ${provider}`);
    },
  );
  app.get(
    `${base}/templating-extensions`,
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        summary: 'Filters and functions beyond the built-in ones',
        response: { 200: contract.templatingExtensionsSchema },
      },
    },
    async () => ({ filters: {}, globals: { functions: {}, values: {} } }),
  );
}
