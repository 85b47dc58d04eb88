/** Search: Atrium's own `/api/search`, and `/api/search/query` for what speaks to Backstage. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { searchDocumentsQuerySchema, searchDocumentsSchema } from './backstage-contract.ts';
import { type BackstageDeps, listOf } from './backstage-deps.ts';
import { searchQuerySchema, searchSchema } from './contract.ts';
import { allOf, type Condition } from './filter.ts';
import { compileFilter } from './filter-sql.ts';
import { sendJson, toJson } from './json-reply.ts';
import { decodeJson, encodeCursor } from './order-and-cursor.ts';
import { type Hit, search } from './search.ts';

type DocumentsQuery = z.infer<typeof searchDocumentsQuerySchema>;

const config = { permission: 'catalog.entity.read' } as const;
const tags = ['search'];
const DOCUMENT_TYPE = 'software-catalog';

export function registerSearch(app: FastifyInstance, deps: BackstageDeps): void {
  app.get<{ Querystring: z.infer<typeof searchQuerySchema> }>(
    '/api/search',
    {
      config,
      schema: {
        tags,
        summary: 'Ranked search',
        querystring: searchQuerySchema,
        response: { 200: searchSchema },
      },
    },
    async (request, reply) => {
      const { q, kind, limit } = request.query;
      const where = compileFilter(kindFilter(listOf(kind)));
      const read = async () => toJson(await search(deps.db, q, where, { offset: 0, limit }));
      return sendJson(reply, await deps.cache.answerOr(request.url, read));
    },
  );
  app.get<{ Querystring: DocumentsQuery }>(
    '/api/search/query',
    {
      config,
      schema: {
        tags,
        summary: 'Search documents',
        querystring: searchDocumentsQuerySchema,
        response: { 200: searchDocumentsSchema },
      },
    },
    async (request, reply) => {
      const read = async () => toJson(await searchDocuments(deps, request.query));
      return sendJson(reply, await deps.cache.answerOr(request.url, read));
    },
  );
}

function kindFilter(kinds: string[]): Condition {
  return kinds.length === 0
    ? allOf([])
    : { op: 'in', key: 'kind', values: kinds.map((kind) => kind.toLowerCase()) };
}

async function searchDocuments(
  { db }: BackstageDeps,
  query: DocumentsQuery,
): Promise<z.infer<typeof searchDocumentsSchema>> {
  const types = valuesUnder(query, 'types').map(({ value }) => value);
  if (types.length > 0 && !types.includes(DOCUMENT_TYPE)) {
    return { results: [], numberOfResults: 0 };
  }
  const { pageLimit, term } = query;
  const page = query.pageCursor === undefined ? 0 : decodePage(query.pageCursor);
  const offset = page * pageLimit;
  const where = compileFilter(documentFilter(query));
  const { items, total } = await search(db, term, where, { offset, limit: pageLimit });
  return {
    results: items.map((hit, index) => ({
      type: DOCUMENT_TYPE,
      document: toDocument(hit),
      rank: offset + index + 1,
    })),
    ...(offset + items.length < total &&
      items.length > 0 && { nextPageCursor: encodeCursor({ page: page + 1 }) }),
    ...(page > 0 && { previousPageCursor: encodeCursor({ page: page - 1 }) }),
    numberOfResults: total,
  };
}

/** What the documents of Backstage can be filtered by, and the filter key that it is here. */
const documentFilters: Record<string, string> = {
  kind: 'kind',
  type: 'spec.type',
  componentType: 'spec.type',
  lifecycle: 'spec.lifecycle',
  namespace: 'metadata.namespace',
  name: 'metadata.name',
  owner: 'owner',
};

function documentFilter(query: DocumentsQuery): Condition {
  const byKey = new Map<string, string[]>();
  for (const { key, value } of valuesUnder(query, 'filters')) {
    const known = documentFilters[key];
    if (known === undefined) {
      throw new AtriumError('FILTER_INVALID', `Search can't be filtered by "${key}"`);
    }
    byKey.set(known, [...(byKey.get(known) ?? []), value.toLowerCase()]);
  }
  return allOf([...byKey].map(([key, values]) => ({ op: 'in', key, values })));
}

/** Reads `name`, `name[]`, `name[0]`, `name[key]` and `name[key][0]`; the key is empty for lists. */
function valuesUnder(query: DocumentsQuery, name: string): { key: string; value: string }[] {
  return Object.entries(query).flatMap(([parameter, value]) => {
    const key = parameter === name ? '' : /^\[([^\]]*)\](\[\d*\])?$/.exec(parameter.slice(name.length))?.[1];
    if (!parameter.startsWith(name) || key === undefined) {
      return [];
    }
    const values: unknown[] = [value].flat();
    return values.filter((item) => typeof item === 'string').map((item) => ({ key, value: item }));
  });
}

/** @throws {AtriumError} CURSOR_INVALID */
function decodePage(text: string): number {
  const cursor = decodeJson(text);
  const page = typeof cursor === 'object' && cursor !== null && 'page' in cursor ? cursor.page : undefined;
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 0 || page > 10_000) {
    throw new AtriumError('CURSOR_INVALID', 'The page cursor is not one that this server gave out');
  }
  return page;
}

function toDocument({ kind, namespace, name, title, description, type, lifecycle, owner }: Hit) {
  return {
    title: title ?? name,
    text: description ?? '',
    location: `/catalog/${namespace}/${kind.toLowerCase()}/${name}`,
    kind,
    namespace,
    name,
    type: type ?? 'other',
    lifecycle: lifecycle ?? '',
    owner: owner ?? '',
  };
}
