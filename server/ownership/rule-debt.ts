/** Items of the register that rules of scorecards put there, and take out again when they pass. */
import { type Kysely, sql } from 'kysely';
import { clean, rowSet } from '../kernel/store/row-set.ts';
import type { OwnershipDb } from './tables.ts';

export interface RuleOfEntity {
  entity: string;
  /** Canonical ref. */
  scorecard: string;
  rule: string;
}

export interface OwedRule extends RuleOfEntity {
  entityTitle: string;
  title: string;
  detail: string;
  /** Of work, to have it pass. */
  costDays: number;
}

interface Options {
  /** Id of whoever asks for it; `atrium` when the rule does so by itself. */
  by: string;
  at: Date;
  /** Somebody wants it in the register, whatever was accepted before. */
  again?: boolean;
}

/** What is open stays as it is; what somebody has accepted is not owed again by itself. @returns what is new. */
export async function oweForRules(
  db: Kysely<OwnershipDb>,
  items: readonly OwedRule[],
  { by, at, again = false }: Options,
): Promise<RuleOfEntity[]> {
  if (items.length === 0) return [];
  const wanted = rowSet({
    entity: items.map(({ entity }) => entity),
    entity_title: items.map(({ entityTitle }) => clean(entityTitle)),
    scorecard: items.map(({ scorecard }) => scorecard),
    rule: items.map(({ rule }) => rule),
    title: items.map(({ title }) => clean(title)),
    detail: items.map(({ detail }) => clean(detail)),
    cost_days: items.map(({ costDays }) => costDays),
  });
  const isAccepted = sql`exists (select from debt earlier where earlier.state = 'accepted'
    and (earlier.entity, earlier.scorecard, earlier.rule) = (wanted.entity, wanted.scorecard, wanted.rule))`;
  const { rows } = await sql<RuleOfEntity>`
    insert into debt (entity, entity_title, title, detail, cost_days, interest_days, state, origin, created_by,
      created_at, changed_at, scorecard, rule)
    select entity, entity_title, title, detail, cost_days::float8, 0, 'open', 'rule', ${by}, ${at}::timestamptz,
      ${at}::timestamptz, scorecard, rule
    from (select * from ${wanted}) wanted where ${again ? sql`true` : sql`not ${isAccepted}`}
    on conflict do nothing returning entity, scorecard, rule`.execute(db);
  return rows;
}

export interface OpenRuleDebt extends RuleOfEntity {
  id: string;
}

/** @param entities all of them when undefined. */
export async function openRuleDebts(
  db: Kysely<OwnershipDb>,
  entities?: readonly string[],
): Promise<OpenRuleDebt[]> {
  const named = entities ? sql`and entity = any(${[...entities]}::text[])` : sql``;
  const { rows } = await sql<OpenRuleDebt>`
    select id::text, entity, scorecard, rule from debt
    where state = 'open' and scorecard is not null ${named}`.execute(db);
  return rows;
}

export async function payOffDebts(db: Kysely<OwnershipDb>, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`update debt set state = 'paid', changed_at = ${at}
    where id::text = any(${[...ids]}::text[]) and state = 'open'`.execute(db);
}
