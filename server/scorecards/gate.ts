/** Whether an entity is good enough to go on, as it is or as a checkout would make it. */

import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { readRef } from '../kernel/read-ref.ts';
import type { Gate, gateBodySchema } from './contract.ts';
import { type Usable, usable } from './evaluator.ts';
import { type Explained, explainEntities, resultsOf } from './explained.ts';
import { judge } from './judge.ts';
import { type LadderDeps, rungOf } from './ladder.ts';
import type { ScorecardStore } from './scorecard-store.ts';

export interface GateDeps extends LadderDeps {
  scorecards: ScorecardStore;
}

/** @throws {AtriumError} ENTITY_NOT_FOUND, INPUT_INVALID */
export async function passGate(deps: GateDeps, body: z.infer<typeof gateBodySchema>): Promise<Gate> {
  const card = await cardOf(deps, body.scorecard);
  const { levels } = card.scorecard;
  if (body.min !== undefined && !levels.includes(body.min)) {
    throw new AtriumError(
      'INPUT_INVALID',
      `${card.ref} has no level ${body.min}: it has ${levels.join(', ')}`,
    );
  }
  const ref = readRef(body.entity, { field: 'entity' });
  const [stored] = await explainEntities(deps, [card], [ref]);
  if (!stored)
    throw new AtriumError(
      'ENTITY_NOT_FOUND',
      `${card.ref} does not apply to ${ref}, or there is no such entity`,
    );
  const [sent] = body.facts
    ? await explainEntities(deps, [card], [ref], await merged(deps, ref, body.facts))
    : [];
  return gateOf(deps, card, { stored, sent, min: body.min ?? null });
}

async function cardOf({ scorecards }: GateDeps, written: string): Promise<Usable> {
  const ref = readRef(written, { kind: 'scorecard', field: 'scorecard' });
  const [card] = usable([await scorecards.one(ref)]);
  if (card) return card;
  throw new AtriumError('INPUT_INVALID', `${ref} has mistakes, so nothing can be judged by it`);
}

/** What the checkout does not tell stays as it is known. */
async function merged(
  { facts }: GateDeps,
  ref: string,
  sent: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const known = await facts.of(ref);
  return { ...Object.fromEntries(known.map(({ name, value }) => [name, value])), ...sent };
}

async function gateOf(
  deps: GateDeps,
  card: Usable,
  { stored, sent, min }: { stored: Explained; sent: Explained | undefined; min: string | null },
): Promise<Gate> {
  const { levels, rules, title } = card.scorecard;
  const now = sent ?? stored;
  const { level, percent } = judge(card.scorecard, resultsOf(now));
  const earlier = judge(card.scorecard, resultsOf(stored));
  const facts = new Map((await deps.facts.of(stored.ref)).map((fact) => [fact.name, fact]));
  const about = { facts, titles: new Map<string, string>(), mayStart: false };
  const passed =
    min === null ? resultsOf(now).every((result) => result !== 'fail') : level >= levels.indexOf(min);
  return {
    ...{ entity: stored.ref, scorecard: card.ref, title, passed, min, percent },
    level: levels[level] ?? null,
    before: sent ? { level: levels[earlier.level] ?? null, percent: earlier.percent } : null,
    rungs: rules.map((rule, index) => ({
      ...rungOf(rule, now.rules[index], stored.ref, about),
      before: sent ? (stored.rules[index]?.result ?? null) : null,
    })),
  };
}

/** The level that an entity has now, for guards of actions. @returns null for none, and where nothing applies. */
export async function levelNow(
  { db, scorecards }: Pick<GateDeps, 'db' | 'scorecards'>,
  written: string,
  ref: string,
): Promise<{ level: string | null; levels: string[] }> {
  const stored = await scorecards.one(readRef(written, { kind: 'scorecard' }));
  const levels = stored.scorecard?.levels ?? [];
  const row = await db
    .selectFrom('score')
    .select('level')
    .where('scorecard', '=', stored.ref)
    .where('ref', '=', ref)
    .where('until', 'is', null)
    .executeTakeFirst();
  return { level: levels[row?.level ?? -1] ?? null, levels };
}
