import { type Kysely, sql, type Transaction } from 'kysely';
import type { PartReading, Problem } from '#model/contribution.ts';
import type { CatalogTables } from '../catalog/index.ts';
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
    await this.#db.updateTable('source').set({ confirmed_at: at, error: null }).where('id', '=', id).execute();
  }

  async fail(id: string, error: SourceError): Promise<void> {
    await this.#db.updateTable('source').set({ error: JSON.stringify(error) }).where('id', '=', id).execute();
  }

  async parts(id: string): Promise<string[]> {
    const rows = await this.#db.selectFrom('part').select('part').where('source', '=', id).execute();
    return rows.map(({ part }) => part);
  }

  async putParts(tx: Transaction<CatalogTables>, id: string, readings: readonly PartReading[], at: Date): Promise<void> {
    await sql`
      insert into part (source, part, read_at, revision, failed, problems)
      select ${id}, part, ${at}, revision, failed, problems from unnest(${readings.map(({ part }) => part)}::text[],
        ${readings.map(({ revision }) => revision ?? null)}::text[],
        ${readings.map(({ failed }) => failed ?? false)}::boolean[],
        ${readings.map((reading) => JSON.stringify(problemsOf(reading)))}::json[]) as p (part, revision, failed, problems)
      on conflict (source, part) do update set read_at = excluded.read_at, revision = excluded.revision,
        failed = excluded.failed, problems = excluded.problems`.execute(tx);
  }

  async dropParts(tx: Transaction<CatalogTables>, id: string, parts: readonly string[]): Promise<void> {
    await sql`delete from part where source = ${id} and part = any(${parts}::text[])`.execute(tx);
  }

  /** When each source confirmed all it says, its error, and what it holds. */
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

  async problems(limit: number): Promise<{ source: string; part: string; problem: Problem }[]> {
    const { rows } = await sql<{ source: string; part: string; problem: Problem }>`
      select p.source, p.part, e as problem from part p, json_array_elements(p.problems) e
      order by e ->> 'level', p.source, p.part limit ${limit}`.execute(this.#db);
    return rows;
  }
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
  const ofEntities = contributions.flatMap(({ ref, problems: own = [] }) => own.map((problem) => ({ ref, ...problem })));
  return [...problems, ...ofEntities];
}
