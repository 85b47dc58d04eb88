/** What held at some time: scores have a beginning and an end. */
import { type RawBuilder, sql } from 'kysely';

/** @param day YYYY-MM-DD: the end of that day, in UTC; now when undefined. */
export function heldAt(day: string | undefined): RawBuilder<boolean> {
  if (day === undefined) return sql`score.until is null`;
  const end = new Date(`${day}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() + 1);
  return sql`score.since < ${end} and (score.until is null or score.until >= ${end})`;
}
