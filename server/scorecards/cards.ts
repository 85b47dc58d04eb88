/** Scorecards as lists and pages show them. */
import { type Kysely, sql } from 'kysely';
import { readRef } from '../kernel/read-ref.ts';
import { partiesOf } from '../ownership/index.ts';
import type { ScorecardCard, ScorecardPage } from './contract.ts';
import { countResults } from './heat-map.ts';
import { namedLevels } from './levels.ts';
import type { ScorecardStore, StoredScorecard } from './scorecard-store.ts';
import type { ScorecardDb } from './tables.ts';

export interface CardDeps {
  db: Kysely<ScorecardDb>;
  scorecards: ScorecardStore;
}

export interface CardViewer {
  /** Drafts are shown to those who maintain standards. */
  seesDrafts: boolean;
  groups: readonly string[];
}

/** Published ones, and the drafts that the viewer may see. */
export async function listCards({ db, scorecards }: CardDeps, viewer: CardViewer): Promise<ScorecardCard[]> {
  const stored = (await scorecards.all()).filter((one) => isShown(one, viewer));
  const standings = await standingsOf(db);
  const parties = await partiesOf(
    db,
    stored.map(({ owner }) => owner),
  );
  return stored.map((one) => ({
    ...cardOf(one, standings.get(one.ref)),
    owner: one.owner === null ? null : parties(one.owner),
  }));
}

export function isShown({ scorecard, owner }: StoredScorecard, { seesDrafts, groups }: CardViewer): boolean {
  return !scorecard?.draft || seesDrafts || (owner !== null && groups.includes(owner));
}

export async function pageOf(
  { db, scorecards }: CardDeps,
  params: { namespace: string; name: string },
  viewer: CardViewer,
): Promise<Omit<ScorecardPage, 'mayEdit'>> {
  const stored = await scorecards.one(readRef(`scorecard:${params.namespace}/${params.name}`));
  const standings = await standingsOf(db, stored.ref);
  const parties = await partiesOf(db, [stored.owner]);
  const card = {
    ...cardOf(stored, standings.get(stored.ref)),
    owner: stored.owner === null ? null : parties(stored.owner),
  };
  const rules = stored.scorecard?.rules ?? [];
  const counts = await countResults(db, stored, rules.length);
  return {
    card,
    appliesTo: stored.scorecard?.appliesTo ?? [],
    graceDays: stored.scorecard?.graceDays ?? 0,
    rules: isShown(stored, viewer)
      ? rules.map((rule, index) => ({ ...rule, results: counts[index] ?? {} }))
      : [],
  };
}

interface Standing {
  entities: number;
  percent: number | null;
  levels: Map<number, number>;
}

function cardOf(stored: StoredScorecard, standing: Standing | undefined): Omit<ScorecardCard, 'owner'> {
  const { ref, entity, pack, scorecard, problems } = stored;
  const levels = scorecard?.levels ?? [];
  return {
    ref,
    title: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description ?? null,
    pack,
    draft: scorecard?.draft ?? false,
    levels,
    rules: scorecard?.rules.length ?? 0,
    entities: standing?.entities ?? 0,
    byLevel: namedLevels(levels, standing?.levels ?? new Map()),
    percent: standing?.percent ?? null,
    problems: problems.map(({ level, message, remedy, field, line, column }) => ({
      ...{ level, message, remedy },
      ...(field !== undefined && { field }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    })),
  };
}

async function standingsOf(db: Kysely<ScorecardDb>, only?: string): Promise<Map<string, Standing>> {
  const { rows } = await sql<{
    scorecard: string;
    level: number;
    entities: number;
    sum: number | null;
    known: number;
  }>`
    select scorecard, level, count(*)::int as entities, sum(percent)::int as sum, count(percent)::int as known
    from score where until is null ${only === undefined ? sql`` : sql`and scorecard = ${only}`}
    group by scorecard, level`.execute(db);
  const byCard = Map.groupBy(rows, ({ scorecard }) => scorecard);
  return new Map(
    [...byCard].map(([scorecard, own]) => {
      const known = own.reduce((sum, row) => sum + row.known, 0);
      const sum = own.reduce((total, row) => total + (row.sum ?? 0), 0);
      return [
        scorecard,
        {
          entities: own.reduce((total, row) => total + row.entities, 0),
          percent: known === 0 ? null : Math.round(sum / known),
          levels: new Map(own.map(({ level, entities }) => [level, entities])),
        },
      ];
    }),
  );
}
