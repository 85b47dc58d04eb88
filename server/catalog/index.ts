import { type Kysely, sql, type Transaction } from 'kysely';
import type { PartReading } from '#model/contribution.ts';
import type { AnnotatedEntity } from '#model/integration.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { annotated } from './annotated.ts';
import { settleIndexes } from './bulk-indexes.ts';
import { claimsOf, type EntityClaims } from './claims.ts';
import { ChangeFeed, type ChangeNotice } from './feed.ts';
import { changing, type IngestDeps, ingest, removeEntity, removeParts, restore } from './ingest.ts';
import { suggestedOwners } from './suggested-owner.ts';
import type { CatalogTables } from './tables.ts';

export { addLocation, removeLocation, tryLocation } from './add-location.ts';
export type { Declaration, EntityClaims } from './claims.ts';
export { type ConfirmedAt, type PartKey, partKey } from './confirmed.ts';
export { EntityColumns } from './entity-columns.ts';
export { createEntityReader } from './entity-reader.ts';
export type { ChangeNotice } from './feed.ts';
export { parseFilters } from './filter.ts';
export { compileFilter } from './filter-sql.ts';
export type { Claim } from './golden-record.ts';
export { createLocationStore, type Location } from './locations.ts';
export { ResponseCache } from './response-cache.ts';
export { type Hit, search } from './search.ts';
export type { CatalogTables } from './tables.ts';

export interface CatalogOptions {
  db: Kysely<CatalogTables>;
  kinds: KindRegistry;
  now: () => Date;
  /** Ids of the sources in the order of the configuration. */
  sourceIds: readonly string[];
}

export type Decision = 'accept' | 'ignore' | 'merge' | 'reopen';

/** The catalog as other parts of the server see it: contributions go in, changes come out. */
export class Catalog {
  readonly feed = new ChangeFeed();
  readonly #deps: IngestDeps;
  readonly #order: Map<string, number>;

  constructor({ db, kinds, now, sourceIds }: CatalogOptions) {
    this.#order = new Map(sourceIds.map((id, index) => [id, index]));
    this.#deps = { db, kinds, now, feed: this.feed, sourceOrder: (source) => this.sourceOrder(source) };
  }

  /** Position of a source in the configuration; those that it doesn't name come last. */
  sourceOrder(source: string): number {
    return this.#order.get(source) ?? this.#order.size;
  }

  /** Stores what a source read and merges what changed. See ingest. */
  ingest(
    source: string,
    readings: readonly PartReading[],
    alongside?: (tx: Transaction<CatalogTables>) => Promise<void>,
  ): Promise<void> {
    return ingest(this.#deps, source, readings, alongside);
  }

  removeParts(
    source: string,
    parts: readonly string[],
    alongside?: (tx: Transaction<CatalogTables>) => Promise<void>,
  ): Promise<void> {
    return removeParts(this.#deps, source, parts, alongside);
  }

  removeEntity(ref: string): Promise<void> {
    return removeEntity(this.#deps, ref);
  }

  /** Who says what of entities; refs of which nobody says anything are left out. */
  claims(refs: readonly string[]): Promise<Map<string, EntityClaims>> {
    return claimsOf(this.#deps, refs);
  }

  /** Entities with any of these annotations. See annotated. */
  annotated(names: readonly string[], most: number): Promise<AnnotatedEntity[]> {
    return annotated(this.#deps, names, most);
  }

  /** Owners that are guessed at, where nobody owns for certain. */
  suggestedOwners(refs: readonly string[]): Promise<Map<string, string>> {
    return suggestedOwners(this.#deps.db, this.#deps.sourceOrder, refs);
  }

  /** Sources that claim an entity now. */
  async sourcesOf(ref: string): Promise<string[]> {
    const rows = await this.#deps.db
      .selectFrom('contribution')
      .select('source')
      .distinct()
      .where('ref', '=', ref)
      .where('removed_at', 'is', null)
      .where('supplements', '=', false)
      .execute();
    return rows.map(({ source }) => source);
  }

  /** @returns how many entities were brought back. */
  restore(refs: readonly string[]): Promise<number> {
    return restore(this.#deps, refs);
  }

  /** Remembers what a person decided of findings, and merges them again accordingly. */
  async decide(refs: readonly string[], decision: Decision, by: string, mergeInto?: string): Promise<void> {
    const kept = { accept: 'accepted', ignore: 'ignored', merge: 'merged' } as const;
    await changing(this.#deps, null, async (tx) => {
      const before = await tx
        .deleteFrom('decision')
        .where('ref', 'in', [...refs])
        .returning('merge_into')
        .execute();
      if (decision !== 'reopen') {
        const rows = refs.map((ref) => ({
          ref,
          decision: kept[decision],
          merge_into: decision === 'merge' ? (mergeInto ?? null) : null,
          decided_by: by,
          decided_at: this.#deps.now(),
        }));
        await tx.insertInto('decision').values(rows).execute();
      }
      // What was merged into one that now is merged itself goes along.
      if (decision === 'merge' && mergeInto) {
        await tx
          .updateTable('decision')
          .set({ merge_into: mergeInto })
          .where('merge_into', 'in', [...refs])
          .execute();
      }
      const others = before.flatMap((row) => row.merge_into ?? []);
      return { refs: [...refs, ...others, ...(mergeInto ? [mergeInto] : [])] };
    });
  }

  /** Marks what only these sources say as stale, and all else as fresh. */
  async markStale(staleSources: readonly string[]): Promise<void> {
    const { db, now } = this.#deps;
    const { rows } = await sql<{ ref: string }>`
      with wanted as (
        select ref, case when bool_and(source = any(${staleSources}::text[])) then 'stale' else 'fresh' end as freshness
        from contribution where removed_at is null and not kept and not supplements group by ref)
      update entity e set freshness = wanted.freshness from wanted
      where e.ref = wanted.ref and e.freshness <> wanted.freshness returning e.ref`.execute(db);
    if (rows.length > 0) this.feed.publish({ seq: now().getTime(), refs: [], related: [] });
  }

  /** Forgets what was removed before this time; it can't be brought back any more. */
  async purgeRemoved(before: Date): Promise<void> {
    await this.#deps.db.deleteFrom('contribution').where('removed_at', '<', before).execute();
  }

  /** After a bulk of changes: brings indexes and the planner's statistics up to date. See bulk-indexes.ts. */
  settle(): Promise<void> {
    return settleIndexes(this.#deps.db);
  }
}

/** Whom a notice concerns: everything when it names nothing. */
export function namedBy({ refs, related }: ChangeNotice): string[] | 'all' {
  return refs.length === 0 ? 'all' : [...refs, ...related];
}
