/** The routes of Backstage's TechDocs, for what links to them or waits for them; see backstage-compat §11. */
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import { formatRef } from '#model/ref.ts';
import * as contract from './contract.ts';
import { serveFile } from './files.ts';
import { pageAt } from './pages.ts';
import type { DocsApiDeps } from './route-deps.ts';
import type { Site } from './site/site.ts';

type EntityRoute = { Params: { kind: string; namespace: string; name: string } };
type FileRoute = { Params: z.infer<typeof contract.pathParamsSchema> };

const tags = ['techdocs'];
const config = { permission: 'docs.read' } as const;
const params = contract.entityParamsSchema;

export function registerTechDocs(app: FastifyInstance, deps: DocsApiDeps): void {
  app.get<EntityRoute>(
    '/api/techdocs/metadata/techdocs/:namespace/:kind/:name',
    {
      config,
      schema: {
        tags,
        summary: 'What a site is called, and its files',
        params,
        response: { 200: contract.techDocsSchema },
      },
    },
    async ({ params: named }) => metadataOf(await deps.sites.open(formatRef(named)), deps.now()),
  );
  app.get<EntityRoute>(
    '/api/techdocs/sync/:namespace/:kind/:name',
    { config, schema: { tags, summary: 'Whether a site is built: it always is', params } },
    async (request, reply) => {
      await deps.sites.open(formatRef(request.params));
      const stream = app.eventStreams.open(request, reply);
      // There is nothing to build, so whoever waits for it has waited long enough.
      stream.write('event: finish\ndata: {"updated":false}\n\n');
      stream.end();
    },
  );
  app.get<FileRoute>(
    '/api/techdocs/static/docs/:namespace/:kind/:name/*',
    {
      config,
      schema: { tags, summary: 'A page as HTML, or a file of a site', params: contract.pathParamsSchema },
    },
    async ({ params: named }, reply) => {
      const site = await deps.sites.open(formatRef(named));
      return sendStatic(deps, site, named['*'], reply);
    },
  );
}

function metadataOf(site: Site, now: Date): z.infer<typeof contract.techDocsSchema> {
  const stamps = [...site.pages.values()].map(({ page, stamp }) => `${page} ${stamp}`);
  return {
    site_name: site.title,
    ...(site.description === null ? {} : { site_description: site.description }),
    build_timestamp: now.getTime(),
    etag: hash('sha256', stamps.join('\n')),
    files: [
      ...[...site.pages.keys()].map(htmlPath),
      ...[...site.files.keys()].filter((path) => !/\.md$/.test(path)),
    ],
  };
}

/** Where MkDocs writes a page: `guide/index.html` for `guide`. */
function htmlPath(page: string): string {
  return page === '' ? 'index.html' : `${page}/index.html`;
}

async function sendStatic(
  deps: DocsApiDeps,
  site: Site,
  path: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (path !== '' && !/(^|\/)index\.html$/.test(path)) {
    const { bytes, type } = await serveFile(deps.files, site, path);
    return reply.header('content-type', type).send(bytes);
  }
  const page = pageAt(site, path.replace(/\/?index\.html$/, ''));
  const { html, title } = await deps.rendered.of(site, page);
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body><article class="md-content__inner">${html}</article></body></html>`;
  return reply.header('content-type', 'text/html; charset=utf-8').send(text);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
