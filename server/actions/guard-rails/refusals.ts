/** What the guard rails of a template have against a run that somebody wants to start. */
import { type Kysely, sql } from 'kysely';
import type { GuardRails } from '#model/guard-rails.ts';
import type { WantedRun } from '../runs/guards.ts';
import { teamOf } from '../runs/team.ts';
import { conditionFault, firstLine, holds } from './conditions.ts';
import type { GuardedTables } from './tables.ts';
import { closedUntil, windowFault } from './windows.ts';

/** What is wrong with guard rails as they are written, whatever they are asked about. */
export function faultsOf({ policies, approvals, windows }: GuardRails): string[] {
  const conditions = [
    ...policies.map(({ cel }) => cel),
    ...approvals.flatMap(({ if: condition }) => condition ?? []),
  ];
  const faulty = conditions.flatMap((condition) => {
    const fault = conditionFault(condition);
    return fault ? [`The condition ${condition} can’t be read: ${fault}`] : [];
  });
  return [...faulty, ...windows.flatMap((window) => windowFault(window) ?? [])];
}

/** Which level an entity has by a scorecard, among which levels. @throws {AtriumError} when there is no such scorecard. */
export type LevelOf = (scorecard: string, ref: string) => Promise<{ level: string | null; levels: string[] }>;

export async function refusalsOf(
  db: Kysely<GuardedTables>,
  wanted: WantedRun,
  { now, levelOf }: { now: Date; levelOf: LevelOf },
): Promise<string[]> {
  const standards = await belowStandards(wanted, levelOf);
  const quota = await beyondQuota(db, wanted);
  return [...againstPolicies(wanted), ...standards, ...closedNow(wanted, now), ...quota];
}

/** A standard that can't be asked refuses, as a policy does. */
async function belowStandards({ template, entity }: WantedRun, levelOf: LevelOf): Promise<string[]> {
  const refusals = template.guardRails.standards.map(async ({ scorecard, min }) => {
    if (entity === null) return [`It asks for the level ${min} of ${scorecard}, and acts on no entity`];
    try {
      const { level, levels } = await levelOf(scorecard, entity);
      if (!levels.includes(min)) return [`${scorecard} has no level ${min}`];
      if (level !== null && levels.indexOf(level) >= levels.indexOf(min)) return [];
      return [`${entity} has ${level ?? 'no level'} of ${scorecard}, and needs ${min}`];
    } catch (error) {
      return [`The standard ${scorecard} can’t be asked: ${firstLine(error)}`];
    }
  });
  return (await Promise.all(refusals)).flat();
}

/** A policy that can't be answered refuses: nobody would notice otherwise. */
function againstPolicies({ template, values, starter, entityBody }: WantedRun): string[] {
  const { id, ref, name, groups } = starter;
  const facts = { parameters: values, user: { ref: ref ?? id, name, groups }, entity: entityBody };
  return template.guardRails.policies.flatMap(({ cel, message }) => {
    try {
      return holds(cel, facts) ? [] : [message];
    } catch (error) {
      return [`The policy ${cel} can’t be answered: ${firstLine(error)}`];
    }
  });
}

function closedNow({ template }: WantedRun, now: Date): string[] {
  const closed = closedUntil(template.guardRails.windows, now);
  if (!closed) return [];
  return [`${closed.window.reason}; possible again from ${closed.until.toISOString()}`];
}

/** Runs that are not over yet count as the leases that they will make. */
async function beyondQuota(db: Kysely<GuardedTables>, wanted: WantedRun): Promise<string[]> {
  const { template, starter } = wanted;
  const { quota } = template.guardRails;
  if (!quota) return [];
  // Two that start at once see each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`quota:${template.ref}`}, 0))`.execute(db);
  const team = teamOf(wanted);
  const whose = quota.per === 'person' ? sql`started_by = ${starter.id}` : sql`team = ${team}`;
  const leased = quota.per === 'person' ? sql`started_by = ${starter.id}` : sql`owner = ${team}`;
  const { rows } = await sql<{ runs: number; leases: number }>`select
    (select count(*)::int from run where template = ${template.ref} and ${whose}
      and state in ('queued', 'running', 'waiting', 'asking') and doing = 'steps') as runs,
    (select count(*)::int from lease where template = ${template.ref} and ${leased}
      and state in ('live', 'ending')) as leases`.execute(db);
  const { runs = 0, leases = 0 } = rows[0] ?? {};
  const count = quota.of === 'runs' ? runs : runs + leases;
  if (count < quota.count) return [];
  const who = quota.per === 'person' ? starter.name : team;
  const what = quota.of === 'runs' ? 'runs at a time' : 'at a time';
  return [`${who} has ${count} of ${quota.count} ${what}: end one first`];
}
