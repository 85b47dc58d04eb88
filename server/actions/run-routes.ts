/** Runs in the API: start, look, and what can be done with one. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import * as contract from './contract.ts';
import { type ActionsApiDeps, managedRun, mayManage, starterOf } from './route-deps.ts';
import { sendRun } from './run-stream.ts';
import { targetOfStart } from './template-routes.ts';

const tags = ['actions'];
type Params = { Params: z.infer<typeof contract.runParamsSchema> };

export function registerRunApi(app: FastifyInstance, deps: ActionsApiDeps): void {
  registerStart(app, deps);
  registerLook(app, deps);
  registerEvents(app, deps);
  registerManage(app, deps);
}

function registerStart(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.post<{ Body: z.infer<typeof contract.startBodySchema> }>(
    '/api/runs',
    {
      config: { permission: 'template.run', target: targetOfStart },
      schema: {
        tags,
        summary: 'Starts an action',
        body: contract.startBodySchema,
        response: { 201: contract.startedSchema },
      },
    },
    async (request, reply) => {
      request.auditDetail = { target: request.body.template };
      const id = await deps.runs.start({ ...request.body, starter: starterOf(request.principal) });
      const { template, entity, input } = await deps.runs.reader.row(id);
      request.auditDetail = { target: `run:${id}`, after: { template, entity, values: input } };
      return reply.code(201).send({ id });
    },
  );
}

function registerLook(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.runsQuerySchema> }>(
    '/api/runs',
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'Runs, newest first',
        querystring: contract.runsQuerySchema,
        response: { 200: contract.runsSchema },
      },
    },
    ({ query }) => deps.runs.reader.list(query),
  );
  app.get<Params>(
    '/api/runs/:id',
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'One run, with its steps',
        params: contract.runParamsSchema,
        response: { 200: contract.runSchema },
      },
    },
    async ({ params, principal }) => {
      const row = await deps.runs.reader.row(params.id);
      return deps.runs.reader.run(row, await mayManage(deps, principal, row));
    },
  );
}

function registerEvents(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.get<Params & { Querystring: z.infer<typeof contract.runEventsQuerySchema> }>(
    '/api/runs/:id/events',
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'What happened in a run',
        params: contract.runParamsSchema,
        querystring: contract.runEventsQuerySchema,
        response: { 200: contract.runEventsSchema },
      },
    },
    async ({ params, query }) => {
      await deps.runs.reader.row(params.id);
      return { items: await deps.runs.reader.events(params.id, query.after) };
    },
  );
  app.get<Params & { Querystring: z.infer<typeof contract.runEventsQuerySchema> }>(
    '/api/runs/:id/stream',
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'Server-sent events: what happened and happens in a run, of type `log`, `step` and `run`',
        params: contract.runParamsSchema,
        querystring: contract.runEventsQuerySchema,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await deps.runs.reader.row(id);
      const after = Number(request.headers['last-event-id'] ?? request.query.after);
      await sendRun(deps, app.eventStreams.open(request, reply), {
        id,
        after: Number.isInteger(after) ? after : 0,
        frame: (event) => `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`,
        last: ({ state }) => `event: end\ndata: ${JSON.stringify({ state })}\n\n`,
      });
    },
  );
}

function registerManage(app: FastifyInstance, deps: ActionsApiDeps): void {
  const { runs } = deps;
  const answer = { 200: contract.runSchema };
  const looked = async (id: string) => runs.reader.run(await runs.reader.row(id), true);
  app.post<Params>(
    '/api/runs/:id/cancel',
    {
      config: { permission: 'run.manage' },
      schema: { tags, summary: 'Stops a run', params: contract.runParamsSchema, response: answer },
    },
    async (request) => {
      const { id } = await managedRun(deps, request, request.params.id);
      await runs.cancel(id, request.principal.name);
      return looked(id);
    },
  );
  app.post<Params & { Body: z.infer<typeof contract.retryBodySchema> }>(
    '/api/runs/:id/retry',
    {
      config: { permission: 'run.manage' },
      schema: {
        tags,
        summary: 'Goes on from the step that failed',
        params: contract.runParamsSchema,
        body: contract.retryBodySchema,
        response: answer,
      },
    },
    async (request) => {
      const { id } = await managedRun(deps, request, request.params.id);
      await runs.retry(id, request.principal.name, request.body.secrets);
      return looked(id);
    },
  );
  app.post<Params>(
    '/api/runs/:id/roll-back',
    {
      config: { permission: 'run.manage' },
      schema: {
        tags,
        summary: 'Takes back what a run made, in reverse order',
        params: contract.runParamsSchema,
        response: answer,
      },
    },
    async (request) => {
      const { id } = await managedRun(deps, request, request.params.id);
      await runs.rollBack(id, request.principal.name);
      return looked(id);
    },
  );
  registerAnswer(app, deps);
}

function registerAnswer(app: FastifyInstance, deps: ActionsApiDeps): void {
  const { runs } = deps;
  app.post<{
    Params: z.infer<typeof contract.runStepParamsSchema>;
    Body: z.infer<typeof contract.answerBodySchema>;
  }>(
    '/api/runs/:id/steps/:step/answer',
    {
      config: { permission: 'run.manage' },
      schema: {
        tags,
        summary: 'Says whether a step that a process ended in had been done',
        params: contract.runStepParamsSchema,
        body: contract.answerBodySchema,
        response: { 200: contract.runSchema },
      },
    },
    async (request) => {
      const { body, params, principal } = request;
      const { id } = await managedRun(deps, request, params.id);
      await runs.answer(id, { step: params.step, ...body }, principal.name);
      request.auditDetail.after = { step: params.step, answer: body.answer };
      return runs.reader.run(await runs.reader.row(id), true);
    },
  );
}
