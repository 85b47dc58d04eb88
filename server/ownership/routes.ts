/** Teams: who owns what, and who is named as an owner but isn't known. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { parseRef } from '#model/ref.ts';
import type { CatalogTables, ResponseCache } from '../catalog/index.ts';
import { teamsSchema } from './contract.ts';
import { counts, type Owned, owned, storedTeams } from './store.ts';

export interface TeamApiDeps {
  db: Kysely<CatalogTables>;
  cache: ResponseCache;
}

type Teams = z.infer<typeof teamsSchema>;
type Team = Teams['teams'][number];

export function registerTeamApi(app: FastifyInstance, { db, cache }: TeamApiDeps): void {
  app.get(
    '/api/teams',
    {
      config: { permission: 'team.read' },
      schema: { tags: ['teams'], summary: 'Teams and what they own', response: { 200: teamsSchema } },
    },
    async (_request, reply) => {
      const json = await cache.answerOr('/api/teams', async () =>
        Buffer.from(JSON.stringify(await readTeams(db))),
      );
      return reply.header('content-type', 'application/json; charset=utf-8').send(json);
    },
  );
}

/** The teams by title, then those that are only named. */
export async function readTeams(db: Kysely<CatalogTables>): Promise<Teams> {
  const known = await storedTeams(db);
  const byOwner = Map.groupBy(await owned(db), ({ owner }) => owner);
  const teams = known.map((team): Team => ({ ...team, ...holdings(byOwner.get(team.ref)), exists: true }));
  const refs = new Set(known.map(({ ref }) => ref));
  for (const [owner, of] of byOwner) {
    if (!refs.has(owner) && owner.startsWith('group:')) teams.push(onlyNamed(owner, of));
  }
  return { teams, ...(await counts(db)) };
}

function onlyNamed(ref: string, of: Owned[]): Team {
  const { name } = parseRef(ref);
  return { ref, name, title: null, type: null, parent: null, members: 0, ...holdings(of), exists: false };
}

function holdings(of: Owned[] = []): Pick<Team, 'owns' | 'byKind'> {
  return {
    owns: of.reduce((sum, { count }) => sum + count, 0),
    byKind: Object.fromEntries(of.map(({ kind, count }) => [kind, count])),
  };
}
