/** What readers say of pages in the API: whether one was useful, and what is wrong with it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { formatRef } from '#model/ref.ts';
import * as contract from './contract.ts';
import { closeReport, type ReportDeps, report } from './feedback/reports.ts';
import { sayUseful } from './feedback/useful.ts';
import { pageAt } from './pages.ts';
import type { Sites } from './sites.ts';

export interface FeedbackApiDeps extends ReportDeps {
  sites: Sites;
  /** Told of a site of which readers say something else than before. */
  onSaid: (ref: string) => void;
  /** Of the portal, as browsers name it. */
  origin: () => string;
}

const tags = ['docs'];
const respond = { permission: 'docs.respond' } as const;
type PathRoute = { Params: z.infer<typeof contract.pathParamsSchema> };
type ReportRoute = { Params: z.infer<typeof contract.reportParamsSchema> };

export function registerFeedback(app: FastifyInstance, deps: FeedbackApiDeps): void {
  app.post<PathRoute & { Body: z.infer<typeof contract.usefulBodySchema> }>(
    '/api/docs/useful/:kind/:namespace/:name/*',
    {
      config: respond,
      schema: {
        tags,
        summary: 'Says whether a page was useful',
        params: contract.pathParamsSchema,
        body: contract.usefulBodySchema,
      },
    },
    async (request, reply) => {
      const { ref, page } = await pageOf(deps, request);
      const { useful } = request.body;
      await sayUseful(deps.db, { ref, page: page.page, reader: request.principal.id, useful }, deps.now());
      request.auditDetail = { target: ref, after: { page: page.page, useful } };
      deps.onSaid(ref);
      return reply.code(204).send();
    },
  );
  app.post<PathRoute & { Body: z.infer<typeof contract.reportBodySchema> }>(
    '/api/docs/reports/:kind/:namespace/:name/*',
    {
      config: respond,
      schema: {
        tags,
        summary: 'Reports what is wrong with a page',
        params: contract.pathParamsSchema,
        body: contract.reportBodySchema,
        response: { 200: contract.reportedSchema },
      },
    },
    async (request) => {
      const { ref, page } = await pageOf(deps, request);
      const { id, name } = request.principal;
      const { report: kept, note } = await report(deps, {
        ...{ ref, page: page.page, title: page.title, path: page.real },
        ...{ reader: { id, name }, comment: request.body.comment, selection: request.body.selection },
        address: `${deps.origin()}/docs/${ref.replace(':', '/')}/${encodeURI(page.page)}`,
      });
      request.auditDetail = { target: ref, after: { page: kept.page, report: kept.id, issue: kept.issue } };
      deps.onSaid(ref);
      return { issue: kept.issue, note };
    },
  );
  registerClosing(app, deps);
}

function registerClosing(app: FastifyInstance, deps: FeedbackApiDeps): void {
  app.post<ReportRoute>(
    '/api/docs/reports/:id/close',
    {
      config: {
        permission: 'docs.report.close',
        // A report that isn't there is told by the handler, to whoever may know.
        target: async (request: FastifyRequest) => {
          const { id } = request.params as ReportRoute['Params'];
          const found = deps.db.selectFrom('doc_report').select('ref').where('id', '=', id);
          return (await found.executeTakeFirst())?.ref;
        },
      },
      schema: {
        tags,
        summary: 'Closes what a reader reported, and its issue',
        params: contract.reportParamsSchema,
      },
    },
    async (request, reply) => {
      const { ref, id, page } = await closeReport(deps, request.params.id);
      request.auditDetail = { target: ref, after: { page, report: id, closed: true } };
      deps.onSaid(ref);
      return reply.code(204).send();
    },
  );
}

/** The page as it is now; where the entity shows the documentation of another, it is that one's. */
async function pageOf({ sites }: FeedbackApiDeps, { params }: FastifyRequest<PathRoute>) {
  const site = await sites.open(formatRef(params));
  return { ref: site.ref, page: pageAt(site, params['*']) };
}
