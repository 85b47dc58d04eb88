/** Requests for ownership: asked, listed, withdrawn. Deciding on them: decisions.ts. */

import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { Principal } from '../kernel/gate.ts';
import { readRef } from '../kernel/read-ref.ts';
import { clean } from '../kernel/store/row-set.ts';
import type { OwnershipRequest, requestBodySchema, requestsQuerySchema } from './contract.ts';
import { partiesOf } from './parties.ts';
import { readOwner } from './read-owner.ts';
import { asked, behind, decidedByWhom, mayDecide, mustWithdraw, type RequestRow } from './request-rules.ts';
import { unownable } from './store.ts';
import type { OwnershipDb } from './tables.ts';

export interface RequestDeps {
  db: Kysely<OwnershipDb>;
  now: () => Date;
}

type Body = z.infer<typeof requestBodySchema>;
type Query = z.infer<typeof requestsQuerySchema>;

/** A page shows no more; decided ones go on for ever. */
const MOST_LISTED = 500;

/** @throws {AtriumError} ENTITY_NOT_FOUND, INPUT_INVALID, REQUEST_CONFLICT */
export async function askFor(deps: RequestDeps, body: Body, by: Principal): Promise<OwnershipRequest> {
  const entity = readRef(body.entity);
  const to = readOwner(body.to);
  const { owner, ownerExists, title } = await mustBeOwnable(deps.db, entity);
  await mustExist(deps.db, to);
  if (owner === to) throw new AtriumError('INPUT_INVALID', `${to} owns ${entity} already`);
  const inserted = await deps.db
    .insertInto('ownership_request')
    .values({
      kind: owner !== null && ownerExists ? 'transfer' : 'claim',
      entity,
      entity_title: title,
      from_owner: owner,
      to_owner: to,
      reason: clean(body.reason),
      state: 'open',
      requested_by: by.id,
      requester_name: by.name,
      requested_behind: behind(by),
      requested_at: deps.now(),
    })
    .onConflict((conflict) =>
      conflict.columns(['entity', 'to_owner']).where('state', '=', 'open').doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
  if (!inserted)
    throw new AtriumError('REQUEST_CONFLICT', `It is asked already that ${to} should own ${entity}`);
  return answerOne(deps.db, inserted, by);
}

interface Ownable {
  title: string;
  owner: string | null;
  ownerExists: boolean;
}

async function mustBeOwnable(db: Kysely<OwnershipDb>, entity: string): Promise<Ownable> {
  const { rows } = await sql<Ownable & { kind: string }>`
    select coalesce(e.title, e.name) as title, e.kind, e.owner, o.ref is not null as "ownerExists"
    from entity e left join entity o on o.ref = e.owner where e.ref = ${entity}`.execute(db);
  const [row] = rows;
  if (!row) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${entity}`);
  if (unownable.includes(row.kind)) throw new AtriumError('INPUT_INVALID', `Nobody owns a ${row.kind}`);
  return row;
}

/** @throws {AtriumError} ENTITY_NOT_FOUND */
export async function mustExist(db: Kysely<OwnershipDb>, ref: string): Promise<void> {
  const row = await db.selectFrom('entity').select('ref').where('ref', '=', ref).executeTakeFirst();
  if (!row) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${ref}`);
}

/** @throws {AtriumError} REQUEST_NOT_FOUND */
export async function getRow(db: Kysely<OwnershipDb>, id: string): Promise<RequestRow> {
  const row = await db.selectFrom('ownership_request').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AtriumError('REQUEST_NOT_FOUND', `There is no request ${id}`);
  return row;
}

/** Newest first. */
export async function listRequests(
  { db }: Pick<RequestDeps, 'db'>,
  { state, entity, mine }: Query,
  by: Principal,
): Promise<OwnershipRequest[]> {
  const rows = await db
    .selectFrom('ownership_request')
    .selectAll()
    .where('state', state === 'open' ? '=' : '<>', 'open')
    .$if(entity !== undefined, (query) => query.where('entity', '=', readRef(entity ?? '')))
    .orderBy('requested_at', 'desc')
    .orderBy('id')
    .limit(MOST_LISTED)
    .execute();
  const wanted = mine ? rows.filter((row) => asked(row, by) || mayDecide(row, by)) : rows;
  return answerRequests(db, wanted, by);
}

/** Open requests in which one of these gives or receives. */
export async function requestsOf(
  db: Kysely<OwnershipDb>,
  owner: string,
  by: Principal,
): Promise<OwnershipRequest[]> {
  const rows = await db
    .selectFrom('ownership_request')
    .selectAll()
    .where('state', '=', 'open')
    .where(({ or, eb }) => or([eb('from_owner', '=', owner), eb('to_owner', '=', owner)]))
    .orderBy('requested_at', 'desc')
    .execute();
  return answerRequests(db, rows, by);
}

/** @throws {AtriumError} REQUEST_NOT_FOUND, REQUEST_CONFLICT, DECISION_REFUSED */
export async function withdraw(deps: RequestDeps, id: string, by: Principal): Promise<RequestRow> {
  const row = await getRow(deps.db, id);
  mustWithdraw(row, by);
  const { numUpdatedRows } = await deps.db
    .updateTable('ownership_request')
    .set({ state: 'withdrawn', decided_by: by.id, decider_name: by.name, decided_at: deps.now() })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (numUpdatedRows === 0n)
    throw new AtriumError('REQUEST_CONFLICT', 'Somebody has decided on it meanwhile');
  return row;
}

export async function answerOne(
  db: Kysely<OwnershipDb>,
  row: RequestRow,
  by: Principal,
): Promise<OwnershipRequest> {
  const [answer] = await answerRequests(db, [row], by);
  if (!answer) throw new Error('a request has an answer');
  return answer;
}

/** @param by who sees it. */
export async function answerRequests(
  db: Kysely<OwnershipDb>,
  rows: readonly RequestRow[],
  by: Principal,
): Promise<OwnershipRequest[]> {
  const named = rows.flatMap((row) => [row.from_owner, row.to_owner, row.requested_by, row.decided_by]);
  const parties = await partiesOf(db, named);
  // Not everybody who may ask is in the catalog; they are told by the name that they had.
  const person = (id: string, name: string) => {
    const party = parties(id);
    return party.exists ? party : { ...party, title: name };
  };
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    entity: row.entity,
    entityTitle: row.entity_title,
    from: row.from_owner === null ? null : parties(row.from_owner),
    to: parties(row.to_owner),
    reason: row.reason,
    state: row.state,
    requestedBy: person(row.requested_by, row.requester_name),
    requestedAt: row.requested_at.toISOString(),
    decidedBy: row.decided_by === null ? null : person(row.decided_by, row.decider_name ?? row.decided_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionReason: row.decision_reason,
    decidedByWhom: decidedByWhom(row, parties),
    mayDecide: mayDecide(row, by),
    change: row.change,
  }));
}
