/** Templates in the API: the gallery, the form of each, what it would do, and what is wrong with one. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { canonicalRef } from '#model/ref.ts';
import * as contract from './contract.ts';
import { type ActionsApiDeps, starterOf, viewerOf } from './route-deps.ts';
import type { StepAction } from './step-action.ts';
import { checkTemplate } from './template-check.ts';
import { outlineOf, wordsOf } from './templates.ts';

const tags = ['actions'];

export function registerTemplateApi(app: FastifyInstance, deps: ActionsApiDeps): void {
  registerGallery(app, deps);
  registerPlan(app, deps);
  registerEditor(app, deps);
}

function registerGallery(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.templatesQuerySchema> }>(
    '/api/templates',
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        summary: 'Actions that can be started',
        querystring: contract.templatesQuerySchema,
        response: { 200: contract.templatesSchema },
      },
    },
    async ({ query: { q, tag, for: target }, principal }) => {
      const query = { q, tags: tag === undefined ? [] : [tag].flat(), for: target };
      return { items: await deps.templates.cards(query, viewerOf(deps, principal)) };
    },
  );
  app.get<{
    Params: z.infer<typeof contract.templateParamsSchema>;
    Querystring: z.infer<typeof contract.templateQuerySchema>;
  }>(
    '/api/templates/:namespace/:name',
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        summary: 'One of them, with its form',
        params: contract.templateParamsSchema,
        querystring: contract.templateQuerySchema,
        response: { 200: contract.templateSchema },
      },
    },
    ({ params: { namespace, name }, query, principal }) =>
      deps.templates.page(`template:${namespace}/${name}`, query, viewerOf(deps, principal)),
  );
}

/** The entity that is acted on; where there is none, the template itself. */
export function targetOfStart(request: FastifyRequest): string | undefined {
  const { entity, template } = request.body as z.infer<typeof contract.startBodySchema>;
  try {
    return entity ?? canonicalRef(template, { kind: 'template' });
  } catch {
    return undefined;
  }
}

function registerPlan(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.post<{ Body: z.infer<typeof contract.startBodySchema> }>(
    '/api/templates/plan',
    {
      config: { permission: 'template.run', target: targetOfStart },
      schema: {
        tags,
        summary: 'What a run would do: its files, its calls and who must approve; nothing is done',
        body: contract.startBodySchema,
        response: { 200: contract.planSchema },
      },
    },
    async (request, reply) => {
      const { template, values, secrets, entity } = request.body;
      request.auditDetail = { target: template, after: { plan: true } };
      const stop = new AbortController();
      reply.raw.once('close', () => stop.abort());
      const starter = starterOf(request.principal);
      return deps.runs.plan({ template, values, secrets, entity, starter }, stop.signal);
    },
  );
}

function registerEditor(app: FastifyInstance, deps: ActionsApiDeps): void {
  app.post<{ Body: z.infer<typeof contract.validateTemplateBodySchema> }>(
    '/api/templates/validate',
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        summary: 'What is wrong with the text of a template, and the form that it makes',
        body: contract.validateTemplateBodySchema,
        response: { 200: contract.validateTemplateSchema },
      },
    },
    async ({ body: { text } }) => {
      const { template, problems } = await checkTemplate(text, deps);
      if (!template) return { template: null, problems };
      const card = {
        ...wordsOf({ ref: template.ref, entity: template.entity, template }),
        owner: null,
        runs: 0,
        succeeded: 0,
        obstacles: [],
        mayStart: false,
      };
      return { template: { ...outlineOf(template), card, defaults: {} }, problems };
    },
  );
  app.get(
    '/api/step-actions',
    {
      config: { permission: 'template.read' },
      schema: { tags, summary: 'What steps can do', response: { 200: contract.stepActionsSchema } },
    },
    async () => ({
      items: [...deps.actions.values()].map(describe).sort((a, b) => a.id.localeCompare(b.id, 'en')),
    }),
  );
}

function describe(action: StepAction): z.infer<typeof contract.stepActionSchema> {
  const { id, description, effect, input, output } = action;
  const setup = action.effect === 'outside' ? (action.missing?.() ?? null) : null;
  const undo = action.effect === 'outside' ? (action.undo?.summary ?? null) : null;
  return { id, description, effect, input, output, undo, configured: setup === null, setup };
}
