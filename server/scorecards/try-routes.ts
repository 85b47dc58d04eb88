/** Writing standards, in the API: what can be named, what is wrong, what would change. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import * as contract from './contract.ts';
import { functions, variables } from './engine/environment.ts';
import type { ScorecardApiDeps } from './route-deps.ts';
import { checkText, impactOf, tryCheck } from './try-out.ts';

const tags = ['scorecards'];
const config = { permission: 'scorecard.try' } as const;

export function registerTryApi(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get(
    '/api/scorecards/vocabulary',
    {
      config,
      schema: { tags, summary: 'What rules can ask about', response: { 200: contract.vocabularySchema } },
    },
    async () => ({
      variables: [...variables],
      functions: [...functions],
      facts: (await deps.factKinds.all()).map(({ name, title, description, schema }) => ({
        ...{ name, title, description, schema },
      })),
    }),
  );
  app.post<{ Body: z.infer<typeof contract.checkTextBodySchema> }>(
    '/api/scorecards/check',
    {
      config,
      schema: {
        tags,
        summary: 'What is wrong with the text of a scorecard',
        body: contract.checkTextBodySchema,
        response: { 200: contract.checkedSchema },
      },
    },
    async ({ body }) => {
      const { problems, rules } = await checkText(deps, body.text);
      return { problems, rules };
    },
  );
  app.post<{ Body: z.infer<typeof contract.tryBodySchema> }>(
    '/api/scorecards/try',
    {
      config,
      schema: {
        tags,
        summary: 'What a rule says of some entities',
        body: contract.tryBodySchema,
        response: { 200: contract.triedSchema },
      },
    },
    async ({ body }) => tryCheck(deps, body),
  );
  app.post<{ Body: z.infer<typeof contract.checkTextBodySchema> }>(
    '/api/scorecards/impact',
    {
      config,
      schema: {
        tags,
        summary: 'Who would change if the text of a scorecard were published; nothing is kept',
        body: contract.checkTextBodySchema,
        response: { 200: contract.impactSchema },
      },
    },
    async ({ body }) => impactOf(deps, body.text),
  );
}
