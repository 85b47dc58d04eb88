/** Lists of rows, their facets and the summary. Lists ask again and again, so answers are kept. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import * as contract from './contract.ts';
import { toCsv } from './csv.ts';
import { parseFilters } from './filter.ts';
import { compileFilter } from './filter-sql.ts';
import { sendJson, toJson } from './json-reply.ts';
import type { ResponseCache } from './response-cache.ts';
import { rowFacets, summary } from './row-facets.ts';
import { type RowsDeps, rowBatches, rowsPage } from './rows.ts';

interface RowsRouteDeps extends RowsDeps {
  cache: ResponseCache;
  now: () => Date;
}

const config = { permission: 'catalog.entity.read' } as const;
const tags = ['catalog'];
const csvQuerySchema = contract.rowsQuerySchema.omit({ offset: true, limit: true });

export function registerRows(app: FastifyInstance, deps: RowsRouteDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.rowsQuerySchema> }>(
    '/api/catalog/rows',
    {
      config,
      schema: {
        tags,
        summary: 'A page of entities as rows',
        querystring: contract.rowsQuerySchema,
        response: { 200: contract.rowsSchema },
      },
    },
    async ({ url, query }, reply) =>
      sendJson(reply, await deps.cache.answerOr(url, async () => toJson(await rowsPage(deps, query)))),
  );
  registerCsv(app, deps);
  app.get<{ Querystring: z.infer<typeof contract.facetsQuerySchema> }>(
    '/api/catalog/row-facets',
    {
      config,
      schema: {
        tags,
        summary: 'Values to filter rows by, with their counts',
        querystring: contract.facetsQuerySchema,
        response: { 200: contract.facetsSchema },
      },
    },
    async ({ url, query }, reply) =>
      sendJson(reply, await deps.cache.answerOr(url, async () => toJson(await rowFacets(deps, query)))),
  );
  app.get(
    '/api/catalog/summary',
    {
      config,
      schema: {
        tags,
        summary: 'What there is and what needs care',
        response: { 200: contract.summarySchema },
      },
    },
    async (_request, reply) =>
      sendJson(
        reply,
        await deps.cache.answerOr('/api/catalog/summary', async () => toJson(await summary(deps.db))),
      ),
  );
}

function registerCsv(app: FastifyInstance, deps: RowsRouteDeps): void {
  app.get<{ Querystring: z.infer<typeof csvQuerySchema> }>(
    '/api/catalog/rows.csv',
    { config, schema: { tags, summary: 'All matching rows as CSV', querystring: csvQuerySchema } },
    async ({ query }, reply) => {
      // A filter that can't be read must be answered before the stream has begun.
      compileFilter(parseFilters(query.filter));
      const name = `catalog-${deps.now().toISOString().slice(0, 10)}.csv`;
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Readable.from(toCsv(rowBatches(deps, query))));
    },
  );
}
