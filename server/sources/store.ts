import { type Kysely, sql, type Transaction } from 'kysely';
import type { PartReading, Problem } from '#model/contribution.ts';
import { type CatalogTables, type PartKey, partKey } from '../catalog/index.ts';
import type { SourceError, SourceTables } from './tables.ts';

type AllTables = SourceTables & CatalogTables;

/** What is kept of sources and their parts. Its writes join the catalog's transactions. */
export class SourceStore {
  readonly #db: Kysely<AllTables>;

  constructor(db: Kysely<AllTables>) {
    this.#db = db;
  }

  /** Makes the sources known, and forgets the errors of the last run. */
  async declare(ids: readonly string[]): Promise<void> {
    await sql`
      insert into source (id) select * from unnest(${ids}::text[])
      on conflict (id) do update set error = null`.execute(this.#db);
  }

  async confirm(id: string, at: Date): Promise<void> {
    await this.#db
      .updateTable('source')
      .set({ confirmed_at: at, error: null })
      .where('id', '=', id)
      .execute();
  }

  async fail(id: string, error: SourceError): Promise<void> {
    await this.#db
      .updateTable('source')
      .set({ error: JSON.stringify(error) })
      .where('id', '=', id)
      .execute();
  }

  /** Sources that were declared at some time, configured now or not. */
  async ids(): Promise<string[]> {
    const rows = await this.#db.selectFrom('source').select('id').execute();
    return rows.map(({ id }) => id);
  }

  async forget(id: string): Promise<void> {
    await this.#db.deleteFrom('part').where('source', '=', id).execute();
    await this.#db.deleteFrom('source').where('id', '=', id).execute();
  }

  async parts(id: string): Promise<string[]> {
    const rows = await this.#db.selectFrom('part').select('part').where('source', '=', id).execute();
    return rows.map(({ part }) => part);
  }

  async putParts(
    tx: Transaction<CatalogTables>,
    id: string,
    readings: readonly PartReading[],
    at: Date,
  ): Promise<void> {
    await sql`
      insert into part (source, part, read_at, revision, failed, problems)
      select ${id}, part, ${at}, revision, failed, problems from unnest(${readings.map(({ part }) => part)}::text[],
        ${readings.map(({ revision }) => revision ?? null)}::text[],
        ${readings.map(({ failed }) => failed ?? false)}::boolean[],
        ${readings.map((reading) => JSON.stringify(problemsOf(reading)))}::json[]) as p (part, revision, failed, problems)
      on conflict (source, part) do update
      set read_at = case when excluded.failed then part.read_at else excluded.read_at end, revision = excluded.revision,
        failed = excluded.failed, problems = excluded.problems`.execute(tx);
  }

  async dropParts(tx: Transaction<CatalogTables>, id: string, parts: readonly string[]): Promise<void> {
    await sql`delete from part where source = ${id} and part = any(${parts}::text[])`.execute(tx);
  }

  /** When each source confirmed all it says, and its error. */
  async states(): Promise<Pick<SourceOverview, 'id' | 'confirmedAt' | 'error'>[]> {
    const { rows } = await sql<Pick<SourceOverview, 'id' | 'confirmedAt' | 'error'>>`
      select id, confirmed_at as "confirmedAt", error from source`.execute(this.#db);
    return rows;
  }

  /** The same, and what each holds. */
  async overview(): Promise<SourceOverview[]> {
    const { rows } = await sql<SourceOverview>`
      select s.id, s.confirmed_at as "confirmedAt", s.error,
        (select count(*) from part p where p.source = s.id) as parts,
        (select count(*) from part p, json_array_elements(p.problems) e
          where p.source = s.id and e ->> 'level' <> 'info') as problems,
        (select count(distinct ref) from contribution c where c.source = s.id and c.removed_at is null) as entities
      from source s`.execute(this.#db);
    return rows;
  }

  async partsOf(id: string, limit: number): Promise<PartOverview[]> {
    const { rows } = await sql<PartOverview>`
      select p.part, p.read_at as "readAt", p.revision, p.failed, p.problems, (select count(*) from contribution c
        where c.source = p.source and c.part = p.part and c.removed_at is null) as entities
      from part p where p.source = ${id} order by json_array_length(p.problems) = 0, p.part limit ${limit}`.execute(
      this.#db,
    );
    return rows;
  }

  /** @param id of one source; the problems of all when undefined. */
  async problems(limit: number, id?: string): Promise<SourceProblem[]> {
    const { rows } = await sql<SourceProblem>`
      select p.source, p.part, e as problem from part p, json_array_elements(p.problems) e
      where ${id === undefined ? sql`true` : sql`p.source = ${id}`}
      order by e ->> 'level', p.source, p.part limit ${limit}`.execute(this.#db);
    return rows;
  }

  /** See ConfirmedAt: what a part says was confirmed when it was read, and whenever all of its source was. */
  async confirmedAt(parts: readonly PartKey[]): Promise<Map<string, Date>> {
    const { rows } = await sql<PartKey & { at: Date | null }>`
      select p.source, p.part, greatest(p.read_at, case when p.failed then null else s.confirmed_at end) as at
      from unnest(${parts.map(({ source }) => source)}::text[], ${parts.map(({ part }) => part)}::text[])
        as asked (source, part)
      join part p on p.source = asked.source and p.part = asked.part
      left join source s on s.id = p.source`.execute(this.#db);
    return new Map(rows.flatMap((row) => (row.at ? [[partKey(row), row.at] as const] : [])));
  }

  /** Entities that left with their part, the latest first; not those of a source that is forgotten. */
  async removed(limit: number): Promise<Removed[]> {
    const { rows } = await sql<Removed>`
      select * from (
        select distinct on (c.ref) c.ref, c.body #>> '{entity,kind}' as kind,
          c.body #>> '{entity,metadata,name}' as name, c.source, c.body #>> '{place,path}' as path, c.removed_at as at
        from contribution c join source s on s.id = c.source
        where c.removed_at is not null and not exists (select from entity e where e.ref = c.ref)
          and not exists (select from decision d where d.ref = c.ref and d.decision <> 'accepted')
        order by c.ref, c.removed_at desc) gone
      order by at desc, ref limit ${limit}`.execute(this.#db);
    return rows;
  }
}

export interface SourceProblem {
  source: string;
  part: string;
  problem: Problem;
}

export interface Removed {
  ref: string;
  kind: string;
  name: string;
  source: string;
  path: string | null;
  at: Date;
}

export interface SourceOverview {
  id: string;
  confirmedAt: Date | null;
  error: SourceError | null;
  parts: number;
  problems: number;
  entities: number;
}

export interface PartOverview {
  part: string;
  readAt: Date;
  revision: string | null;
  failed: boolean;
  problems: Problem[];
  entities: number;
}

/** Problems of the file as a whole and of the entities in it, in one list. */
function problemsOf({ problems = [], contributions }: PartReading): Problem[] {
  const ofEntities = contributions.flatMap(({ ref, problems: own = [] }) =>
    own.map((problem) => ({ ref, ...problem })),
  );
  return [...problems, ...ofEntities];
}
