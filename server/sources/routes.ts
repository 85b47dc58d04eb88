/** The API of sources: how they are, what is wrong in them, what left with them. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { Catalog } from '../catalog/index.ts';
import { readRef } from '../kernel/read-ref.ts';
import * as contract from './contract.ts';
import type { SourceManager } from './manager.ts';
import type { PartOverview, Removed, SourceProblem, SourceStore } from './store.ts';

export interface SourceApiDeps {
  manager: SourceManager;
  catalog: Catalog;
  store: SourceStore;
  now: () => Date;
}

const read = { permission: 'source.read' } as const;
const tags = ['sources'];
const idParamsSchema = z.object({ id: z.string() });
type ById = { Params: z.infer<typeof idParamsSchema> };

const MOST_PROBLEMS = 1000;
const MOST_PARTS = 500;
const MOST_REMOVED = 500;

export function registerSourceApi(app: FastifyInstance, deps: SourceApiDeps): void {
  const { manager, store } = deps;
  app.get(
    '/api/sources',
    {
      config: read,
      schema: { tags, summary: 'All sources and how they are', response: { 200: contract.sourcesSchema } },
    },
    () => manager.view(),
  );
  app.get(
    '/api/sources/problems',
    {
      config: read,
      schema: { tags, summary: 'What is wrong in all sources', response: { 200: contract.problemsSchema } },
    },
    async () => ({ items: (await store.problems(MOST_PROBLEMS)).map(answerProblem) }),
  );
  app.get<ById>(
    '/api/sources/:id',
    {
      config: read,
      schema: {
        tags,
        summary: 'One source, its parts and what is wrong in them',
        params: idParamsSchema,
        response: { 200: contract.sourceDetailSchema },
      },
    },
    async ({ params: { id } }) => ({
      source: await sourceOf(deps, id),
      problems: (await store.problems(MOST_PROBLEMS, id)).map(answerProblem),
      parts: (await store.partsOf(id, MOST_PARTS)).map(answerPart),
    }),
  );
  registerSync(app, deps);
  registerRemoved(app, deps);
}

function registerSync(app: FastifyInstance, deps: SourceApiDeps): void {
  app.post<ById>(
    '/api/sources/:id/sync',
    {
      config: { permission: 'source.sync' },
      schema: {
        tags,
        summary: 'Read a source anew, now',
        params: idParamsSchema,
        response: { 200: contract.sourceSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      request.auditDetail = { target: `source:${id}` };
      if (!deps.manager.syncNow(id)) throw unknown(id);
      return sourceOf(deps, id);
    },
  );
}

function registerRemoved(app: FastifyInstance, { catalog, store, manager }: SourceApiDeps): void {
  app.get(
    '/api/sources/removed',
    {
      config: read,
      schema: {
        tags,
        summary: 'What left and can be brought back',
        response: { 200: contract.removedSchema },
      },
    },
    async () => ({
      items: (await store.removed(MOST_REMOVED)).map((item) => answerRemoved(item, manager.undoHours)),
    }),
  );
  app.post<{ Body: z.infer<typeof contract.restoreBodySchema> }>(
    '/api/sources/restore',
    {
      config: { permission: 'source.restore' },
      schema: {
        tags,
        summary: 'Bring back what left',
        body: contract.restoreBodySchema,
        response: { 200: contract.restoreSchema },
      },
    },
    async (request) => {
      const refs = [...new Set(request.body.refs.map((ref) => readRef(ref)))];
      request.auditDetail = { target: refs.join(' ') };
      const restored = await catalog.restore(refs);
      request.auditDetail.after = { restored };
      return { restored };
    },
  );
}

async function sourceOf({ manager }: SourceApiDeps, id: string): Promise<contract.SourceView> {
  const source = (await manager.view()).sources.find((each) => each.id === id);
  if (!source) throw unknown(id);
  return source;
}

function unknown(id: string): AtriumError {
  return new AtriumError('SOURCE_NOT_FOUND', `There is no source ${id}`);
}

function answerProblem({ source, part, problem }: SourceProblem) {
  const { ref = null, ...rest } = problem;
  return { ...rest, ref, source, part };
}

function answerPart({ part, entities, readAt, revision, failed }: PartOverview) {
  return { part, entities, readAt: readAt.toISOString(), revision, failed };
}

function answerRemoved({ at, ...removed }: Removed, undoHours: number) {
  return {
    ...removed,
    at: at.toISOString(),
    until: new Date(at.getTime() + undoHours * 3_600_000).toISOString(),
  };
}
