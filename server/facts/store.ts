/** Facts as they are kept: what each part of a source observes of an entity, and the latest of each kind. */
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { type FactReading, type FactSet, latestFacts } from '#model/fact.ts';
import { rowSet } from '../kernel/store/row-set.ts';
import type { FactFeed, FactNotice } from './feed.ts';
import type { FactTables, StoredFact } from './tables.ts';

/** What a part of a source observes; it replaces all that the part observed before. */
export interface ObservedPart {
  part: string;
  facts: readonly FactReading[];
}

/** A fact with where it comes from. */
export interface CurrentFact extends StoredFact {
  name: string;
  source: string;
  stale: boolean;
}

/** Whichever transaction the facts are part of. */
type Tx = QueryExecutorProvider;

export class FactStore {
  readonly #db: Kysely<FactTables>;
  readonly #feed: FactFeed;

  constructor(db: Kysely<FactTables>, feed: FactFeed) {
    this.#db = db;
    this.#feed = feed;
  }

  /**
   * Stores what parts observe now. A value that is the same keeps the time at which it was first seen so.
   * @returns the refs of which something is different; to be published once the transaction is committed.
   */
  async put(tx: Tx, source: string, parts: readonly ObservedPart[], at: Date): Promise<FactNotice> {
    const rows = parts.flatMap(({ part, facts }) => setsOf(part, facts, at));
    const changed = new Set<string>();
    const kept = await this.#gone(tx, source, parts, new Set(rows.map(keyOf)));
    for (const ref of kept) changed.add(ref);
    if (rows.length > 0) {
      const { rows: written } = await sql<{ ref: string }>`
        insert into fact_set as known (ref, source, part, facts)
        select ref, ${source}, part, facts::jsonb from ${rowSet({
          ref: rows.map(({ ref }) => ref),
          part: rows.map(({ part }) => part),
          facts: rows.map(({ facts }) => JSON.stringify(facts)),
        })}
        on conflict (ref, source, part) do update set facts = excluded.facts, stale = false
        where ${withoutTimes(sql.ref('known.facts'))} is distinct from ${withoutTimes(sql.ref('excluded.facts'))}
          or known.stale
        returning ref`.execute(tx);
      for (const { ref } of written) changed.add(ref);
    }
    const refs = [...changed];
    if (refs.length > 0) await this.#feed.notify(tx, refs);
    return refs;
  }

