/** What nobody who exists owns, and since when: followed as the catalog changes. */
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { parseRef } from '#model/ref.ts';
import type { Catalog, ChangeNotice } from '../catalog/index.ts';
import type { Log } from '../kernel/log.ts';
import type { gapsSchema } from './contract.ts';
import { unownable } from './store.ts';
import type { OwnershipDb } from './tables.ts';

export interface GapTrackerOptions {
  db: Kysely<OwnershipDb>;
  catalog: Catalog;
  log: Pick<Log, 'warn'>;
}

/** Changes are gathered for so long: a reading of thousands of files is a few looks at the store. */
const GATHER_MS = 1000;

/** Opens a gap when an owner leaves or an entity loses its own, and closes it when that is mended. */
export class GapTracker {
  readonly #options: GapTrackerOptions;
  /** What may have changed since the last look; nothing is known at first. */
  #pending: Set<string> | 'all' = 'all';
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #stopFeed: (() => void) | undefined;

  constructor(options: GapTrackerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopFeed = this.#options.catalog.feed.onChange((notice) => this.#note(notice));
    this.#later();
  }

  async stop(): Promise<void> {
    this.#stopFeed?.();
    clearTimeout(this.#timer);
    await this.#last;
  }

  /** Resolves when the gaps are those of the catalog as it is now. */
  async settled(): Promise<void> {
    const work = this.#last.then(() => this.#work());
    this.#last = work.catch(() => undefined);
    await work;
  }

  async list(limit: number): Promise<z.infer<typeof gapsSchema>> {
    await this.settled();
    const { db, catalog } = this.#options;
    const { rows } = await sql<StoredGap>`
      select g.entity, coalesce(e.title, e.name) as title, e.kind_label as kind, g.gap, g.owner, g.since
      from ownership_gap g join entity e on e.ref = g.entity order by g.since desc, g.entity limit ${limit}
    `.execute(db);
    const { rows: counted } = await sql<{ total: number }>`
      select count(*)::int as total from ownership_gap`.execute(db);
    const suggested = await catalog.suggestedOwners(rows.map(({ entity }) => entity));
    return {
      items: rows.map(({ title, since, ...gap }) => ({
        ...gap,
        entityTitle: title ?? parseRef(gap.entity).name,
        since: since.toISOString(),
        suggestedOwner: gap.gap === 'unowned' ? (suggested.get(gap.entity) ?? null) : null,
      })),
      total: counted[0]?.total ?? 0,
    };
  }

  #note({ refs, related }: ChangeNotice): void {
    if (refs.length === 0) this.#pending = 'all';
    else if (this.#pending !== 'all') for (const ref of [...refs, ...related]) this.#pending.add(ref);
    this.#later();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.settled().catch((error: unknown) => {
        this.#options.log.warn({ error: String(error) }, 'the gaps of ownership could not be followed');
        this.#later();
      });
    }, GATHER_MS).unref();
  }

  async #work(): Promise<void> {
    const pending = this.#pending;
    this.#pending = new Set();
    if (pending !== 'all' && pending.size === 0) return;
    try {
      await reconcile(this.#options.db, pending === 'all' ? undefined : [...pending]);
    } catch (error) {
      this.#pending = 'all';
      throw error;
    }
  }
}

interface StoredGap {
  entity: string;
  title: string | null;
  kind: string;
  gap: 'unowned' | 'unknown-owner';
  owner: string | null;
  since: Date;
}

/**
 * A gap begins when the entity last changed, or when its owner left after that.
 * @param refs of entities and owners that may have changed; everything when undefined.
 */
async function reconcile(db: Kysely<OwnershipDb>, refs: string[] | undefined): Promise<void> {
  const concerns = (table: 'e' | 'g', ref: string) =>
    refs === undefined
      ? sql`true`
      : sql`(${sql.ref(`${table}.${ref}`)} = any(${refs}::text[]) or ${sql.ref(`${table}.owner`)} = any(${refs}::text[]))`;
  await sql`
    with present as (
      select e.ref as entity, case when e.owner is null then 'unowned' else 'unknown-owner' end as gap, e.owner,
        greatest(e.changed_at,
          (select max(c.at) from change c where c.ref = e.owner and c.change = 'removed')) as since
      from entity e left join entity o on o.ref = e.owner
      where o.ref is null and e.kind <> all(${unownable}::text[]) and ${concerns('e', 'ref')}),
    mended as (
      delete from ownership_gap g
      where ${concerns('g', 'entity')} and not exists (select from present p where p.entity = g.entity))
    insert into ownership_gap (entity, gap, owner, since)
    select entity, gap, owner, since from present order by entity
    on conflict (entity) do update set gap = excluded.gap, owner = excluded.owner, since = excluded.since
    where (ownership_gap.gap, ownership_gap.owner) is distinct from (excluded.gap, excluded.owner)`.execute(
    db,
  );
}
