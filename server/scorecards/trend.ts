/** How an organisation moves: how many entities stood at each level at the end of each day. */
import { type Kysely, sql } from 'kysely';
import type { Trend } from './contract.ts';
import { namedLevels } from './levels.ts';
import type { StoredScorecard } from './scorecard-store.ts';
import type { ScorecardDb } from './tables.ts';

export interface TrendQuery {
  days: number;
  owner?: string | undefined;
}

interface Step {
  day: string;
  level: number;
  entities: number;
  percent: number | null;
  known: number;
}

const DAY_MS = 24 * 3600 * 1000;

/** Each score counts from the day on which it began until the day on which it ended. */
export async function trendOf(
  db: Kysely<ScorecardDb>,
  { ref, scorecard }: StoredScorecard,
  { days, owner }: TrendQuery,
  now: Date,
): Promise<Trend> {
  const levels = scorecard?.levels ?? [];
  const ofOwner = owner === undefined ? sql`` : sql`and owner = ${owner.toLowerCase()}`;
  const { rows } = await sql<Step>`
    with step as (
      select (since at time zone 'UTC')::date as day, level, 1 as sign, percent from score where scorecard = ${ref} ${ofOwner}
      union all
      select (until at time zone 'UTC')::date, level, -1, percent from score
      where scorecard = ${ref} and until is not null ${ofOwner})
    select to_char(day, 'YYYY-MM-DD') as day, level, sum(sign)::int as entities,
      sum(sign * percent)::int as percent, sum(case when percent is null then 0 else sign end)::int as known
    from step group by day, level order by day`.execute(db);
  return { levels, days: daily(rows, levels, days, now) };
}

function daily(steps: readonly Step[], levels: string[], days: number, now: Date): Trend['days'] {
  const counts = new Map<number, number>();
  let [percent, known] = [0, 0];
  let next = 0;
  const first = now.getTime() - (days - 1) * DAY_MS;
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(first + index * DAY_MS).toISOString().slice(0, 10);
    for (let step = steps[next]; step && step.day <= day; step = steps[++next]) {
      counts.set(step.level, (counts.get(step.level) ?? 0) + step.entities);
      percent += step.percent ?? 0;
      known += step.known;
    }
    return {
      day,
      byLevel: namedLevels(levels, counts),
      percent: known === 0 ? null : Math.round(percent / known),
    };
  });
}
