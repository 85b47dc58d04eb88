/** What is wrong with documentation in the API, and the pages that alerts lead to. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { readRef } from '../kernel/read-ref.ts';
import * as contract from './contract.ts';
import { listProblems } from './rot/problem-store.ts';
import { runbooksFor } from './runbooks.ts';
import type { DocDb } from './tables.ts';

const tags = ['docs'];
const config = { permission: 'docs.read' } as const;

export function registerProblems(app: FastifyInstance, { db }: { db: Kysely<DocDb> }): void {
  app.get<{ Querystring: z.infer<typeof contract.problemsQuerySchema> }>(
    '/api/docs/problems',
    {
      config,
      schema: {
        tags,
        summary: 'What is wrong with documentation',
        querystring: contract.problemsQuerySchema,
        response: { 200: contract.problemsSchema },
      },
    },
    ({ query: { owner, site, ...query }, principal }) =>
      listProblems(
        db,
        {
          ...query,
          owner: readOwner(owner),
          site: site === undefined ? undefined : readRef(site, { field: 'site' }),
        },
        principal,
      ),
  );
  app.get<{ Querystring: z.infer<typeof contract.runbooksQuerySchema> }>(
    '/api/docs/runbooks',
    {
      config,
      schema: {
        tags,
        summary: 'Pages that tell what to do about an alert',
        querystring: contract.runbooksQuerySchema,
        response: { 200: contract.runbooksSchema },
      },
    },
    async ({ query: { alert, entity } }) => ({
      items: await runbooksFor(db, {
        alert,
        entity: entity === undefined ? undefined : readRef(entity, { kind: 'component', field: 'entity' }),
      }),
    }),
  );
}

/** A filter by owner as requests have it: a ref, or `none` for what nobody owns. */
export function readOwner(owner: string | undefined): string | undefined {
  return owner === undefined || owner === 'none' ? owner : readRef(owner, { kind: 'group', field: 'owner' });
}
