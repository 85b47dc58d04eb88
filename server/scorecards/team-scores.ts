/** What a team should do next, how teams compare, and who moved. */
import { type Kysely, sql } from 'kysely';
import { gainOf } from '#model/scorecard.ts';
import { partiesOf } from '../ownership/index.ts';
import type { TeamScores } from './contract.ts';
import type { Usable } from './evaluator.ts';
import { namedLevels } from './levels.ts';
import type { ScorecardDb } from './tables.ts';

const MOST_NEXT = 12;
const MOST_ENTITIES = 20;
const MONTH_DAYS = 30;

interface Row {
  scorecard: string;
  ref: string;
  title: string;
  level: number;
  percent: number | null;
  results: string;
}

export async function teamScores(
  db: Kysely<ScorecardDb>,
  cards: readonly Usable[],
  owner: string,
): Promise<TeamScores> {
  const { rows } = await sql<Row>`
    select score.scorecard, score.ref, coalesce(entity.title, entity.name) as title, score.level, score.percent,
      score.results
    from score join entity on entity.ref = score.ref
    where score.owner = ${owner} and score.until is null order by score.ref`.execute(db);
  const byCard = Map.groupBy(rows, ({ scorecard }) => scorecard);
  const published = cards.filter(({ ref, scorecard }) => !scorecard.draft && byCard.has(ref));
  return {
    scorecards: published.map((card) => standingOf(card, byCard.get(card.ref) ?? [])),
    next: published
      .flatMap((card) => nextOf(card, byCard.get(card.ref) ?? []))
      .sort((a, b) => b.gain - a.gain)
      .slice(0, MOST_NEXT)
      .map(({ gain: _gain, ...one }) => one),
  };
}

function standingOf({ ref, scorecard }: Usable, rows: readonly Row[]): TeamScores['scorecards'][number] {
  const counts = new Map<number, number>();
  for (const { level } of rows) counts.set(level, (counts.get(level) ?? 0) + 1);
  return {
    ...{ ref, title: scorecard.title, levels: scorecard.levels, entities: rows.length },
    byLevel: namedLevels(scorecard.levels, counts),
    percent: meanOf(rows.map(({ percent }) => percent)),
  };
}

/** A rule that fails in many places, at a low level, and is little work comes first. */
function nextOf({ ref, scorecard }: Usable, rows: readonly Row[]) {
  return scorecard.rules.flatMap((rule, index) => {
    const failing = rows.filter(({ results }) => results[index] === 'f');
    if (failing.length === 0) return [];
    const height = 1 + scorecard.levels.indexOf(rule.level);
    return [
      {
        ...{ scorecard: ref, scorecardTitle: scorecard.title, rule: rule.id, title: rule.title },
        ...{ why: rule.why, level: rule.level },
        entities: failing.slice(0, MOST_ENTITIES).map((row) => ({ ref: row.ref, title: row.title })),
        gain: (gainOf(rule) * failing.length) / height,
      },
    ];
  });
}

/** Teams by how much of all published standards they have reached. */
export async function leaderboard(db: Kysely<ScorecardDb>, cards: readonly Usable[], now: Date) {
  const published = cards.filter(({ scorecard }) => !scorecard.draft).map(({ ref }) => ref);
  const then = new Date(now);
  then.setUTCDate(then.getUTCDate() - MONTH_DAYS);
  const { rows } = await sql<{
    owner: string;
    entities: number;
    percent: number | null;
    before: number | null;
  }>`
    select owner, (count(distinct ref) filter (where until is null))::int as entities,
      (avg(percent) filter (where until is null))::float8 as percent,
      (avg(percent) filter (where since <= ${then} and (until is null or until > ${then})))::float8 as before
    from score where owner is not null and scorecard = any(${published}::text[])
    group by owner`.execute(db);
  const parties = await partiesOf(
    db,
    rows.map(({ owner }) => owner),
  );
  return rows
    .flatMap(({ owner, entities, percent, before }) => {
      if (percent === null || entities === 0) return [];
      const rounded = Math.round(percent);
      const change = before === null ? null : rounded - Math.round(before);
      return [{ team: parties(owner), entities, percent: rounded, change }];
    })
    .sort((a, b) => b.percent - a.percent || a.team.title.localeCompare(b.team.title, 'en'));
}

export interface ChangesQuery {
  owner?: string | undefined;
  entity?: string | undefined;
  limit: number;
}

/** Promotions and demotions, the latest first. */
export async function listChanges(db: Kysely<ScorecardDb>, cards: readonly Usable[], query: ChangesQuery) {
  const rows = await db
    .selectFrom('score_change')
    .leftJoin('entity', 'entity.ref', 'score_change.ref')
    .select(['score_change.scorecard', 'score_change.ref', 'score_change.owner', 'from_level', 'to_level'])
    .select(['promoted', 'score_change.at', 'entity.title', 'entity.name'])
    .$if(query.owner !== undefined, (q) =>
      q.where('score_change.owner', '=', query.owner?.toLowerCase() ?? ''),
    )
    .$if(query.entity !== undefined, (q) =>
      q.where('score_change.ref', '=', query.entity?.toLowerCase() ?? ''),
    )
    .orderBy('score_change.id', 'desc')
    .limit(query.limit)
    .execute();
  const titles = new Map(cards.map(({ ref, scorecard }) => [ref, scorecard.title]));
  const parties = await partiesOf(
    db,
    rows.map(({ owner }) => owner),
  );
  return rows.map(({ scorecard, ref, owner, from_level: from, to_level: to, promoted, at, title, name }) => ({
    ...{ scorecard, ref, from, to, promoted },
    scorecardTitle: titles.get(scorecard) ?? scorecard,
    title: title ?? name ?? ref,
    owner: owner === null ? null : parties(owner),
    at: at.toISOString(),
  }));
}

export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : Math.round(known.reduce((sum, value) => sum + value, 0) / known.length);
}
