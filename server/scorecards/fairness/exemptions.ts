/** Dated, reasoned, approved releases from one rule for one entity. */
import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { Principal } from '../../kernel/gate.ts';
import { readRef } from '../../kernel/read-ref.ts';
import { clean } from '../../kernel/store/row-set.ts';
import { partiesOf, unknownParty } from '../../ownership/index.ts';
import type { Exemption, exemptionBodySchema, exemptionsQuerySchema } from '../contract.ts';
import type { ScorecardStore, StoredScorecard } from '../scorecard-store.ts';
import type { ExemptionTable, ScorecardDb } from '../tables.ts';

export interface ExemptionDeps {
  db: Kysely<ScorecardDb>;
  scorecards: ScorecardStore;
  now: () => Date;
  /** Whether somebody maintains all standards. */
  maintains: (principal: Principal) => boolean;
  /** What is said of the entity has to be judged again. */
  touch: (refs: readonly string[]) => void;
}

type Row = Selectable<ExemptionTable>;
const LONGEST_DAYS = 366;

export async function listExemptions(
  deps: ExemptionDeps,
  { state, entity, scorecard }: z.infer<typeof exemptionsQuerySchema>,
  viewer: Principal,
): Promise<Exemption[]> {
  const rows = await deps.db
    .selectFrom('exemption')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'asked'))
    .$if(entity !== undefined, (query) => query.where('ref', '=', readRef(entity ?? '', { field: 'entity' })))
    .$if(scorecard !== undefined, (query) =>
      query.where('scorecard', '=', readRef(scorecard ?? '', { kind: 'scorecard', field: 'scorecard' })),
    )
    .orderBy(sql`state <> 'asked'`)
    .orderBy('asked_at', 'desc')
    .limit(500)
    .execute();
  return answers(deps, rows, viewer);
}

