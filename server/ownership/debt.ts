/** The register of technical debt: what it would cost to pay off, and what it costs until then. */

import { type Kysely, type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { parseRef } from '#model/ref.ts';
import type { Principal } from '../kernel/gate.ts';
import { readRef } from '../kernel/read-ref.ts';
import { clean } from '../kernel/store/row-set.ts';
import { chainsOf, type Link } from './chain.ts';
import type { Debt, debtBodySchema, debtChangeSchema, debtQuerySchema, debtsSchema } from './contract.ts';
import { partiesOf } from './parties.ts';
import { readOwner } from './read-owner.ts';
import { responsibilitiesOf } from './responsibility.ts';
import type { DebtTable, OwnershipDb } from './tables.ts';

export type DebtBody = z.infer<typeof debtBodySchema>;
export type DebtChange = z.infer<typeof debtChangeSchema>;
export type DebtQuery = z.infer<typeof debtQuerySchema>;
export type Debts = z.infer<typeof debtsSchema>;
type Row = Selectable<DebtTable>;

export interface DebtDeps {
  db: Kysely<OwnershipDb>;
  now: () => Date;
}

/** Of a team or a person, beside other things that concern them. */
const BESIDE_OTHERS = { offset: 0, limit: 50 };

/** Open items with a due date first, then the dearest. */
export function listDebt(deps: DebtDeps, { owner, offset, limit, ...filter }: DebtQuery): Promise<Debts> {
  const owners = owner === undefined ? undefined : [readRef(owner, { kind: 'group' })];
  return pageOf(deps, { ...filter, owners }, { offset, limit });
}

/** Open items that any of these owns: the first of them, and what all come to. */
export function debtOwnedBy(deps: DebtDeps, owners: readonly string[]): Promise<Debts> {
  return pageOf(deps, { owners, state: 'open' }, BESIDE_OTHERS);
}

type Filter = Pick<DebtQuery, 'entity' | 'state'> & { owners: readonly string[] | undefined };

/** Who owns an item may be a matter of its entity, so that all that match are looked at, but only a page is read. */
async function pageOf(
  deps: DebtDeps,
  { entity, state, owners }: Filter,
  { offset, limit }: Pick<DebtQuery, 'offset' | 'limit'>,
): Promise<Debts> {
  const matching = await deps.db
    .selectFrom('debt')
    .select(['id', 'entity', 'owner', 'cost_days', 'interest_days'])
    .$if(entity !== undefined, (query) => query.where('entity', '=', readRef(entity ?? '')))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'open'))
    .orderBy(sql`state <> 'open'`)
    .orderBy('due', (order) => order.asc().nullsLast())
    .orderBy('interest_days', 'desc')
    .orderBy('cost_days', 'desc')
    .orderBy('id')
    .execute();
  const wanted = owners ? await ownedAmong(deps.db, matching, new Set(owners)) : matching;
  const ids = wanted.slice(offset, offset + limit).map(({ id }) => id);
  return { items: await answerDebts(deps, await rowsOf(deps.db, ids)), total: totalOf(wanted) };
}

