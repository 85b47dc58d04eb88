/** What was left of a campaign at the end of each day, and what should have been. */
import { type Kysely, sql } from 'kysely';
import type { Campaign } from '#model/scorecard.ts';
import type { CampaignPage } from '../contract.ts';
import type { Usable } from '../evaluator.ts';
import { scopeOf } from '../subjects.ts';
import type { ScorecardDb } from '../tables.ts';

/** Positions of rules that an entity is asked to keep, and of those that it does not keep yet. */
export function lettersOf(
  results: string,
  positions: readonly number[],
): { asked: number[]; left: number[] } {
  const asked = positions.filter((position) => !'xn'.includes(results[position] ?? 'n'));
  return { asked, left: asked.filter((position) => results[position] !== 'p') };
}

interface Followed {
  campaign: Campaign;
  card: Usable;
  positions: readonly number[];
  total: number;
}

const DAY_MS = 24 * 3600 * 1000;
const MOST_DAYS = 400;

/** From its start, or from when its rules were first judged, to its deadline. */
export async function burnDown(
  db: Kysely<ScorecardDb>,
  { campaign, card, positions, total }: Followed,
  now: Date,
): Promise<CampaignPage['days']> {
  const scope = scopeOf({ appliesTo: campaign.audience });
  const { rows } = await sql<{ since: Date; until: Date | null; results: string }>`
    select score.since, score.until, score.results from score join entity on entity.ref = score.ref
    where score.scorecard = ${card.ref} and score.version = ${card.version} and ${scope}`.execute(db);
  const counted = rows.map(({ since, until, results }) => ({
    from: dayOf(since),
    to: until && dayOf(until),
    left: lettersOf(results, positions).left.length,
  }));
  const first = campaign.starts ?? counted.map(({ from }) => from).sort()[0] ?? dayOf(now);
  const days = daysBetween(first, campaign.deadline);
  const today = dayOf(now);
  return days.map((day, index) => {
    const held = counted.filter(({ from, to }) => from <= day && (to === null || to > day));
    const left = held.reduce((sum, one) => sum + one.left, 0);
    const ideal = days.length < 2 ? 0 : total * (1 - index / (days.length - 1));
    // Before anything was judged nobody knows.
    return { day, left: day > today || held.length === 0 ? null : left, ideal: Math.round(ideal * 10) / 10 };
  });
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function daysBetween(first: string, last: string): string[] {
  const count = Math.floor((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  const start = Date.parse(first);
  return Array.from({ length: Math.max(1, Math.min(count, MOST_DAYS)) }, (_, index) =>
    dayOf(new Date(start + index * DAY_MS)),
  );
}
