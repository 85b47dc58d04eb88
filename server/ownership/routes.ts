/** Ownership in the API: teams, who answers for what, who is on call. Requests and debt have files of their own. */

import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { ResponseCache } from '../catalog/index.ts';
import { readRef } from '../kernel/read-ref.ts';
import { calendarOf } from './calendar.ts';
import { ownershipChanges } from './changes.ts';
import * as contract from './contract.ts';
import { type DebtApiDeps, registerDebt } from './debt-routes.ts';
import { type EntityOwnershipDeps, entityOwnership } from './entity-ownership.ts';
import type { GapTracker } from './gaps.ts';
import { mineOf } from './mine.ts';
import { onCallOf, readGroup } from './on-call.ts';
import { type RequestApiDeps, registerRequests } from './request-routes.ts';
import { teamPage } from './team-page.ts';
import { readTeams } from './teams.ts';

export type OwnershipApiDeps = EntityOwnershipDeps &
  RequestApiDeps &
  DebtApiDeps & { cache: ResponseCache; gaps: Pick<GapTracker, 'list'> };

type RefParams = { Params: z.infer<typeof contract.refParamsSchema> };

const refOfParams = ({ kind, namespace, name }: RefParams['Params']) =>
  readRef(`${kind}:${namespace}/${name}`);

/** Expects the app to have the zod compilers and the error handler of the kernel. */
export function registerOwnershipApi(app: FastifyInstance, deps: OwnershipApiDeps): void {
  registerTeams(app, deps);
  registerEntities(app, deps);
  registerLists(app, deps);
  registerOnCall(app, deps);
  registerRequests(app, deps);
  registerDebt(app, deps);
}

function registerTeams(app: FastifyInstance, deps: OwnershipApiDeps): void {
  const config = { permission: 'team.read' } as const;
  const tags = ['teams'];
  app.get(
    '/api/teams',
    {
      config,
      schema: { tags, summary: 'Teams and what they own', response: { 200: contract.teamsSchema } },
    },
    async (_request, reply) => {
      const json = await deps.cache.answerOr('/api/teams', async () =>
        Buffer.from(JSON.stringify(await readTeams(deps.db))),
      );
      return reply.header('content-type', 'application/json; charset=utf-8').send(json);
    },
  );
  app.get<RefParams>(
    '/api/teams/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'One team',
        params: contract.refParamsSchema,
        response: { 200: contract.teamPageSchema },
      },
    },
    ({ params, principal }) => teamPage(deps, refOfParams(params), principal),
  );
}

const tags = ['ownership'];
const config = { permission: 'ownership.read' } as const;

function registerEntities(app: FastifyInstance, deps: OwnershipApiDeps): void {
  app.get<RefParams>(
    '/api/ownership/entities/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Who owns, approves and is on call for an entity, and whom to ask',
        params: contract.refParamsSchema,
        response: { 200: contract.entityOwnershipSchema },
      },
    },
    ({ params, principal }) => entityOwnership(deps, refOfParams(params), principal),
  );
  app.get(
    '/api/ownership/mine',
    {
      config,
      schema: { tags, summary: 'What concerns whoever asks', response: { 200: contract.mineSchema } },
    },
    ({ principal }) => mineOf(deps, principal),
  );
}

function registerLists(app: FastifyInstance, { db, gaps }: OwnershipApiDeps): void {
  const querystring = contract.listQuerySchema;
  app.get<{ Querystring: z.infer<typeof querystring> }>(
    '/api/ownership/gaps',
    {
      config,
      schema: {
        tags,
        summary: 'What nobody who exists owns, and since when',
        querystring,
        response: { 200: contract.gapsSchema },
      },
    },
    ({ query }) => gaps.list(query.limit),
  );
  app.get<{ Querystring: z.infer<typeof querystring> }>(
    '/api/ownership/changes',
    {
      config,
      schema: {
        tags,
        summary: 'Which owner passed what to whom, newest first',
        querystring,
        response: { 200: contract.ownershipChangesSchema },
      },
    },
    async ({ query }) => ({ items: await ownershipChanges(db, query.limit) }),
  );
}

function registerOnCall(app: FastifyInstance, deps: OwnershipApiDeps): void {
  const { db, now } = deps;
  const params = contract.refParamsSchema;
  app.get<RefParams>(
    '/api/on-call/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Who is on call for a group, and who is next',
        params,
        response: { 200: contract.onCallSchema },
      },
    },
    async (request) => onCallOf(deps, await readGroup(db, refOfParams(request.params))),
  );
  app.get<RefParams>(
    '/api/on-call/:kind/:namespace/:name/calendar.ics',
    { config, schema: { tags, summary: 'The rotation of a group as iCalendar', params } },
    async (request, reply) => {
      const group = await readGroup(db, refOfParams(request.params));
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('content-disposition', `attachment; filename="${encodeURIComponent(group.name)}.ics"`)
        .send(await calendarOf(db, group, now()));
    },
  );
}
