import { type Kysely, sql, type Transaction } from 'kysely';
import type { PartReading } from '#model/contribution.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { rowSet } from '../kernel/store/row-set.ts';
import { changesBetween } from './changes.ts';
import type { ChangeFeed } from './feed.ts';
import { newsOf, type Stored } from './news.ts';
import { rebuild, type Said, sayAlone } from './rebuild.ts';
import type { CatalogTables } from './tables.ts';
import { writeRows } from './write-rows.ts';

type Tx = Transaction<CatalogTables>;

export interface IngestDeps {
  db: Kysely<CatalogTables>;
  kinds: KindRegistry;
  feed: ChangeFeed;
  now: () => Date;
  /** Position of a source in the configuration; decides between equal claims. */
  sourceOrder: (source: string) => number;
}

/** One at a time over all processes, so that the change feed's order is the order of commits. */
const MERGE_LOCK = 7007;

/**
 * Takes in what a source read: stores the contributions that changed and merges their refs again, all in
 * one transaction. What is unchanged, by content hash, costs one comparison.
 * @param alongside more to write in the same transaction.
 */
export async function ingest(
  deps: IngestDeps,
  source: string,
  readings: readonly PartReading[],
  alongside?: (tx: Tx) => Promise<void>,
): Promise<void> {
  // Worked out before the turn of this batch comes, while the store still writes the one before. A source
  // hands over each part once at a time, so nothing in between makes it wrong.
  const { news, gone } = await newsOf(deps.db, source, readings);
  const said = news.map((one) => sayAlone(deps, source, one));
  await changing(deps, source, async (tx) => {
    await markRemoved(tx, source, gone, deps.now());
    await alongside?.(tx);
    return { refs: [...news, ...gone].map(({ ref }) => ref), said };
  });
}

/** Takes parts away: their contributions can be brought back until the undo window ends. */
export async function removeParts(
  deps: IngestDeps,
  source: string,
  parts: readonly string[],
  alongside?: (tx: Tx) => Promise<void>,
): Promise<void> {
  if (parts.length === 0) return;
  await changing(deps, source, async (tx) => {
    const rows = await tx
      .updateTable('contribution')
      .set({ removed_at: deps.now() })
      .where('source', '=', source)
      .where('part', 'in', [...parts])
      .where('removed_at', 'is', null)
      .where('kept', '=', false)
      .returning('ref')
      .execute();
    await alongside?.(tx);
    return { refs: rows.map(({ ref }) => ref) };
  });
}

/** Takes an entity out, whoever claims it, until a source says it again. */
export async function removeEntity(deps: IngestDeps, ref: string): Promise<void> {
  await changing(deps, null, async (tx) => {
    const rows = await tx
      .updateTable('contribution')
      .set({ removed_at: deps.now() })
      .where('ref', '=', ref)
      .where('removed_at', 'is', null)
      .where('supplements', '=', false)
      .returning('ref')
      .execute();
    return { refs: rows.map((row) => row.ref) };
  });
}

/** Brings back what a removal took away; it stays as an orphan until a source claims it again. */
export async function restore(deps: IngestDeps, refs: readonly string[]): Promise<number> {
  let restored = 0;
  await changing(
    deps,
    null,
    async (tx) => {
      const rows = await tx
        .updateTable('contribution')
        .set({ removed_at: null, kept: true })
        .where('ref', 'in', [...refs])
        .where('removed_at', 'is not', null)
        .returning('ref')
        .execute();
      restored = new Set(rows.map(({ ref }) => ref)).size;
      return { refs: rows.map(({ ref }) => ref) };
    },
    true,
  );
  return restored;
}

/** What a change concerns. */
interface Touched {
  refs: string[];
  /** Contributions to store. */
  said?: Said[];
}

/** Runs a change of contributions or decisions, merges the refs that it touched, and tells the feed. */
export async function changing(
  deps: IngestDeps,
  source: string | null,
  change: (tx: Tx) => Promise<Touched>,
  restoring = false,
): Promise<void> {
  const done = await deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${MERGE_LOCK})`.execute(tx);
    const { refs, said = [] } = await change(tx);
    if (refs.length === 0) return undefined;
    const rebuilt = await rebuild(tx, deps, [...new Set(refs)], said);
    const changes = changesBetween(rebuilt, restoring);
    await putContributions(tx, said);
    const related = await writeRows(tx, rebuilt);
    return deps.feed.record(tx, { at: deps.now(), source, changes, related });
  });
  if (done) deps.feed.publish(done);
}

async function putContributions(tx: Tx, said: readonly Said[]): Promise<void> {
  if (said.length === 0) return;
  await sql`
    insert into contribution (source, part, ref, hash, confidence, body, supplements, removed_at, kept)
    select source, part, ref, hash, confidence, body::json, supplements::boolean, null, false from ${rowSet({
      source: said.map(({ source }) => source),
      part: said.map(({ part }) => part),
      ref: said.map(({ ref }) => ref),
      hash: said.map((one) => one.hash),
      confidence: said.map(({ contribution }) => contribution.confidence),
      body: said.map(({ json }) => json),
      supplements: said.map(({ contribution }) => String(contribution.supplements !== undefined)),
    })}
    on conflict (source, part, ref) do update
    set hash = excluded.hash, confidence = excluded.confidence, body = excluded.body,
      supplements = excluded.supplements, removed_at = null, kept = false
  `.execute(tx);
}

async function markRemoved(tx: Tx, source: string, gone: readonly Stored[], at: Date): Promise<void> {
  if (gone.length === 0) return;
  await sql`
    update contribution c set removed_at = ${at}
    from unnest(${gone.map((g) => g.part)}::text[], ${gone.map((g) => g.ref)}::text[]) as g (part, ref)
    where c.source = ${source} and c.part = g.part and c.ref = g.ref`.execute(tx);
}
