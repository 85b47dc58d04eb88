/** Audit entries in the store: appended to the chain, and read in its order. */
import { hash } from 'node:crypto';
import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import {
  type AuditStatement,
  type ChainedEntry,
  type ChainLink,
  canonicalJson,
  entryHash,
} from '#model/audit-chain.ts';
import { clean } from '../kernel/store/row-set.ts';
import type { AuditEntry, auditExportQuerySchema } from './contract.ts';
import type { AccessTables, AuditEntryTable } from './tables.ts';

/** What happened, before it has a place in the chain. */
export interface AuditRecord {
  actor: string;
  behind: string | null;
  address: string;
  action: string;
  target?: string | undefined;
  outcome: AuditStatement['outcome'];
  status: number;
  before?: unknown;
  after?: unknown;
}

export type AuditFilter = Omit<z.infer<typeof auditExportQuerySchema>, 'format'>;

/** Larger values are named by their size and hash. */
const LARGEST_VALUE = 32 * 1024;
const LONGEST_TARGET = 1000;
/** Entries read at once where all are gone through. */
const BATCH = 500;

export async function chainOf(db: Kysely<AccessTables>): Promise<{ anchor: ChainLink; head: ChainLink }> {
  const row = await db.selectFrom('audit_chain').selectAll().executeTakeFirstOrThrow();
  return {
    anchor: { seq: row.anchor_seq, hash: row.anchor_hash },
    head: { seq: row.head_seq, hash: row.head_hash },
  };
}

/** Holds the chain until the transaction ends: no other process appends meanwhile. */
export async function appendEntries(
  tx: Transaction<AccessTables>,
  records: readonly (AuditRecord & { at: Date })[],
): Promise<void> {
  const { head_seq, head_hash } = await tx
    .selectFrom('audit_chain')
    .select(['head_seq', 'head_hash'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  let head: ChainLink = { seq: head_seq, hash: head_hash };
  const rows = records.map((record) => {
    const row = toRow(record, head);
    head = { seq: row.seq, hash: row.hash };
    return row;
  });
  await tx.insertInto('audit_entry').values(rows).execute();
  await tx.updateTable('audit_chain').set({ head_seq: head.seq, head_hash: head.hash }).execute();
}

function toRow({ at, before, after, target, ...record }: AuditRecord & { at: Date }, head: ChainLink) {
  const told = { before: kept(before), after: kept(after) };
  const statement = {
    seq: head.seq + 1,
    actor: text(record.actor),
    behind: record.behind === null ? null : text(record.behind),
    address: text(record.address),
    action: text(record.action),
    target: target === undefined ? null : text(target).slice(0, LONGEST_TARGET).toWellFormed(),
    outcome: record.outcome,
    status: record.status,
  };
  return {
    ...statement,
    at,
    before: told.before === null ? null : canonicalJson(told.before),
    after: told.after === null ? null : canonicalJson(told.after),
    previous_hash: head.hash,
    hash: entryHash(head.hash, { ...statement, at: at.toISOString(), ...told }),
  };
}

/** What the store would change in a text is changed before it is hashed. */
function text(value: string): string {
  return clean(value.toWellFormed());
}

/** A value as JSON sees it, so that what is hashed is what is read again. */
function kept(value: unknown): unknown {
  const json = JSON.stringify(value);
  if (json === undefined) return null;
  if (json.length > LARGEST_VALUE)
    return { omitted: `${json.length} characters`, sha256: hash('sha256', json) };
  return JSON.parse(json);
}

/** A page of entries, newest first. */
export async function readPage(
  db: Kysely<AccessTables>,
  filter: AuditFilter,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<{ items: AuditEntry[]; total: number }> {
  const matching = conditionOf(filter);
  const older = before === undefined ? sql`true` : sql`seq < ${before}`;
  const { rows } = await sql<Selectable<AuditEntryTable>>`
    select * from audit_entry where ${matching} and ${older} order by seq desc limit ${limit}`.execute(db);
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from audit_entry where ${matching}`.execute(db);
  return { items: rows.map(answerEntry), total: counted[0]?.total ?? 0 };
}

/** All entries after one, in batches, oldest first. */
export async function* readAll(
  db: Kysely<AccessTables>,
  filter: AuditFilter,
  after = 0,
): AsyncGenerator<AuditEntry[]> {
  for (let last = after; ; ) {
    const batch = await readAfter(db, last, BATCH, conditionOf(filter));
    const end = batch.at(-1);
    if (!end) return;
    yield batch;
    last = end.seq;
  }
}

/** The next entries after one, oldest first. */
export async function readAfter(
  db: Kysely<AccessTables>,
  seq: number,
  limit: number,
  condition: RawBuilder<unknown> = sql`true`,
): Promise<AuditEntry[]> {
  const { rows } = await sql<Selectable<AuditEntryTable>>`
    select * from audit_entry where seq > ${seq} and ${condition} order by seq limit ${limit}`.execute(db);
  return rows.map(answerEntry);
}

function answerEntry(row: Selectable<AuditEntryTable>): AuditEntry & ChainedEntry {
  const { at, before, after, previous_hash, hash, ...rest } = row;
  return {
    ...rest,
    at: at.toISOString(),
    before: readValue(before),
    after: readValue(after),
    previousHash: previous_hash,
    hash,
  };
}

/** Somebody may have put there what is no JSON; then its hash is wrong, and that is told. */
function readValue(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** The same expression as that of the index. */
const words = sql`lower(actor || ' ' || coalesce(behind, '') || ' ' || action || ' ' || coalesce(target, '') || ' ' ||
  coalesce(before, '') || ' ' || coalesce(after, ''))`;

function conditionOf({ q = '', actor, action, target, outcome, from, to }: AuditFilter): RawBuilder<unknown> {
  const wanted = q.toLowerCase().split(/\s+/).filter(Boolean);
  const conditions = [
    ...wanted.map((word) => sql`${words} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
    ...(actor === undefined ? [] : [sql`(actor = ${actor} or behind = ${actor})`]),
    ...(action === undefined ? [] : [sql`action = ${action}`]),
    ...(target === undefined ? [] : [sql`target = ${target}`]),
    ...(outcome === undefined ? [] : [sql`outcome = ${outcome}`]),
    ...(from === undefined ? [] : [sql`at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [sql`at < ${to}::timestamptz`]),
  ];
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}
