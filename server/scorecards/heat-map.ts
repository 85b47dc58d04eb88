/** Where an organisation stands: rules × teams, on any day. */
import { type Kysely, sql } from 'kysely';
import { partiesOf } from '../ownership/index.ts';
import { heldAt } from './at-day.ts';
import type { HeatMap } from './contract.ts';
import { namedLevels } from './levels.ts';
import { resultOf } from './result-letters.ts';
import type { StoredScorecard } from './scorecard-store.ts';
import type { ScorecardDb, VersionSpec } from './tables.ts';

/** Rules and levels as they were on a day, or are now. */
export async function specAt(
  db: Kysely<ScorecardDb>,
  { ref, version }: Pick<StoredScorecard, 'ref' | 'version'>,
  day: string | undefined,
): Promise<VersionSpec & { version: string }> {
  const wanted = day === undefined ? version : ((await usualVersion(db, ref, day)) ?? version);
  const row = await db
    .selectFrom('scorecard_version')
    .select('spec')
    .where('scorecard', '=', ref)
    .where('version', '=', wanted)
    .executeTakeFirst();
  return { ...(row?.spec ?? { levels: [], rules: [] }), version: wanted };
}

/** By which most entities were judged then. */
async function usualVersion(db: Kysely<ScorecardDb>, ref: string, day: string): Promise<string | undefined> {
  const { rows } = await sql<{ version: string }>`
    select version from score where scorecard = ${ref} and ${heldAt(day)}
    group by version order by count(*) desc, version limit 1`.execute(db);
  return rows[0]?.version;
}

export async function heatMap(
  db: Kysely<ScorecardDb>,
  stored: StoredScorecard,
  day: string | undefined,
): Promise<HeatMap> {
  const { version, levels, rules } = await specAt(db, stored, day);
  const which = sql`scorecard = ${stored.ref} and version = ${version} and ${heldAt(day)}`;
  const { rows: standings } = await sql<Standing>`
    select owner, level, count(*)::int as entities, sum(percent)::int as sum, count(percent)::int as known
    from score where ${which} group by owner, level`.execute(db);
  const { rows: cells } = await sql<{
    owner: string | null;
    position: number;
    letter: string;
    entities: number;
  }>`
    select owner, position::int, letter, count(*)::int as entities
    from score, lateral unnest(string_to_array(results, null)) with ordinality as each (letter, position)
    where ${which} group by owner, position, letter`.execute(db);
  const owners = [...new Set(standings.map(({ owner }) => owner))];
  const parties = await partiesOf(db, owners);
  const rows = owners.map((owner) => ({
    ...rowOf(
      levels,
      standings.filter((row) => row.owner === owner),
    ),
    team: owner === null ? null : parties(owner),
    cells: tally(
      cells.filter((cell) => cell.owner === owner),
      rules.length,
    ),
  }));
  rows.sort((a, b) => compareTeams(a.team?.title, b.team?.title));
  return { at: day ?? null, rules, rows };
}

interface Standing {
  owner: string | null;
  level: number;
  entities: number;
  sum: number | null;
  known: number;
}

function rowOf(levels: readonly string[], own: readonly Standing[]) {
  const known = own.reduce((sum, row) => sum + row.known, 0);
  const total = own.reduce((sum, row) => sum + (row.sum ?? 0), 0);
  return {
    entities: own.reduce((sum, row) => sum + row.entities, 0),
    percent: known === 0 ? null : Math.round(total / known),
    byLevel: namedLevels([...levels], new Map(own.map(({ level, entities }) => [level, entities]))),
  };
}

/** Those that nobody owns come last. */
function compareTeams(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return a.localeCompare(b, 'en');
}

/** For each rule, how many entities have each result now. */
export async function countResults(
  db: Kysely<ScorecardDb>,
  { ref, version }: Pick<StoredScorecard, 'ref' | 'version'>,
  rules: number,
): Promise<Record<string, number>[]> {
  const { rows } = await sql<{ position: number; letter: string; entities: number }>`
    select position::int, letter, count(*)::int as entities
    from score, lateral unnest(string_to_array(results, null)) with ordinality as each (letter, position)
    where scorecard = ${ref} and version = ${version} and until is null group by position, letter`.execute(
    db,
  );
  return tally(rows, rules);
}

function tally(
  rows: readonly { position: number; letter: string; entities: number }[],
  rules: number,
): Record<string, number>[] {
  const counts: Record<string, number>[] = Array.from({ length: rules }, () => ({}));
  for (const { position, letter, entities } of rows) {
    const count = counts[position - 1];
    if (count) count[resultOf(letter)] = entities;
  }
  return counts;
}
