/** What failing rules owe to the register of debt: by a click, or by themselves; paid when they pass. */
import { type Kysely, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { Effort, Rule } from '#model/scorecard.ts';
import { readRef } from '../kernel/read-ref.ts';
import {
  type OwedRule,
  type OwnershipDb,
  openRuleDebts,
  oweForRules,
  payOffDebts,
} from '../ownership/index.ts';
import type { Usable } from './evaluator.ts';
import { type Explained, explainEntities } from './explained.ts';
import type { LadderDeps } from './ladder.ts';
import { resultOf } from './result-letters.ts';
import type { ScorecardDb } from './tables.ts';

/** Days of work, where the rule says no more than how much effort it is. */
const costs: Record<Effort, number> = { small: 0.5, medium: 2, large: 10 };
/** Whoever adds what a rule adds by itself. */
const BY_ITSELF = 'atrium';

type Db = Kysely<ScorecardDb & OwnershipDb>;

function owedFor(rule: Rule, about: Pick<OwedRule, 'entity' | 'entityTitle' | 'scorecard'>): OwedRule {
  const detail = [rule.why, rule.remedy.text].filter(Boolean).join('\n\n');
  return { ...about, rule: rule.id, title: rule.title, detail, costDays: costs[rule.effort] };
}

/**
 * Adds what fails of rules that are to, and pays off what passes or is asked no more.
 * @param refs of the entities; all when undefined. @returns the entities of which the register changed.
 */
export async function followDebt(
  db: Db,
  cards: readonly Usable[],
  refs: readonly string[] | undefined,
  at: Date,
): Promise<string[]> {
  if (refs?.length === 0) return [];
  const paid = await paidBy(db, cards, refs);
  await payOffDebts(
    db,
    paid.map(({ id }) => id),
    at,
  );
  const owed = await Promise.all(cards.map((card) => owedBy(db, card, refs)));
  const added = await oweForRules(db, owed.flat(), { by: BY_ITSELF, at });
  return [...new Set([...paid, ...added].map(({ entity }) => entity))];
}

interface ScoredRow {
  ref: string;
  title: string | null;
  results: string;
}

async function owedBy(
  db: Db,
  { ref: scorecard, version, scorecard: card }: Usable,
  refs: readonly string[] | undefined,
) {
  const asked = card.rules.flatMap((rule, position) => (rule.debt ? [{ rule, position }] : []));
  if (card.draft || asked.length === 0) return [];
  const rows = await scored(db, scorecard, version, refs);
  return rows.flatMap(({ ref, title, results }) =>
    asked
      .filter(({ position }) => resultOf(results[position]) === 'fail')
      .map(({ rule }) => owedFor(rule, { entity: ref, entityTitle: title ?? ref, scorecard })),
  );
}

async function scored(db: Db, scorecard: string, version: string, refs: readonly string[] | undefined) {
  const named = refs ? sql`and score.ref = any(${[...refs]}::text[])` : sql``;
  const { rows } = await sql<ScoredRow>`
    select score.ref, coalesce(entity.title, entity.name) as title, score.results
    from score join entity on entity.ref = score.ref
    where score.scorecard = ${scorecard} and score.version = ${version} and score.until is null ${named}`.execute(
    db,
  );
  return rows;
}

/** Of rules and entities that are there no more nobody says that they pass: those stay for people to decide. */
async function paidBy(db: Db, cards: readonly Usable[], refs: readonly string[] | undefined) {
  const open = await openRuleDebts(db, refs);
  const paid = [];
  for (const [scorecard, items] of Map.groupBy(open, (item) => item.scorecard)) {
    const card = cards.find(({ ref }) => ref === scorecard);
    if (!card) continue;
    const entities = items.map(({ entity }) => entity);
    const rows = await scored(db, scorecard, card.version, entities);
    const results = new Map(rows.map((row) => [row.ref, row.results]));
    for (const item of items) {
      const position = card.scorecard.rules.findIndex(({ id }) => id === item.rule);
      const said = results.get(item.entity);
      if (said === undefined || position === -1) continue;
      const result = resultOf(said[position]);
      if (result === 'pass' || result === 'not-applicable') paid.push(item);
    }
  }
  return paid;
}

/** Adds one failing rule because somebody asks. @throws {AtriumError} INPUT_INVALID, ENTITY_NOT_FOUND */
export async function oweForRule(
  deps: LadderDeps & { db: Kysely<ScorecardDb> },
  cards: readonly Usable[],
  { entity, scorecard, rule: id, by }: { entity: string; scorecard: string; rule: string; by: string },
): Promise<{ id: string }> {
  const db = deps.db as unknown as Db;
  const wanted = readRef(scorecard, { kind: 'scorecard', field: 'scorecard' });
  const card = cards.find(({ ref }) => ref === wanted);
  const [explained] = card ? await explainEntities(deps, [card], [entity]) : [];
  if (!card || !explained)
    throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${wanted} that applies to ${entity}`);
  const rule = failing(card, explained, id);
  const about = { entity, entityTitle: explained.title, scorecard: wanted };
  await oweForRules(db, [owedFor(rule, about)], { by, at: deps.now(), again: true });
  const found = (await openRuleDebts(db, [entity])).find(
    (one) => one.scorecard === wanted && one.rule === id,
  );
  if (!found) throw new AtriumError('DEBT_NOT_FOUND', `Somebody took the item of ${id} out just now`);
  return { id: found.id };
}

function failing({ scorecard }: Usable, { rules }: Explained, id: string): Rule {
  const position = scorecard.rules.findIndex((rule) => rule.id === id);
  const rule = scorecard.rules[position];
  if (!rule) throw new AtriumError('INPUT_INVALID', `${scorecard.ref} has no rule ${id}`);
  const result = rules[position]?.result ?? 'unknown';
  if (result === 'fail' || result === 'grace') return rule;
  throw new AtriumError('INPUT_INVALID', `The rule ${id} does not fail (${result}): there is nothing to owe`);
}
