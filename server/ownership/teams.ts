/** The teams: who owns what, and who is named as an owner but isn't known. */
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { parseRef } from '#model/ref.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { teamsSchema } from './contract.ts';
import { counts, holdings, type Owned, owned, storedTeams } from './store.ts';

type Teams = z.infer<typeof teamsSchema>;
type Team = Teams['teams'][number];

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
