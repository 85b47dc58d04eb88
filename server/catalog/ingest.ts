import { hash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Confidence, Contribution, PartReading, Problem } from '#model/contribution.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { rowSet } from '../kernel/store/row-set.ts';
import { changesBetween } from './changes.ts';
import type { ChangeFeed } from './feed.ts';
import { rebuild } from './rebuild.ts';
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

interface Stored {
  part: string;
  ref: string;
  hash: string;
  removed: boolean;
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
  await changing(deps, source, async (tx) => {
    const stored = await storedOf(tx, source, readings);
    const upserts = [
      ...changedContributions(readings, stored),
      ...lastGoodContributions(readings, stored),
      ...(await marked(tx, source, readings, stored)),
    ];
    const gone = goneContributions(readings, stored);
    await upsertContributions(tx, source, upserts);
    await markRemoved(tx, source, gone, deps.now());
    await alongside?.(tx);
    return [...upserts, ...gone].map(({ ref }) => ref);
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
    return rows.map(({ ref }) => ref);
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
      .returning('ref')
      .execute();
    return rows.map((row) => row.ref);
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
      return rows.map(({ ref }) => ref);
    },
    true,
  );
  return restored;
}

/** Runs a change of contributions or decisions, merges the refs that it touched, and tells the feed. */
export async function changing(
  deps: IngestDeps,
  source: string | null,
  change: (tx: Tx) => Promise<string[]>,
  restoring = false,
): Promise<void> {
  const done = await deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${MERGE_LOCK})`.execute(tx);
    const refs = [...new Set(await change(tx))];
    if (refs.length === 0) return undefined;
    const rebuilt = await rebuild(tx, deps, refs);
    const changes = changesBetween(rebuilt, restoring);
    const related = await writeRows(tx, rebuilt);
    return deps.feed.record(tx, { at: deps.now(), source, changes, related });
  });
  if (done) deps.feed.publish(done);
}

async function storedOf(
  tx: Tx,
  source: string,
  readings: readonly PartReading[],
): Promise<Map<string, Stored[]>> {
  const rows = await sql<Stored>`
    select part, ref, hash, removed_at is not null as removed from contribution
    where source = ${source} and part = any(${readings.map(({ part }) => part)}::text[]) and not kept`.execute(
    tx,
  );
  return Map.groupBy(rows.rows, ({ part }) => part);
}

interface Upsert {
  part: string;
  ref: string;
  hash: string;
  confidence: Confidence;
  json: string;
}

function changedContributions(readings: readonly PartReading[], stored: Map<string, Stored[]>): Upsert[] {
  const upserts: Upsert[] = [];
  for (const { part, contributions } of readings) {
    const known = new Map(stored.get(part)?.map((row) => [row.ref, row]));
    const seen = new Set<string>();
    for (const contribution of contributions) {
      // The first document of a ref in a file counts; the reader reports the others.
      if (seen.has(contribution.ref)) continue;
      seen.add(contribution.ref);
      const json = JSON.stringify(contribution);
      const upsert = {
        part,
        ref: contribution.ref,
        hash: hash('sha1', json),
        confidence: contribution.confidence,
        json,
      };
      const before = known.get(contribution.ref);
      if (!before || before.removed || before.hash !== upsert.hash) upserts.push(upsert);
    }
  }
  return upserts;
}

/** What an earlier version of a part said, of entities that the store has never seen in a good state. */
function lastGoodContributions(readings: readonly PartReading[], stored: Map<string, Stored[]>): Upsert[] {
  return readings.flatMap(({ part, contributions, problems = [], lastGood = [] }) => {
    const known = new Set(stored.get(part)?.flatMap(({ ref, removed }) => (removed ? [] : [ref])));
    const said = new Set(contributions.map(({ ref }) => ref));
    return lastGood
      .filter(({ ref }) => !known.has(ref) && !said.has(ref))
      .map((contribution) => markedUpsert(part, contribution, errorsAbout(problems, contribution.ref, said)));
  });
}

/** The errors that concern an entity: those that name it, or that name none while it is missing. */
function errorsAbout(problems: readonly Problem[], ref: string, said: ReadonlySet<string>): Problem[] {
  const errors = problems.filter(({ level }) => level === 'error');
  return errors.filter((error) => error.ref === ref || (error.ref === undefined && !said.has(ref)));
}

const markOf = (problems: readonly Problem[]) => `marked:${hash('sha1', JSON.stringify(problems))}`;

function markedUpsert(part: string, contribution: Contribution, problems: Problem[]): Upsert {
  const { ref, confidence } = contribution;
  return {
    part,
    ref,
    hash: markOf(problems),
    confidence,
    json: JSON.stringify({ ...contribution, problems }),
  };
}

/**
 * The last good contributions of parts that now have errors, marked with what is wrong: those that an error
 * names, or all of the part where no error names one.
 */
async function marked(
  tx: Tx,
  source: string,
  readings: readonly PartReading[],
  stored: Map<string, Stored[]>,
): Promise<Upsert[]> {
  const upserts: Upsert[] = [];
  for (const { part, contributions, problems = [] } of readings) {
    const said = new Set(contributions.map(({ ref }) => ref));
    for (const { ref, hash: before, removed } of stored.get(part) ?? []) {
      const about = errorsAbout(problems, ref, said);
      if (removed || said.has(ref) || about.length === 0 || before === markOf(about)) continue;
      const { body } = await tx
        .selectFrom('contribution')
        .select('body')
        .where('source', '=', source)
        .where('part', '=', part)
        .where('ref', '=', ref)
        .executeTakeFirstOrThrow();
      upserts.push(markedUpsert(part, body, about));
    }
  }
  return upserts;
}

/** What a part no longer says. A part with problems keeps all that it said: a bad edit never deletes. */
function goneContributions(readings: readonly PartReading[], stored: Map<string, Stored[]>): Stored[] {
  return readings.flatMap(({ part, contributions, failed, problems }) => {
    if (failed || problems?.some(({ level }) => level === 'error')) return [];
    const refs = new Set(contributions.map(({ ref }) => ref));
    return (stored.get(part) ?? []).filter(({ ref, removed }) => !removed && !refs.has(ref));
  });
}

async function upsertContributions(tx: Tx, source: string, upserts: readonly Upsert[]): Promise<void> {
  if (upserts.length === 0) return;
  await sql`
    insert into contribution (source, part, ref, hash, confidence, body, removed_at, kept)
    select ${source}, part, ref, hash, confidence, body::json, null, false from ${rowSet({
      part: upserts.map(({ part }) => part),
      ref: upserts.map(({ ref }) => ref),
      hash: upserts.map((upsert) => upsert.hash),
      confidence: upserts.map(({ confidence }) => confidence),
      body: upserts.map(({ json }) => json),
    })}
    on conflict (source, part, ref) do update
    set hash = excluded.hash, confidence = excluded.confidence, body = excluded.body, removed_at = null, kept = false
  `.execute(tx);
}

async function markRemoved(tx: Tx, source: string, gone: readonly Stored[], at: Date): Promise<void> {
  if (gone.length === 0) return;
  await sql`
    update contribution c set removed_at = ${at}
    from unnest(${gone.map((g) => g.part)}::text[], ${gone.map((g) => g.ref)}::text[]) as g (part, ref)
    where c.source = ${source} and c.part = g.part and c.ref = g.ref`.execute(tx);
}
