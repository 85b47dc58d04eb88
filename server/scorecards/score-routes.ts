/** Scores in the API: of an entity, of a team, of all teams; who moved; gates and badges. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Permission } from '#model/permissions.ts';
import { type EntityRefParts, formatRef } from '#model/ref.ts';
import { badge, toneOf } from './badge.ts';
import * as contract from './contract.ts';
import { levelNow, passGate } from './gate.ts';
import { laddersOf } from './ladder.ts';
import { type EntityParams, type ScorecardApiDeps, shownCards } from './route-deps.ts';
import { oweForRule } from './rule-debt.ts';
import { leaderboard, listChanges, teamScores } from './team-scores.ts';

const tags = ['scores'];
const config = { permission: 'scorecard.read' } as const;
const params = contract.entityParamsSchema;

export function registerScoreApi(app: FastifyInstance, deps: ScorecardApiDeps): void {
  registerLadders(app, deps);
  registerDebt(app, deps);
  registerTeams(app, deps);
  registerGate(app, deps);
  registerBadge(app, deps);
}

function registerLadders(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get<EntityParams>(
    '/api/scores/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Where an entity stands, why, and what to do first',
        params,
        response: { 200: contract.laddersSchema },
      },
    },
    async ({ params: named, principal }) => {
      const mayStart = deps.verdict(principal, 'template.run') !== 'never';
      const items = await laddersOf(deps, await shownCards(deps, principal), formatRef(named), mayStart);
      const may = (permission: Permission) => deps.verdict(principal, permission) !== 'never';
      return {
        items,
        mayRequestExemption: may('exemption.request'),
        mayAddDebt: may('debt.write'),
      };
    },
  );
  app.get<{ Querystring: z.infer<typeof contract.changesQuerySchema> }>(
    '/api/scores/changes',
    {
      config,
      schema: {
        tags,
        summary: 'Promotions and demotions, the latest first',
        querystring: contract.changesQuerySchema,
        response: { 200: contract.changesSchema },
      },
    },
    async ({ query, principal }) => ({
      items: await listChanges(deps.db, await shownCards(deps, principal), query),
    }),
  );
}

function registerDebt(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.post<EntityParams & { Body: z.infer<typeof contract.owedBodySchema> }>(
    '/api/scores/:kind/:namespace/:name/debt',
    {
      config: { permission: 'debt.write', target: ({ params: named }) => formatRef(named as EntityRefParts) },
      schema: {
        tags,
        summary: 'Adds a failing rule to the register of debt; it is paid when the rule passes',
        params,
        body: contract.owedBodySchema,
        response: { 201: contract.owedSchema },
      },
    },
    async (request, reply) => {
      const { params: named, body, principal } = request;
      const entity = formatRef(named);
      const cards = await shownCards(deps, principal);
      const owed = await oweForRule(deps, cards, { entity, ...body, by: principal.id });
      request.auditDetail = { target: entity, after: { ...body, ...owed } };
      deps.registerChanged([entity]);
      return reply.code(201).send(owed);
    },
  );
}

function registerTeams(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get<EntityParams>(
    '/api/scores/teams/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Where a team stands, and what it should do next',
        params,
        response: { 200: contract.teamScoresSchema },
      },
    },
    async ({ params: named, principal }) =>
      teamScores(deps.db, await shownCards(deps, principal), formatRef(named)),
  );
  app.get(
    '/api/scores/leaderboard',
    {
      config,
      schema: {
        tags,
        summary: 'Teams by what they have reached',
        response: { 200: contract.leaderboardSchema },
      },
    },
    async ({ principal }) => ({
      items: deps.leaderboard
        ? await leaderboard(deps.db, await shownCards(deps, principal), deps.now())
        : [],
    }),
  );
}

function registerGate(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.post<{ Body: z.infer<typeof contract.gateBodySchema> }>(
    '/api/scores/gate',
    {
      config,
      bodyLimit: 2 * 1024 * 1024,
      schema: {
        tags,
        summary:
          'Whether an entity is good enough, as it is or with the facts of a checkout; nothing is kept',
        body: contract.gateBodySchema,
        response: { 200: contract.gateSchema },
      },
    },
    async ({ body }) => passGate(deps, body),
  );
}

function registerBadge(app: FastifyInstance, deps: ScorecardApiDeps): void {
  app.get<EntityParams & { Querystring: z.infer<typeof contract.badgeQuerySchema> }>(
    '/api/badges/:kind/:namespace/:name.svg',
    {
      config,
      schema: {
        tags,
        summary: 'A badge (SVG) that says which level an entity has',
        params,
        querystring: contract.badgeQuerySchema,
      },
    },
    async ({ params: named, query, principal }, reply) => {
      const cards = (await shownCards(deps, principal)).filter(({ scorecard }) => !scorecard.draft);
      const ref = query.scorecard ?? cards[0]?.ref;
      const card = cards.find((one) => one.ref === ref);
      const { level, levels } = card
        ? await levelNow(deps, card.ref, formatRef(named))
        : { level: null, levels: [] };
      const words = {
        label: card?.scorecard.title ?? 'Scorecard',
        value: card ? (level ?? 'no level') : 'unknown',
        tone: card ? toneOf(levels.indexOf(level ?? ''), levels.length) : ('none' as const),
      };
      return reply
        .header('content-type', 'image/svg+xml; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(badge(words));
    },
  );
}
