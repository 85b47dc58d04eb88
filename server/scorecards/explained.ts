/** Judges single entities with reasons: for their own pages, for trying out, for a checkout. */
import { sql } from 'kysely';
import type { Result, Scorecard } from '#model/scorecard.ts';
import type { Reason } from './engine/protocol.ts';
import { type EvaluatorDeps, ruleSetOf, subjectOf, type Usable } from './evaluator.ts';
import { liveExemptions, type Released, release } from './releases.ts';
import { type SubjectRow, subjectPages } from './subjects.ts';
import { allWants, readsOfRules } from './wants.ts';

export interface ExplainedRule extends Released {
  reason: Reason | null;
}

/** What one scorecard says of one entity. */
export interface Explained {
  ref: string;
  title: string;
  owner: string | null;
  card: Usable;
  rules: ExplainedRule[];
}

/** What is known of an entity in place of what the store knows, by the name of the fact. */
export type OtherFacts = Record<string, unknown>;

/** @returns for each entity those scorecards that apply to it. */
export async function explainEntities(
  deps: EvaluatorDeps,
  cards: readonly Usable[],
  refs: readonly string[],
  otherFacts?: OtherFacts,
): Promise<Explained[]> {
  const reads = cards.map(({ scorecard }) => readsOfRules(scorecard));
  const query = { scorecards: cards.map(({ scorecard }) => scorecard), wants: allWants(reads), refs };
  const rows: SubjectRow[] = [];
  for await (const page of subjectPages(deps.db, query)) rows.push(...page);
  const at = deps.now();
  const kinds = (await deps.factKinds.all()).map(({ name, schema }) => ({ name, schema }));
  const subjects = rows.map((row) => {
    const subject = subjectOf(deps, row, reads);
    return otherFacts ? { ...subject, facts: replaced(otherFacts, at) } : subject;
  });
  const sets = cards.map(ruleSetOf);
  const answers = await deps.engine.judge({ kinds, sets, subjects, now: at.getTime(), explain: true });
  const exemptions = await liveExemptions(deps.db, dayOf(at));
  return rows.flatMap((row, index) => {
    const answer = answers[index];
    const own = cards.filter((_, position) => row.applies[position]);
    return own.map((card, position) => {
      const facts = { exemptions, today: dayOf(at), born: answer?.born ?? null, ref: row.ref };
      const rules = card.scorecard.rules.map((rule, at) => ({
        ...release(card.scorecard, rule, answer?.results[position]?.[at] ?? 'unknown', facts),
        reason: answer?.reasons?.[position]?.[at] ?? null,
      }));
      return { ref: row.ref, title: row.title, owner: row.owner, card, rules };
    });
  });
}

function replaced(facts: OtherFacts, at: Date): string {
  const stored = Object.entries(facts).map(([name, value]) => [name, { value, at: at.toISOString() }]);
  return JSON.stringify([{ source: 'checkout', facts: Object.fromEntries(stored), stale: false }]);
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);

export function resultsOf({ rules }: Explained): Result[] {
  return rules.map(({ result }) => result);
}

/** A scorecard of one rule, for trying it out. */
export function probe(check: string, when: string | null): Usable {
  const scorecard: Scorecard = {
    ...{ ref: 'scorecard:default/probe', title: 'Probe', description: null, owner: null, draft: true },
    ...{ appliesTo: [], levels: ['yes'], graceDays: 0 },
    rules: [
      {
        ...{
          id: 'probe',
          title: 'Probe',
          description: null,
          level: 'yes',
          weight: 1,
          effort: 'small',
          version: 1,
        },
        checks: [{ when, check }],
        ...{ why: null, source: null, since: null, graceDays: 0, debt: false },
        remedy: { text: null, url: null, document: null, template: null, values: {} },
      },
    ],
  };
  return {
    ref: scorecard.ref,
    entity: { apiVersion: '', kind: 'Scorecard', metadata: { name: 'probe' } },
    ...{ owner: null, pack: false, scorecard, problems: [] },
    // Each text is a rule set of its own.
    version: `${when ?? ''}\n${check}`,
  };
}

/** How long the entity has been where it is, by scorecard. */
export async function sinceWhen(deps: Pick<EvaluatorDeps, 'db'>, ref: string): Promise<Map<string, Date>> {
  const { rows } = await sql<{ scorecard: string; since: Date }>`
    select scorecard, since from score where ref = ${ref} and until is null`.execute(deps.db);
  return new Map(rows.map(({ scorecard, since }) => [scorecard, since]));
}
