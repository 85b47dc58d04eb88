/** Searches without an answer in the API. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { readRef } from '../kernel/read-ref.ts';
import * as contract from './contract.ts';
import { changeGap, type GapDeps, getGap, listGaps, noteGap } from './feedback/gaps.ts';
import { readOwner } from './problem-routes.ts';

export interface GapApiDeps extends GapDeps {
  /** Whether there is something that search does not find yet. */
  indexing: () => boolean;
  /** Open pages show gaps. */
  tell: (id: string) => void;
}

const tags = ['docs'];
type GapRoute = { Params: z.infer<typeof contract.gapParamsSchema> };

export function registerGaps(app: FastifyInstance, deps: GapApiDeps): void {
  app.get<{ Querystring: z.infer<typeof contract.gapsQuerySchema> }>(
    '/api/docs/gaps',
    {
      config: { permission: 'docs.read' },
      schema: {
        tags,
        summary: 'Searches without an answer, and who should write it down',
        querystring: contract.gapsQuerySchema,
        response: { 200: contract.gapsSchema },
      },
    },
    async ({ query: { owner, closed } }) => ({
      items: await listGaps(deps.db, { owner: readOwner(owner), closed }),
    }),
  );
  app.post<{ Body: z.infer<typeof contract.gapBodySchema> }>(
    '/api/docs/gaps',
    {
      config: { permission: 'docs.respond' },
      schema: {
        tags,
        summary: 'Notes a search; one that has an answer is no gap',
        body: contract.gapBodySchema,
        response: { 200: contract.notedGapSchema },
      },
    },
    async (request) => {
      const { q, site } = request.body;
      const ref = site === undefined ? '' : readRef(site, { field: 'site' });
      if (ref !== '') await checkSite(deps, ref);
      // What is not read yet can't be missing.
      const gap = deps.indexing() ? null : await noteGap(deps, { q, site: ref }, request.principal);
      request.auditDetail = {
        ...(ref !== '' && { target: ref }),
        after: { search: q, gap: gap?.id ?? null },
      };
      if (gap) deps.tell(gap.id);
      return { gap };
    },
  );
  registerChange(app, deps);
}

function registerChange(app: FastifyInstance, deps: GapApiDeps): void {
  app.post<GapRoute & { Body: z.infer<typeof contract.gapChangeSchema> }>(
    '/api/docs/gaps/:id',
    {
      config: { permission: 'docs.gap.decide' },
      schema: {
        tags,
        summary: 'Hands a gap on, or closes it',
        params: contract.gapParamsSchema,
        body: contract.gapChangeSchema,
        response: { 200: contract.gapSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { owner, close } = request.body;
      const before = await getGap(deps.db, id);
      const to = owner === undefined ? undefined : readRef(owner, { kind: 'group', field: 'owner' });
      const after = await changeGap(deps, id, { owner: to, close }, request.principal.id);
      const told = ({ query, owner: of, closed }: typeof after) => ({
        query,
        owner: of?.ref ?? null,
        closed,
      });
      request.auditDetail = { target: `gap:${id}`, before: told(before), after: told(after) };
      deps.tell(id);
      return after;
    },
  );
}

async function checkSite({ db }: GapApiDeps, ref: string): Promise<void> {
  const row = await db.selectFrom('entity').select('ref').where('ref', '=', ref).executeTakeFirst();
  if (!row) throw new AtriumError('ENTITY_NOT_FOUND', `There is no entity ${ref}`);
}
