/** Reading the audit: a page, a file, and whether it is intact. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Audit } from './audit.ts';
import { auditCsv, auditJson } from './audit-export.ts';
import { readAll, readPage } from './audit-store.ts';
import * as contract from './contract.ts';
import type { AccessTables } from './tables.ts';

export interface AuditApiDeps {
  db: Kysely<AccessTables>;
  audit: Audit;
  now: () => Date;
}

const config = { permission: 'audit.read' } as const;
const tags = ['audit'];
const types = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

export function registerAuditApi(app: FastifyInstance, { db, audit, now }: AuditApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.auditQuerySchema> }>(
    '/api/audit',
    {
      config,
      schema: {
        tags,
        summary: 'Who did what, newest first',
        querystring: contract.auditQuerySchema,
        response: { 200: contract.auditSchema },
      },
    },
    ({ query: { before, limit, ...filter } }) => readPage(db, filter, { before, limit }),
  );
  app.get<{ Querystring: z.infer<typeof contract.auditExportQuerySchema> }>(
    '/api/audit/export',
    {
      config,
      schema: {
        tags,
        summary: 'All matching entries as a file, oldest first',
        querystring: contract.auditExportQuerySchema,
      },
    },
    ({ query: { format, ...filter } }, reply) => {
      const name = `audit-${now().toISOString().slice(0, 10)}.${format}`;
      const entries = readAll(db, filter);
      return reply
        .header('content-type', types[format])
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Readable.from(format === 'csv' ? auditCsv(entries) : auditJson(entries)));
    },
  );
  app.get(
    '/api/audit/verify',
    {
      config,
      schema: {
        tags,
        summary: 'Whether every entry is as it was written, and none is missing',
        response: { 200: contract.auditVerificationSchema },
      },
    },
    () => audit.verify(),
  );
}
