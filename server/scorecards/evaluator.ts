/** Judges entities by all scorecards that apply to them, and keeps what comes out. */
import type { Kysely } from 'kysely';
import type { Scorecard } from '#model/scorecard.ts';
import type { FactKinds } from '../facts/index.ts';
import type { RuleEngine } from './engine/engine.ts';
import type { Answer, FilesRoot, KnownFact, Subject } from './engine/protocol.ts';
import { judge } from './judge.ts';
import { type Exemptions, liveExemptions, release } from './releases.ts';
import { letterOf } from './result-letters.ts';
import { type Changed, endScores, type Said, writeScores } from './score-writer.ts';
import type { StoredScorecard } from './scorecard-store.ts';
import { type SubjectRow, scopeOf, subjectPages } from './subjects.ts';
import type { ScorecardDb } from './tables.ts';
import { allWants, type Reads, readsOfRules } from './wants.ts';

export interface EvaluatorDeps {
  db: Kysely<ScorecardDb>;
  engine: RuleEngine;
  factKinds: Pick<FactKinds, 'all'>;
  /** Where the files of an entity lie, by the body of the entity. */
  filesOf: (body: string) => FilesRoot | null;
  now: () => Date;
}

/** A scorecard by which can be judged. */
export interface Usable extends StoredScorecard {
  scorecard: Scorecard;
}

export function usable(stored: readonly StoredScorecard[]): Usable[] {
  return stored.filter((one): one is Usable => one.scorecard !== null);
}

/** What a round has in common. */
interface Round {
  at: Date;
  kinds: KnownFact[];
  exemptions: Exemptions;
  reads: Reads[];
}

/** @param refs of the entities; all when undefined. @returns what came out another than before. */
export async function evaluate(
  deps: EvaluatorDeps,
  scorecards: readonly Usable[],
  refs?: readonly string[],
): Promise<Changed[]> {
  const { db, now } = deps;
  const round = await beginRound(deps, scorecards);
  const query = {
    scorecards: scorecards.map(({ scorecard }) => scorecard),
    wants: allWants(round.reads),
    refs,
  };
  const changed: Changed[] = [];
  // While the store writes one page, the thread judges the next.
  let writing: Promise<Changed[]> = Promise.resolve([]);
  for await (const page of subjectPages(db, query)) {
    const said = await judgePage(deps, scorecards, page, round);
    changed.push(...(await writing));
    writing = writeScores(db, said, now());
    writing.catch(() => undefined);
  }
  changed.push(...(await writing));
  for (const { ref, scorecard } of scorecards) await endScores(db, ref, scopeOf(scorecard), refs, now());
  return changed;
}

/** As `evaluate`, of all entities, but nothing is kept. */
export async function judgeOnly(deps: EvaluatorDeps, scorecards: readonly Usable[]): Promise<Said[]> {
  const round = await beginRound(deps, scorecards);
  const cards = scorecards.map(({ scorecard }) => scorecard);
  const said: Said[] = [];
  for await (const page of subjectPages(deps.db, {
    scorecards: cards,
    wants: allWants(round.reads),
    refs: undefined,
  })) {
    said.push(...(await judgePage(deps, scorecards, page, round)));
  }
  return said;
}

async function beginRound(
  { db, factKinds, now }: EvaluatorDeps,
  scorecards: readonly Usable[],
): Promise<Round> {
  const at = now();
  return {
    at,
    kinds: (await factKinds.all()).map(({ name, schema }) => ({ name, schema })),
    exemptions: await liveExemptions(db, at.toISOString().slice(0, 10)),
    reads: scorecards.map(({ scorecard }) => readsOfRules(scorecard)),
  };
}

async function judgePage(
  deps: EvaluatorDeps,
  scorecards: readonly Usable[],
  page: readonly SubjectRow[],
  round: Round,
): Promise<Said[]> {
  const answers = await deps.engine.judge({
    kinds: round.kinds,
    sets: scorecards.map(ruleSetOf),
    subjects: page.map((row) => subjectOf(deps, row, round.reads)),
    now: round.at.getTime(),
    explain: false,
  });
  return page.flatMap((row, index) => said(scorecards, row, answers[index], round));
}

export function ruleSetOf({ ref, version, scorecard }: Usable) {
  return { key: `${ref} ${version}`, rules: scorecard.rules.map(({ checks }) => ({ checks })) };
}

export function subjectOf(
  { filesOf }: Pick<EvaluatorDeps, 'filesOf'>,
  { body, facts, ownerBody, systemBody, dependencies, applies }: SubjectRow,
  reads: readonly Reads[],
): Subject {
  const by = applies.flatMap((does, index) => (does ? [index] : []));
  const asksFiles = by.some((index) => reads[index]?.files);
  const files = asksFiles ? filesOf(body) : null;
  return { entity: body, facts, owner: ownerBody, system: systemBody, dependencies, files, by };
}

function said(
  scorecards: readonly Usable[],
  { ref, owner, applies }: SubjectRow,
  answer: Answer | undefined,
  { at, exemptions }: Round,
): Said[] {
  const by = scorecards.filter((_, index) => applies[index]);
  const today = at.toISOString().slice(0, 10);
  const facts = { exemptions, today, born: answer?.born ?? null, ref };
  return by.map(({ ref: scorecard, version, scorecard: card }, position) => {
    const raw = answer?.results[position] ?? [];
    const results = card.rules.map(
      (rule, index) => release(card, rule, raw[index] ?? 'unknown', facts).result,
    );
    const { level, percent } = judge(card, results);
    return { scorecard, ref, version, owner, results: results.map(letterOf).join(''), level, percent };
  });
}
