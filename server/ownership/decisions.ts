/** Decides on a request. What is approved moves ownership at once, and opens the change of the descriptor. */
import { sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import type { Contribution } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef, parseRef } from '#model/ref.ts';
import type { Catalog, CatalogTables, Declaration } from '../catalog/index.ts';
import type { Principal } from '../kernel/gate.ts';
import { clean } from '../kernel/store/row-set.ts';
import type { decideRequestBodySchema, OwnershipRequest } from './contract.ts';
import { type ChangeDeps, proposeOwner } from './descriptor-change.ts';
import { partiesOf } from './parties.ts';
import { mustDecide, type RequestRow } from './request-rules.ts';
import { answerOne, getRow, mustExist } from './requests.ts';
import type { OwnershipDb } from './tables.ts';

export interface DecisionDeps extends ChangeDeps {
  catalog: Pick<Catalog, 'claims' | 'ingest' | 'feed'>;
}

type Body = z.infer<typeof decideRequestBodySchema>;

/** The source under which approved ownership stands. */
const OWNERSHIP = 'ownership';

/** @throws {AtriumError} REQUEST_NOT_FOUND, REQUEST_CONFLICT, DECISION_REFUSED, ENTITY_NOT_FOUND */
export async function decide(
  deps: DecisionDeps,
  id: string,
  body: Body,
  by: Principal,
): Promise<OwnershipRequest> {
  const row = await getRow(deps.db, id);
  mustDecide(row, by, await partiesOf(deps.db, [row.from_owner, row.to_owner]));
  if (body.decision === 'decline') await decline(deps, row, body, by);
  else await approve(deps, row, body, by);
  return answerOne(deps.db, await getRow(deps.db, id), by);
}

async function decline(deps: DecisionDeps, row: RequestRow, body: Body, by: Principal): Promise<void> {
  await deps.db.transaction().execute((tx) => close(deps, tx, row, 'declined', body, by));
  deps.catalog.feed.publish({ seq: 0, refs: [row.entity], related: [] });
}

async function approve(deps: DecisionDeps, row: RequestRow, body: Body, by: Principal): Promise<void> {
  const { entity, to_owner } = row;
  await mustExist(deps.db, to_owner);
  const declaration = (await deps.catalog.claims([entity])).get(entity)?.declaration;
  const contribution = await supplement(deps, row, declaration, by);
  await deps.catalog.ingest(OWNERSHIP, [{ part: entity, contributions: [contribution] }], async (tx) => {
    await mustBeUnchanged(tx, row);
    // If the portal ends before it has opened the change, this is what is known of it.
    const change = { ...unknownChange, note: 'The portal ended before the change was opened.' };
    await close(deps, tx as unknown as Transaction<OwnershipDb>, row, 'approved', body, by, change);
  });
  const change = await proposeOwner(deps, row, declaration);
  await deps.db
    .updateTable('ownership_request')
    .set({ change: JSON.stringify(change) })
    .where('id', '=', row.id)
    .execute();
  deps.catalog.feed.publish({ seq: 0, refs: [entity], related: [] });
}

const unknownChange = { state: 'failed', branch: null, repository: null, path: null, patch: null } as const;

async function supplement(
  { db, now }: DecisionDeps,
  row: RequestRow,
  declaration: Declaration | undefined,
  by: Principal,
): Promise<Contribution> {
  const stored = await db
    .selectFrom('entity')
    .select(['kind_label', 'name', 'namespace', sql<string>`body ->> 'apiVersion'`.as('apiVersion')])
    .where('ref', '=', row.entity)
    .executeTakeFirst();
  if (!stored) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${row.entity} any more`);
  const { apiVersion, kind_label: kind, name, namespace } = stored;
  const day = now().toISOString().slice(0, 10);
  const note = `asked for by ${row.requester_name}, approved by ${by.name} on ${day}`;
  const place = { location: `ownership-request:${row.id}` };
  return {
    ref: row.entity,
    entity: { apiVersion, kind, metadata: { name, namespace }, spec: { owner: row.to_owner } },
    confidence: 'declared',
    place,
    fields: { 'spec.owner': { confidence: 'declared', place, note } },
    supplements: { declaredOwner: ownerIn(declaration, namespace) },
  };
}

function ownerIn(declaration: Declaration | undefined, namespace: string): string | null {
  const owner = declaration?.entity.spec?.owner;
  try {
    return typeof owner === 'string' ? canonicalRef(owner, { kind: 'group', namespace }) : null;
  } catch {
    return null;
  }
}

/** Whoever approved knew another owner. */
async function mustBeUnchanged(tx: Transaction<CatalogTables>, row: RequestRow): Promise<void> {
  const now = await tx.selectFrom('entity').select('owner').where('ref', '=', row.entity).executeTakeFirst();
  if (now && now.owner === row.from_owner) return;
  const owner = now?.owner ? parseRef(now.owner).name : 'nobody';
  throw new AtriumError(
    'REQUEST_CONFLICT',
    `The owner of ${row.entity} has changed since: it is ${owner} now`,
  );
}

async function close(
  { now }: DecisionDeps,
  tx: Transaction<OwnershipDb>,
  row: RequestRow,
  state: 'approved' | 'declined',
  { reason }: Body,
  by: Principal,
  change?: OwnershipRequest['change'],
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('ownership_request')
    .set({
      state,
      decided_by: by.id,
      decider_name: by.name,
      decided_at: now(),
      decision_reason: clean(reason) || null,
      ...(change && { change: JSON.stringify(change) }),
    })
    .where('id', '=', row.id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (numUpdatedRows === 0n)
    throw new AtriumError('REQUEST_CONFLICT', 'Somebody has decided on it meanwhile');
}