/** In the order of the ids. */
async function rowsOf(db: Kysely<OwnershipDb>, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('debt').selectAll().where('id', 'in', ids).execute();
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

async function ownedAmong<T extends Owing>(
  db: Kysely<OwnershipDb>,
  rows: readonly T[],
  owners: ReadonlySet<string>,
): Promise<T[]> {
  const chains = await chainsOf(db, [...new Set(rows.map(({ entity }) => entity))]);
  return rows.filter((row) => owners.has(ownerOf(row, chains.get(row.entity)) ?? ''));
}

/** What an entity still has to pay off. */
export async function debtTotal(db: Kysely<OwnershipDb>, entity: string): Promise<Debts['total']> {
  const { rows } = await sql<Debts['total']>`
    select count(*)::int as items, coalesce(sum(cost_days), 0)::float8 as "costDays",
      coalesce(sum(interest_days), 0)::float8 as "interestDays"
    from debt where entity = ${entity} and state = 'open'`.execute(db);
  return rows[0] ?? { items: 0, costDays: 0, interestDays: 0 };
}

function totalOf(rows: readonly Pick<Row, 'cost_days' | 'interest_days'>[]): Debts['total'] {
  const sum = (key: 'cost_days' | 'interest_days') =>
    // Of hundredths, since tenths of a day don't add up in binary.
    rows.reduce((total, row) => total + Math.round(row[key] * 100), 0) / 100;
  return { items: rows.length, costDays: sum('cost_days'), interestDays: sum('interest_days') };
}

/** @throws {AtriumError} DEBT_NOT_FOUND */
export async function getDebt(deps: DebtDeps, id: string): Promise<Debt> {
  const row = await deps.db.selectFrom('debt').selectAll().where('id', '=', id).executeTakeFirst();
  const [debt] = row ? await answerDebts(deps, [row]) : [];
  if (!debt) throw new AtriumError('DEBT_NOT_FOUND', `The register has no item ${id}`);
  return debt;
}

/** @throws {AtriumError} ENTITY_NOT_FOUND, INPUT_INVALID */
export async function addDebt(deps: DebtDeps, body: DebtBody, by: Principal): Promise<Debt> {
  const { db, now } = deps;
  const entity = readRef(body.entity);
  const known = await db
    .selectFrom('entity')
    .select(['title', 'name'])
    .where('ref', '=', entity)
    .executeTakeFirst();
  if (!known) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${entity}`);
  const about = {
    entity,
    entityTitle: known.title ?? known.name,
    origin: by.kind === 'machine' ? ('machine' as const) : ('person' as const),
    createdBy: by.id,
    at: now(),
  };
  return getDebt(deps, await insertDebt(db, body, about));
}

/** @returns its id. */
export async function insertDebt(
  db: Kysely<OwnershipDb>,
  fields: Fields,
  about: { entity: string; entityTitle: string; origin: Row['origin']; createdBy: string; at: Date },
): Promise<string> {
  const row = await db
    .insertInto('debt')
    .values({
      ...columnsOf(fields),
      entity: about.entity,
      entity_title: about.entityTitle,
      state: 'open',
      origin: about.origin,
      created_by: about.createdBy,
      created_at: about.at,
      changed_at: about.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** @throws {AtriumError} DEBT_NOT_FOUND, INPUT_INVALID */
export async function changeDebt(deps: DebtDeps, id: string, change: DebtChange): Promise<Debt> {
  const { state, ...fields } = change;
  await deps.db
    .updateTable('debt')
    .set({ ...partOf(fields), ...(state && { state }), changed_at: deps.now() })
    .where('id', '=', id)
    .execute();
  return getDebt(deps, id);
}

export async function removeDebt({ db }: DebtDeps, id: string): Promise<void> {
  await db.deleteFrom('debt').where('id', '=', id).execute();
}

type Fields = Omit<DebtBody, 'entity'>;

function columnsOf({ title, detail, costDays, interestDays, owner, due, issue }: Fields) {
  return {
    title: clean(title),
    detail: clean(detail),
    cost_days: costDays,
    interest_days: interestDays,
    owner: owner === null ? null : readOwner(owner),
    due,
    issue,
  };
}

/** Only what was sent. */
function partOf(fields: Omit<DebtChange, 'state'>): Partial<ReturnType<typeof columnsOf>> {
  const { title, detail, costDays, interestDays, owner, due, issue } = fields;
  return {
    ...(title !== undefined && { title: clean(title) }),
    ...(detail !== undefined && { detail: clean(detail) }),
    ...(due !== undefined && { due }),
    ...(issue !== undefined && { issue }),
    ...(costDays !== undefined && { cost_days: costDays }),
    ...(interestDays !== undefined && { interest_days: interestDays }),
    ...(owner !== undefined && { owner: owner === null ? null : readOwner(owner) }),
  };
}

type Owing = Pick<Row, 'entity' | 'owner'>;

/** Whoever owns the debt of an entity now owns the items that name nobody, so that they go along with it. */
function ownerOf({ owner }: Owing, chain: readonly Link[] = []): string | null {
  return owner ?? responsibilitiesOf(chain).debtOwner.holders[0] ?? null;
}

async function answerDebts({ db, now }: DebtDeps, rows: readonly Row[]): Promise<Debt[]> {
  const chains = await chainsOf(db, [...new Set(rows.map(({ entity }) => entity))]);
  const owned = rows.map((row) => {
    const chain = chains.get(row.entity) ?? [];
    const title = chain.find(({ depth }) => depth === 0)?.title ?? row.entity_title;
    return { row, owner: ownerOf(row, chain), title };
  });
  const parties = await partiesOf(
    db,
    owned.map(({ owner }) => owner),
  );
  const today = now().toISOString().slice(0, 10);
  return owned.map(({ row, owner, title }) => ({
    id: row.id,
    entity: row.entity,
    entityTitle: title || parseRef(row.entity).name,
    title: row.title,
    detail: row.detail,
    costDays: row.cost_days,
    interestDays: row.interest_days,
    owner: owner === null ? null : parties(owner),
    due: row.due,
    issue: row.issue,
    state: row.state,
    origin: row.origin,
    rule: row.scorecard === null || row.rule === null ? null : { scorecard: row.scorecard, id: row.rule },
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    overdue: row.state === 'open' && row.due !== null && row.due < today,
  }));
}
