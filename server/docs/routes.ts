/** Documentation in the API: sites, pages as they are read and as they were written, files, search. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { formatRef } from '#model/ref.ts';
import * as contract from './contract.ts';
import { registerFeedback } from './feedback-routes.ts';
import { serveFile } from './files.ts';
import { registerGaps } from './gap-routes.ts';
import { listSites } from './library.ts';
import { markdownPath, pageAt, readPage } from './pages.ts';
import { registerProblems } from './problem-routes.ts';
import type { DocsApiDeps } from './route-deps.ts';
import { answersTo } from './search/answers.ts';
import { answerSite, siteAsList } from './site-answer.ts';
import { registerTechDocs } from './techdocs-routes.ts';

type SiteRoute = {
  Params: { kind: string; namespace: string; name: string };
  Querystring: z.infer<typeof contract.versionQuerySchema>;
};
type PathRoute = SiteRoute & { Params: { '*': string } };

const tags = ['docs'];
const config = { permission: 'docs.read' } as const;
const querystring = contract.versionQuerySchema;

export function registerDocsApi(app: FastifyInstance, deps: DocsApiDeps): void {
  registerSites(app, deps);
  registerPages(app, deps);
  registerTexts(app, deps);
  registerFiles(app, deps);
  registerTechDocs(app, deps);
  registerProblems(app, deps);
  registerFeedback(app, deps);
  registerGaps(app, deps);
  app.get<{ Querystring: z.infer<typeof contract.searchQuerySchema> }>(
    '/api/docs/search',
    {
      config,
      schema: {
        tags,
        summary: 'Passages that answer a search, with where they stand',
        querystring: contract.searchQuerySchema,
        response: { 200: contract.answersSchema },
      },
    },
    async ({ query: { q, site, limit }, principal }) => ({
      items: await answersTo(deps.db, { q, site, limit }, principal),
      indexing: deps.indexing(),
    }),
  );
}

function registerSites(app: FastifyInstance, deps: DocsApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.sitesQuerySchema> }>(
    '/api/docs/sites',
    {
      config,
      schema: {
        tags,
        summary: 'What has documentation',
        querystring: contract.sitesQuerySchema,
        response: { 200: contract.sitesSchema },
      },
    },
    async ({ query, principal }) => ({
      ...(await listSites(deps.db, query, principal)),
      indexing: deps.indexing(),
    }),
  );
  app.get<SiteRoute>(
    '/api/docs/sites/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'A site: its navigation and its versions',
        params: contract.entityParamsSchema,
        querystring,
        response: { 200: contract.siteSchema },
      },
    },
    ({ params, query }) => answerSite(deps, formatRef(params), query.version),
  );
}

function registerPages(app: FastifyInstance, deps: DocsApiDeps): void {
  app.get<PathRoute>(
    '/api/docs/pages/:kind/:namespace/:name/*',
    {
      config,
      schema: {
        tags,
        summary: 'A page, rendered',
        params: contract.pathParamsSchema,
        querystring,
        response: { 200: contract.pageSchema },
      },
    },
    async ({ params, query, principal }) => {
      const asked = { ref: formatRef(params), address: params['*'], version: query.version };
      const page = await readPage(deps, { ...asked, reader: principal });
      deps.views.count(page.ref, page.page);
      return page;
    },
  );
}

/** Pages as they were written, for programs that read. */
function registerTexts(app: FastifyInstance, deps: DocsApiDeps): void {
  app.get<PathRoute>(
    '/api/docs/markdown/:kind/:namespace/:name/*',
    {
      config,
      schema: { tags, summary: 'A page as Markdown', params: contract.pathParamsSchema, querystring },
    },
    async ({ params, query }, reply) => {
      const site = await deps.sites.open(formatRef(params), query.version);
      const { text } = await deps.rendered.source(site, pageAt(site, params['*']));
      return reply.header('content-type', 'text/markdown; charset=utf-8').send(text);
    },
  );
  app.get<SiteRoute>(
    '/api/docs/llms/:kind/:namespace/:name',
    {
      config,
      schema: {
        tags,
        summary: 'The pages of a site as llms.txt',
        params: contract.entityParamsSchema,
        querystring,
      },
    },
    async ({ params, query }, reply) => {
      const site = await deps.sites.open(formatRef(params), query.version);
      const list = siteAsList(site, (page) => `${deps.origin()}${markdownPath(site, { page })}`);
      return reply.header('content-type', 'text/markdown; charset=utf-8').send(list);
    },
  );
  app.get(
    '/api/docs/llms',
    { config, schema: { tags, summary: 'All sites as llms.txt' } },
    async ({ principal }: FastifyRequest, reply) => {
      const { items } = await listSites(deps.db, { offset: 0, limit: 1000 }, principal);
      const lines = items.map(({ ref, title, description }) => {
        const address = `${deps.origin()}/api/docs/llms/${ref.replace(':', '/')}`;
        return `- [${title}](${address})${description ? `: ${description.split('\n')[0]}` : ''}`;
      });
      const text = ['# Documentation', '', '## Sites', '', ...lines, ''].join('\n');
      return reply.header('content-type', 'text/markdown; charset=utf-8').send(text);
    },
  );
}

function registerFiles(app: FastifyInstance, deps: DocsApiDeps): void {
  app.get<PathRoute>(
    '/api/docs/files/:kind/:namespace/:name/*',
    { config, schema: { tags, summary: 'A file of a site', params: contract.pathParamsSchema, querystring } },
    async ({ params, query }, reply) => {
      const site = await deps.sites.open(formatRef(params), query.version);
      const { bytes, type, disposition, name } = await serveFile(deps.files, site, params['*']);
      const named = `${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`;
      return reply.header('content-type', type).header('content-disposition', named).send(bytes);
    },
  );
}
