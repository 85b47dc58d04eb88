/** A service's ladder: where it stands, what is in the way, and what to do first. */
import type { Kysely } from 'kysely';
import { gainOf, type Rule } from '#model/scorecard.ts';
import type { CurrentFact, FactStore } from '../facts/index.ts';
import { type OwnershipDb, openRuleDebts } from '../ownership/index.ts';
import type { Ladder, Rung } from './contract.ts';
import type { EvaluatorDeps, Usable } from './evaluator.ts';
import { type Explained, type ExplainedRule, explainEntities, resultsOf, sinceWhen } from './explained.ts';
import { addressed, fixOf, type TemplateTitles } from './fix.ts';
import { judge } from './judge.ts';
import type { ScorecardDb } from './tables.ts';

export interface LadderDeps extends EvaluatorDeps {
  db: Kysely<ScorecardDb>;
  facts: Pick<FactStore, 'of'>;
  /** Titles of templates that can be started, by ref; others are left out. */
  templateTitles: TemplateTitles;
}

/** @param mayStart whether the viewer may start actions. */
export async function laddersOf(
  deps: LadderDeps,
  cards: readonly Usable[],
  ref: string,
  mayStart: boolean,
): Promise<Ladder[]> {
  const explained = await explainEntities(deps, cards, [ref]);
  const facts = new Map((await deps.facts.of(ref)).map((fact) => [fact.name, fact]));
  const since = await sinceWhen(deps, ref);
  const titles = await deps.templateTitles(templatesIn(cards));
  const debts = await openRuleDebts(deps.db as unknown as Kysely<OwnershipDb>, [ref]);
  return explained.map((one) => ({
    ...ladderOf(one, { facts, titles, mayStart, since: since.get(one.card.ref) ?? null }),
    debts: debts.filter(({ scorecard }) => scorecard === one.card.ref).map(({ rule, id }) => ({ rule, id })),
  }));
}

function templatesIn(cards: readonly Usable[]): string[] {
  const all = cards.flatMap(({ scorecard }) =>
    scorecard.rules.flatMap(({ remedy }) => remedy.template ?? []),
  );
  return [...new Set(all)];
}

export interface RungFacts {
  facts: ReadonlyMap<string, CurrentFact>;
  titles: ReadonlyMap<string, string>;
  mayStart: boolean;
}

function ladderOf(explained: Explained, about: RungFacts & { since: Date | null }): Omit<Ladder, 'debts'> {
  const { card, ref } = explained;
  const { levels, rules, title, draft } = card.scorecard;
  const { level, percent } = judge(card.scorecard, resultsOf(explained));
  return {
    ...{ scorecard: card.ref, title, draft, levels, percent },
    level: levels[level] ?? null,
    nextLevel: levels[level + 1] ?? null,
    since: about.since?.toISOString() ?? null,
    rungs: rules.map((rule, index) => rungOf(rule, explained.rules[index], ref, about)),
    next: nextOf(explained, level + 1),
  };
}

export function rungOf(rule: Rule, found: ExplainedRule | undefined, ref: string, about: RungFacts): Rung {
  const names = found?.reason?.facts ?? [];
  return {
    ...rule,
    remedy: addressed(rule.remedy, ref),
    result: found?.result ?? 'unknown',
    message: found?.reason?.message ?? null,
    until: found?.until ?? null,
    fix: fixOf(rule.remedy, ref, about),
    facts: names.map((name) => {
      const place = about.facts.get(name)?.place;
      return { name, path: place?.path ?? null, line: place?.line ?? null };
    }),
  };
}

/** Of the next level first; then what gives most for the work. */
function nextOf({ card: { scorecard }, rules }: Explained, nextLevel: number): string[] {
  const failing = scorecard.rules.filter(
    (_, index) => rules[index]?.result === 'fail' || rules[index]?.result === 'grace',
  );
  const distance = ({ level }: Rule) => Math.abs(scorecard.levels.indexOf(level) - nextLevel);
  return failing.sort((a, b) => distance(a) - distance(b) || gainOf(b) - gainOf(a)).map(({ id }) => id);
}
