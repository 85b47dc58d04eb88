/** Scorecards in the API: the list, and each of them with its heat map, its entities and its trend. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { readRef } from '../kernel/read-ref.ts';
import { listCards, pageOf } from './cards.ts';
import * as contract from './contract.ts';
import { heatMap } from './heat-map.ts';
import { type NamedParams, namedScorecard, type ScorecardApiDeps, viewerOf } from './route-deps.ts';
import { listScores, scoresCsv } from './scores.ts';
import { sourceText } from './source-text.ts';
import { trendOf } from './trend.ts';

const tags = ['scorecards'];
const config = { permission: 'scorecard.read' } as const;
const params = contract.scorecardParamsSchema;

export function registerScorecardApi(app: FastifyInstance, deps: ScorecardApiDeps): void {
  registerCards(app, deps);
  registerText(app, deps);
  registerStandings(app, deps);
}

function registerCards(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get(
    '/api/scorecards',
    { config, schema: { tags, summary: 'Scorecards', response: { 200: contract.scorecardsSchema } } },
    async ({ principal }) => ({
      items: await listCards(deps, viewerOf(deps, principal)),
      leaderboard: deps.leaderboard,
    }),
  );
  app.get<NamedParams>(
    '/api/scorecards/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'One of them, with its rules',
        params,
        response: { 200: contract.scorecardSchema },
      },
    },
    async (request) => {
      const page = await pageOf(deps, request.params, viewerOf(deps, request.principal));
      return { ...page, mayEdit: deps.maintains(request.principal) };
    },
  );
}

function registerText(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get<NamedParams>(
    '/api/scorecards/:namespace/:name/file',
    {
      config,
      schema: {
        tags,
        summary: 'One of them as it was written, with its comments',
        params,
        response: { 200: contract.sourceTextSchema },
      },
    },
    async ({ params: { namespace, name }, principal }) =>
      sourceText(deps, readRef(`scorecard:${namespace}/${name}`), viewerOf(deps, principal)),
  );
}

function registerStandings(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get<NamedParams & { Querystring: z.infer<typeof contract.atQuerySchema> }>(
    '/api/scorecards/:namespace/:name/heat-map',
    {
      config,
      schema: {
        tags,
        summary: 'Rules and teams: how many entities have which result, now or at the end of a day',
        params,
        querystring: contract.atQuerySchema,
        response: { 200: contract.heatMapSchema },
      },
    },
    async (request) => heatMap(deps.db, await namedScorecard(deps, request), request.query.at),
  );
  app.get<NamedParams & { Querystring: z.infer<typeof contract.scoresQuerySchema> }>(
    '/api/scorecards/:namespace/:name/scores',
    {
      config,
      schema: {
        tags,
        summary: 'The entities that it judges, the lowest first',
        params,
        querystring: contract.scoresQuerySchema,
        response: { 200: contract.scoresSchema },
      },
    },
    async (request) => listScores(deps.db, await namedScorecard(deps, request), request.query),
  );
  app.get<NamedParams & { Querystring: z.infer<typeof contract.scoresQuerySchema> }>(
    '/api/scorecards/:namespace/:name/scores.csv',
    {
      config,
      schema: { tags, summary: 'The same as CSV', params, querystring: contract.scoresQuerySchema },
    },
    async (request, reply) => {
      const text = await scoresCsv(deps.db, await namedScorecard(deps, request), request.query);
      const { name } = request.params;
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.csv"`)
        .send(text);
    },
  );
  app.get<NamedParams & { Querystring: z.infer<typeof contract.trendQuerySchema> }>(
    '/api/scorecards/:namespace/:name/trend',
    {
      config,
      schema: {
        tags,
        summary: 'How many entities stood at each level, day by day',
        params,
        querystring: contract.trendQuerySchema,
        response: { 200: contract.trendSchema },
      },
    },
    async (request) => trendOf(deps.db, await namedScorecard(deps, request), request.query, deps.now()),
  );
}
