/** Promotions and demotions: what is worth telling of what changed. */
import { type Kysely, sql } from 'kysely';
import { rowSet } from '../kernel/store/row-set.ts';
import type { Usable } from './evaluator.ts';
import type { Changed } from './score-writer.ts';
import type { ScorecardDb } from './tables.ts';

export interface LevelChange {
  scorecard: string;
  scorecardTitle: string;
  ref: string;
  owner: string | null;
  from: string | null;
  to: string | null;
  promoted: boolean;
}

/**
 * What was only just judged for the first time is no news; nor is a level that was won or lost because something is
 * known now or not any more, nor anything of a draft.
 */
export function levelChanges(changed: readonly Changed[], scorecards: readonly Usable[]): LevelChange[] {
  const byRef = new Map(scorecards.map((one) => [one.ref, one.scorecard]));
  return changed.flatMap(({ scorecard: ref, ref: entity, owner, before, after }) => {
    const card = byRef.get(ref);
    if (!card || card.draft || !before || before.level === after.level) return [];
    const promoted = after.level > before.level;
    const isNews = promoted
      ? hasMended(before.results, after.results)
      : hasNewFailure(before.results, after.results);
    if (!isNews) return [];
    const nameOf = (level: number) => card.levels[level] ?? null;
    return [
      {
        ...{ scorecard: ref, scorecardTitle: card.title, ref: entity, owner, promoted },
        from: nameOf(before.level),
        to: nameOf(after.level),
      },
    ];
  });
}

function hasMended(before: string, after: string): boolean {
  return [...after].some((letter, index) => letter !== 'f' && letter !== 'u' && before[index] === 'f');
}

function hasNewFailure(before: string, after: string): boolean {
  return [...after].some((letter, index) => letter === 'f' && before[index] !== 'f');
}

export async function keepLevelChanges(
  db: Kysely<ScorecardDb>,
  changes: readonly LevelChange[],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into score_change (scorecard, ref, owner, from_level, to_level, promoted, at)
    select scorecard, ref, owner, from_level, to_level, promoted::boolean, ${at}::timestamptz
    from ${rowSet({
      scorecard: changes.map(({ scorecard }) => scorecard),
      ref: changes.map(({ ref }) => ref),
      owner: changes.map(({ owner }) => owner),
      from_level: changes.map(({ from }) => from),
      to_level: changes.map(({ to }) => to),
      promoted: changes.map(({ promoted }) => String(promoted)),
    })}`.execute(db);
}
