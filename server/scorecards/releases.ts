/** What is released from rules, for a time: exemptions that were granted, and grace. */
import { type Kysely, sql } from 'kysely';
import type { Result, Rule, Scorecard } from '#model/scorecard.ts';
import type { ScorecardDb } from './tables.ts';

/** Of which rules which entities are exempt, each with its last day. */
export type Exemptions = ReadonlyMap<string, string>;

export const exemptionKey = (scorecard: string, rule: string, ref: string) => `${scorecard}\n${rule}\n${ref}`;

/** Those that hold on the given day. */
export async function liveExemptions(db: Kysely<ScorecardDb>, today: string): Promise<Exemptions> {
  const { rows } = await sql<{ scorecard: string; rule: string; ref: string; until: string }>`
    select scorecard, rule, ref, until from exemption
    where state = 'granted' and until >= ${today}`.execute(db);
  return new Map(rows.map(({ scorecard, rule, ref, until }) => [exemptionKey(scorecard, rule, ref), until]));
}

export interface Released {
  result: Result;
  /** Its last day. */
  until: string | null;
}

export interface ReleaseFacts {
  exemptions: Exemptions;
  /** YYYY-MM-DD */
  today: string;
  /** Day of the first commit of the entity, where it is known. */
  born: string | null;
  ref: string;
}

/** Only what does not pass needs a release; what is not known is not excused by grace. */
export function release(scorecard: Scorecard, rule: Rule, result: Result, facts: ReleaseFacts): Released {
  if (result !== 'fail' && result !== 'unknown') return { result, until: null };
  const exempt = facts.exemptions.get(exemptionKey(scorecard.ref, rule.id, facts.ref));
  if (exempt !== undefined) return { result: 'exempt', until: exempt };
  if (result === 'unknown') return { result, until: null };
  const ends = [graceEnd(rule.since, rule.graceDays), graceEnd(facts.born, scorecard.graceDays)];
  const until = ends
    .filter((end): end is string => end !== null && end >= facts.today)
    .sort()
    .at(-1);
  return until === undefined ? { result, until: null } : { result: 'grace', until };
}

function graceEnd(from: string | null, days: number): string | null {
  if (from === null || days === 0) return null;
  const end = new Date(from);
  if (Number.isNaN(end.getTime())) return null;
  end.setUTCDate(end.getUTCDate() + days);
  return end.toISOString().slice(0, 10);
}