/** @throws {AtriumError} INPUT_INVALID, ENTITY_NOT_FOUND, EXEMPTION_EXISTS */
export async function askExemption(
  deps: ExemptionDeps,
  body: z.infer<typeof exemptionBodySchema>,
  by: Principal,
): Promise<Exemption> {
  const { db, scorecards, now } = deps;
  const stored = await scorecards.one(readRef(body.scorecard, { kind: 'scorecard', field: 'scorecard' }));
  if (!stored.scorecard?.rules.some(({ id }) => id === body.rule)) {
    throw new AtriumError('INPUT_INVALID', `${stored.ref} has no rule ${body.rule}`);
  }
  const ref = readRef(body.entity, { field: 'entity' });
  const known = await db.selectFrom('entity').select('ref').where('ref', '=', ref).executeTakeFirst();
  if (!known) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${ref}`);
  checkUntil(body.until, now());
  await expire(deps);
  const id = randomUUID();
  const asked = { asked_by: by.id, asked_by_name: by.name, asked_at: now() };
  const { scorecard, rule, until } = { ...body, scorecard: stored.ref };
  const rows = await db
    .insertInto('exemption')
    .values({ id, scorecard, rule, ref, reason: clean(body.reason), until, state: 'asked', ...asked })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .execute();
  const [exemption] = await answers(deps, rows, by);
  if (!exemption)
    throw new AtriumError('EXEMPTION_EXISTS', `${ref} has asked for an exemption from ${rule} before`);
  return exemption;
}

function checkUntil(until: string, now: Date): void {
  const last = new Date(now.getTime() + LONGEST_DAYS * 24 * 3600 * 1000).toISOString().slice(0, 10);
  const today = now.toISOString().slice(0, 10);
  if (until >= today && until <= last) return;
  throw new AtriumError('INPUT_INVALID', `until must be a day from today to ${last}: an exemption ends`);
}

/** @throws {AtriumError} EXEMPTION_NOT_FOUND, ACCESS_DENIED, EXEMPTION_DECIDED */
export async function decideExemption(
  deps: ExemptionDeps,
  id: string,
  { decision, reason }: { decision: 'grant' | 'refuse'; reason: string },
  by: Principal,
): Promise<Exemption> {
  const row = await rowOf(deps, id);
  await refuseDecision(deps, row, by);
  const decided = {
    decided_by: by.id,
    decided_by_name: by.name,
    decided_at: deps.now(),
    decision_reason: clean(reason),
  };
  return move(deps, row, by, { state: decision === 'grant' ? 'granted' : 'refused', ...decided });
}

/** Whoever asked, or may decide, takes it back. @throws as decideExemption */
export async function withdrawExemption(deps: ExemptionDeps, id: string, by: Principal): Promise<Exemption> {
  const row = await rowOf(deps, id);
  if (row.asked_by !== by.id) await refuseDecision(deps, row, by);
  return move(deps, row, by, { state: 'withdrawn' });
}

async function move(deps: ExemptionDeps, row: Row, by: Principal, change: Partial<Row>): Promise<Exemption> {
  const from = change.state === 'withdrawn' ? (['asked', 'granted'] as const) : (['asked'] as const);
  const rows = await deps.db
    .updateTable('exemption')
    .set(change)
    .where('id', '=', row.id)
    .where('state', 'in', [...from])
    .returningAll()
    .execute();
  const [exemption] = await answers(deps, rows, by);
  if (!exemption) throw new AtriumError('EXEMPTION_DECIDED', `The exemption is ${row.state} already`);
  deps.touch([row.ref]);
  return exemption;
}

async function rowOf({ db }: ExemptionDeps, id: string): Promise<Row> {
  const row = await db.selectFrom('exemption').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return row;
  throw new AtriumError('EXEMPTION_NOT_FOUND', `There is no exemption ${id}`);
}

/** Who owns the standard decides, or who maintains all; never on what they asked for themselves. */
async function refuseDecision(deps: ExemptionDeps, row: Row, by: Principal): Promise<void> {
  const owner = (await deps.scorecards.all()).find(({ ref }) => ref === row.scorecard)?.owner ?? null;
  if (mayDecide(deps, row, owner, by)) return;
  const why =
    row.asked_by === by.id
      ? 'You asked for it yourself'
      : `It is for ${owner ?? 'who maintains standards'} to decide`;
  throw new AtriumError('ACCESS_DENIED', why);
}

function mayDecide(
  { maintains }: ExemptionDeps,
  { asked_by }: Row,
  owner: string | null,
  by: Principal,
): boolean {
  if (asked_by === by.id && by.id !== 'local') return false;
  return maintains(by) || (owner !== null && (by.groups.includes(owner) || by.ref === owner));
}

/** What was granted for a time is over after its last day. */
export async function expire({ db, now }: Pick<ExemptionDeps, 'db' | 'now'>): Promise<void> {
  await sql`update exemption set state = 'expired'
    where state in ('asked', 'granted') and until < ${now().toISOString().slice(0, 10)}`.execute(db);
}

async function answers(deps: ExemptionDeps, rows: readonly Row[], viewer: Principal): Promise<Exemption[]> {
  const cards = new Map((await deps.scorecards.all()).map((stored) => [stored.ref, stored]));
  const titles = await titlesOf(deps, rows);
  const parties = await partiesOf(
    deps.db,
    rows.flatMap(({ asked_by: by, decided_by: decider }) => [by, decider]),
  );
  const partyOf = (id: string, name: string | null) => {
    const party = parties(id);
    return party.exists ? party : unknownParty(id, name ?? id);
  };
  return rows.map((row) => {
    const card = cards.get(row.scorecard);
    const isLive = row.state === 'asked' || row.state === 'granted';
    const decides = mayDecide(deps, row, card?.owner ?? null, viewer);
    return {
      ...wordsOf(row, card),
      entityTitle: titles.get(row.ref) ?? row.ref,
      askedBy: partyOf(row.asked_by, row.asked_by_name),
      decidedBy: row.decided_by === null ? null : partyOf(row.decided_by, row.decided_by_name),
      mayDecide: row.state === 'asked' && decides,
      mayWithdraw: isLive && (row.asked_by === viewer.id || decides),
    };
  });
}

function wordsOf(row: Row, card: StoredScorecard | undefined) {
  const { id, scorecard, rule, ref: entity, reason, state } = row;
  return {
    ...{ id, scorecard, rule, entity, reason, state },
    scorecardTitle: card?.scorecard?.title ?? scorecard,
    ruleTitle: card?.scorecard?.rules.find((one) => one.id === rule)?.title ?? rule,
    until: row.until,
    askedAt: row.asked_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionReason: row.decision_reason,
  };
}

async function titlesOf({ db }: ExemptionDeps, rows: readonly Row[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const refs = rows.map(({ ref }) => ref);
  const found = await db
    .selectFrom('entity')
    .select(['ref', 'title', 'name'])
    .where('ref', 'in', refs)
    .execute();
  return new Map(found.map(({ ref, title, name }) => [ref, title ?? name]));
}
