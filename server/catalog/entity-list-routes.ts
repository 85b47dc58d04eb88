/** Lists of entities: `/entities`, `/entities/by-query`. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  byQueryBodySchema,
  byQuerySchema,
  entitiesQuerySchema,
  entitiesSchema,
  entityPageSchema,
} from './backstage-contract.ts';
import { type BackstageDeps, commaListOf, listOf } from './backstage-deps.ts';
import { cursorPage, type EntityQuery, firstPage, type RefPage, type Window } from './entity-query.ts';
import type { EntityReader } from './entity-reader.ts';
import { concatItems, sendJson } from './json-reply.ts';
import { decodeCursor, parseOrder, parseOrderField } from './order-and-cursor.ts';
import { parseFields } from './projection.ts';

const DEFAULT_PAGE = 200;
/** Page of `GET /entities?after=…` that names none. */
const DEFAULT_AFTER_PAGE = 100;
/** An unbounded list is read and sent in parts of this size. */
const CHUNK = 1000;

const config = { permission: 'catalog.entity.read' } as const;
const tags = ['catalog'];

type ByQuery = z.infer<typeof byQuerySchema>;
type ByQueryBody = z.infer<typeof byQueryBodySchema>;
type EntitiesQuery = z.infer<typeof entitiesQuerySchema>;

export function registerEntityLists(app: FastifyInstance, deps: BackstageDeps, reader: EntityReader): void {
  app.get<{ Querystring: EntitiesQuery }>(
    '/entities',
    {
      config,
      schema: {
        tags,
        summary: 'Entities as a list',
        querystring: entitiesQuerySchema,
        response: { 200: entitiesSchema },
      },
    },
    async (request, reply) => listEntities(deps, reader, request, reply),
  );
  app.get<{ Querystring: ByQuery }>(
    '/entities/by-query',
    {
      config,
      schema: {
        tags,
        summary: 'A page of entities',
        querystring: byQuerySchema,
        response: { 200: entityPageSchema },
      },
    },
    async (request, reply) =>
      sendJson(
        reply,
        await deps.cache.answerOr(request.url, () => answerPage(deps, reader, asked(request.query))),
      ),
  );
  app.post<{ Body: ByQueryBody }>(
    '/entities/by-query',
    {
      config,
      schema: {
        tags,
        summary: 'A page of entities, by predicate',
        body: byQueryBodySchema,
        response: { 200: entityPageSchema },
      },
    },
    async (request, reply) => {
      const { orderBy, limit, offset, fields, totalItems, cursor, query, fullTextFilter } = request.body;
      const key = `${request.url}\n${JSON.stringify(request.body)}`;
      const question: Question = {
        cursor,
        fields: fields ?? [],
        // The key is there in any case: a cursor from here must lead clients back to this endpoint.
        query: { query: query ?? {}, orderFields: orderBy, fullTextFilter },
        window: { limit: limit ?? DEFAULT_PAGE, offset, uncounted: totalItems === 'exclude' },
      };
      return sendJson(reply, await deps.cache.answerOr(key, () => answerPage(deps, reader, question)));
    },
  );
}

interface Question {
  cursor: string | undefined;
  fields: string[];
  query: EntityQuery;
  window: Window;
}

function asked(query: ByQuery): Question {
  const term = query.fullTextFilterTerm;
  return {
    cursor: query.cursor,
    fields: commaListOf(query.fields),
    query: {
      filters: listOf(query.filter),
      orderFields: listOf(query.orderField).map(parseOrderField),
      fullTextFilter:
        term === undefined ? undefined : { term, fields: commaListOf(query.fullTextFilterFields) },
    },
    window: {
      limit: query.limit ?? DEFAULT_PAGE,
      offset: query.offset,
      uncounted: query.totalItems === 'exclude',
    },
  };
}

async function answerPage(deps: BackstageDeps, reader: EntityReader, question: Question): Promise<Buffer> {
  const fields = parseFields(question.fields);
  const page = question.cursor
    ? await cursorPage(deps.db, decodeCursor(question.cursor), question.window.limit)
    : await firstPage(deps, question.query, question.window);
  const items = await readItems(reader, page, fields);
  const { nextCursor, prevCursor, totalItems } = page;
  const pageInfo = JSON.stringify({ nextCursor, prevCursor });
  return concatItems('{"items":[', items, `],"totalItems":${totalItems},"pageInfo":${pageInfo}}`);
}

/** An entity that left between the two queries is left out. */
async function readItems(reader: EntityReader, page: RefPage, fields: string[]): Promise<Buffer[]> {
  return (await reader.read(page.refs, fields)).filter((item) => item !== undefined);
}

async function listEntities(
  deps: BackstageDeps,
  reader: EntityReader,
  { url, query }: { url: string; query: EntitiesQuery },
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields = parseFields(commaListOf(query.fields));
  const limit = query.limit ?? (query.after === undefined ? undefined : DEFAULT_AFTER_PAGE);
  const kept = limit === undefined ? deps.cache.answer(url) : undefined;
  if (kept) {
    return sendJson(reply, kept);
  }
  const version = deps.cache.version;
  const page = await readListPage(deps, query, limit ?? CHUNK);
  const items = await readItems(reader, page, fields);
  if (limit === undefined && page.nextCursor) {
    return reply
      .type('application/json; charset=utf-8')
      .send(Readable.from(allFrom(deps, reader, { page, items, fields })));
  }
  if (page.nextCursor) {
    reply.header('link', `<${nextUrl(url, page.nextCursor)}>; rel="next"`);
  }
  const answer = concatItems('[', items, ']');
  if (limit === undefined) {
    deps.cache.keepAnswer(url, answer, version);
  }
  return sendJson(reply, answer);
}

function readListPage(deps: BackstageDeps, query: EntitiesQuery, limit: number): Promise<RefPage> {
  if (query.after !== undefined) {
    return cursorPage(deps.db, decodeCursor(query.after), limit);
  }
  const question = { filters: listOf(query.filter), orderFields: listOf(query.order).map(parseOrder) };
  return firstPage(deps, question, { limit, offset: query.offset, uncounted: true });
}

function nextUrl(url: string, cursor: string): string {
  const next = new URL(url, 'http://host');
  next.searchParams.delete('offset');
  next.searchParams.set('after', cursor);
  return `${next.pathname}${next.search}`;
}

interface ListSoFar {
  page: RefPage;
  items: Buffer[];
  fields: string[];
}

/** The whole list in chunks, so that its size in memory is bounded. */
async function* allFrom(deps: BackstageDeps, reader: EntityReader, start: ListSoFar): AsyncGenerator<Buffer> {
  let { page, items } = start;
  let opening = '[';
  for (;;) {
    if (items.length > 0) {
      yield concatItems(opening, items, '');
      opening = ',';
    }
    if (page.nextCursor === undefined) {
      break;
    }
    page = await cursorPage(deps.db, decodeCursor(page.nextCursor), CHUNK);
    items = await readItems(reader, page, start.fields);
  }
  yield Buffer.from(opening === '[' ? '[]' : ']');
}