  /** Takes away what these parts observed of other entities than now. @returns their refs. */
  async #gone(
    tx: Tx,
    source: string,
    parts: readonly ObservedPart[],
    kept: ReadonlySet<string>,
  ): Promise<string[]> {
    const names = parts.map(({ part }) => part);
    const { rows: known } = await sql<{ ref: string; part: string }>`
      select ref, part from fact_set where source = ${source} and part = any(${names}::text[])`.execute(tx);
    const gone = known.filter((row) => !kept.has(keyOf(row)));
    if (gone.length > 0) {
      await sql`delete from fact_set using unnest(${gone.map(({ ref }) => ref)}::text[],
        ${gone.map(({ part }) => part)}::text[]) as gone (ref, part)
        where source = ${source} and fact_set.ref = gone.ref and fact_set.part = gone.part`.execute(tx);
    }
    return gone.map(({ ref }) => ref);
  }

  /** Parts of a source of which something is known. */
  async partsOf(source: string): Promise<string[]> {
    const { rows } = await sql<{ part: string }>`
      select distinct part from fact_set where source = ${source}`.execute(this.#db);
    return rows.map(({ part }) => part);
  }

  /** @returns the refs of which something was observed there. */
  async dropParts(tx: Tx, source: string, parts: readonly string[]): Promise<FactNotice> {
    const { rows } = await sql<{ ref: string }>`
      delete from fact_set where source = ${source} and part = any(${parts}::text[]) returning ref`.execute(
      tx,
    );
    const refs = [...new Set(rows.map(({ ref }) => ref))];
    if (refs.length > 0) await this.#feed.notify(tx, refs);
    return refs;
  }

  /** Adds to what was reported by one reporter, by ref and name. */
  async report(reporter: string, facts: ReadonlyMap<string, Record<string, StoredFact>>): Promise<void> {
    const refs = [...facts.keys()];
    if (refs.length === 0) return;
    await this.#db.transaction().execute(async (tx) => {
      await sql`
        insert into fact_set (ref, source, part, facts)
        select ref, ${reporter}, '', facts::jsonb from ${rowSet({
          ref: refs,
          facts: [...facts.values()].map((set) => JSON.stringify(set)),
        })}
        on conflict (ref, source, part) do update set facts = fact_set.facts || excluded.facts`.execute(tx);
      await this.#feed.notify(tx, refs);
    });
    this.#feed.publish(refs);
  }

  /** Marks what comes from sources that broke their promise. Of reporters nothing is promised. */
  async markStale(sources: readonly string[]): Promise<void> {
    const { rows } = await sql<{ ref: string }>`
      update fact_set set stale = source = any(${sources}::text[])
      where stale <> (source = any(${sources}::text[])) returning ref`.execute(this.#db);
    if (rows.length > 0) this.#feed.publish(rows.length > 2000 ? [] : rows.map(({ ref }) => ref));
  }

  /** There are other kinds of facts than before, so whoever judges by them looks at everything again. */
  async announceKinds(): Promise<void> {
    await this.#feed.notify(this.#db, []);
    this.#feed.publish([]);
  }

  publish(refs: FactNotice): void {
    if (refs.length > 0) this.#feed.publish(refs);
  }

  /** The latest of one kind, of every entity; what registered locations and reporters say is left out. */
  async observedAs(name: string): Promise<FactReading[]> {
    return (await this.#observed(name)).map(({ reading }) => reading);
  }

  /** As observedAs, of these entities, as far as the sources have confirmed it in time. */
  async freshAs(name: string, refs: readonly string[]): Promise<FactReading[]> {
    return (await this.#observed(name, refs)).flatMap(({ reading, stale }) => (stale ? [] : [reading]));
  }

  async #observed(
    name: string,
    refs?: readonly string[],
  ): Promise<{ reading: FactReading; stale: boolean }[]> {
    const among = refs ? sql`ref = any(${refs}::text[])` : sql`true`;
    const { rows } = await sql<{ ref: string; sets: FactSet<StoredFact>[] }>`
      select ref, json_agg(json_build_object('source', source, 'facts', json_build_object(${name}::text, facts -> ${name}),
        'stale', stale)) as sets
      from fact_set where ${among} and jsonb_exists(facts, ${name})
        and source not like 'location:%' and source not like 'report:%'
      group by ref order by ref`.execute(this.#db);
    return rows.flatMap(({ ref, sets }) => {
      const latest = latestFacts(sets).get(name);
      if (!latest) return [];
      const { fact, stale } = latest;
      return [{ reading: { ref, name, value: fact.value, ...(fact.place && { place: fact.place }) }, stale }];
    });
  }

  /** The latest of each kind, by name. */
  async of(ref: string): Promise<CurrentFact[]> {
    const rows = await this.#db
      .selectFrom('fact_set')
      .select(['source', 'facts', 'stale'])
      .where('ref', '=', ref)
      .execute();
    const current = [...latestFacts(rows)].map(([name, { fact, ...of }]) => ({ ...fact, name, ...of }));
    return current.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

interface SetRow {
  ref: string;
  part: string;
  facts: Record<string, StoredFact>;
}

function setsOf(part: string, facts: readonly FactReading[], at: Date): SetRow[] {
  const byRef = Map.groupBy(facts, ({ ref }) => ref);
  return [...byRef].map(([ref, own]) => ({
    ref,
    part,
    facts: Object.fromEntries(
      own.map(({ name, value, place }) => [name, { value, at: at.toISOString(), ...(place && { place }) }]),
    ),
  }));
}

const keyOf = ({ ref, part }: { ref: string; part: string }) => `${ref}\n${part}`;

/** What was observed, whenever that was. */
function withoutTimes(facts: ReturnType<typeof sql.ref>) {
  return sql`(select jsonb_object_agg(key, value - 'at') from jsonb_each(${facts}))`;
}
