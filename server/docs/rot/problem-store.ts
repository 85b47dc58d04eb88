/** Problems as they are kept: since when each is there, and how they are listed. */
import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import type { Principal } from '../../kernel/gate.ts';
import { rowSet } from '../../kernel/store/row-set.ts';
import { partiesOf } from '../../ownership/index.ts';
import type { DocProblem, ListedProblem, problemsSchema } from '../contract.ts';
import type { DocDb, DocProblemTable } from '../tables.ts';
import type { FoundProblem } from './found.ts';

type Row = Selectable<DocProblemTable>;

/** Of one site; more than anybody mends. */
const MOST_OF_A_SITE = 2000;
const MOST_OWNERS = 200;

/**
 * Puts what is found in place of what was; what was there before keeps its time.
 * @returns whether anything is other than before.
 */
export async function writeProblems(
  tx: Transaction<DocDb>,
  ref: string,
  found: readonly FoundProblem[],
  at: Date,
): Promise<boolean> {
  const known = await tx.selectFrom('doc_problem').selectAll().where('ref', '=', ref).execute();
  const before = new Map(known.map((row) => [identity(row), row]));
  const wanted = found.slice(0, MOST_OF_A_SITE).map((problem) => rowOf(ref, problem, before, at));
  const kept = new Set(wanted.map(keyOf));
  const gone = known.filter((row) => !kept.has(keyOf(row)));
  const stored = new Map(known.map((row) => [keyOf(row), row]));
  const written = wanted.filter((row) => !isSame(row, stored.get(keyOf(row))));
  if (gone.length > 0) {
    await sql`delete from doc_problem p using ${rowSet({
      page: gone.map(({ page }) => page),
      kind: gone.map(({ kind }) => kind),
      message: gone.map(({ message }) => message),
    })} where p.ref = ${ref} and p.page = row_set.page and p.kind = row_set.kind
      and p.message = row_set.message`.execute(tx);
  }
  if (written.length > 0) await insert(tx, ref, written);
  return gone.length + written.length > 0;
}

async function insert(tx: Transaction<DocDb>, ref: string, rows: readonly Row[]): Promise<void> {
  await sql`
    insert into doc_problem (ref, page, kind, message, remedy, line, since, report)
    select ${ref}, page, kind, message, remedy, line::int, since::timestamptz, report::uuid from ${rowSet({
      page: rows.map(({ page }) => page),
      kind: rows.map(({ kind }) => kind),
      message: rows.map(({ message }) => message),
      remedy: rows.map(({ remedy }) => remedy),
      line: rows.map(({ line }) => line),
      since: rows.map(({ since }) => since.toISOString()),
      report: rows.map(({ report }) => report),
    })}
    on conflict (ref, page, kind, message) do update
      set remedy = excluded.remedy, line = excluded.line, report = excluded.report`.execute(tx);
}

/** What makes a problem the same as before: a page that is outdated stays so when more of the code is changed. */
function identity({ page, kind, message }: Pick<FoundProblem, 'page' | 'kind' | 'message'>): string {
  return kind === 'outdated' ? `${page}\n${kind}` : `${page}\n${kind}\n${message}`;
}

const keyOf = ({ page, kind, message }: Row) => `${page}\n${kind}\n${message}`;

function rowOf(ref: string, problem: FoundProblem, before: ReadonlyMap<string, Row>, at: Date): Row {
  const { page, kind, message, remedy, line, since, report = null } = problem;
  const known = before.get(identity(problem));
  return { ref, page, kind, message, remedy, line, report, since: known?.since ?? since ?? at };
}

function isSame(row: Row, stored: Row | undefined): boolean {
  return stored?.remedy === row.remedy && stored.line === row.line && stored.report === row.report;
}

/** Takes away those of sites that are no more; what readers reported stays until it is closed. */
export async function dropOrphans(db: Kysely<DocDb>): Promise<void> {
  await sql`delete from doc_problem p where kind <> 'reported' and not exists (select from doc_site s where s.ref = p.ref)`.execute(
    db,
  );
}

/** Of one page, in the order in which they stand on it. */
export async function problemsOfPage(
  db: Kysely<DocDb>,
  ref: string,
  page: string,
  reader: Principal,
): Promise<DocProblem[]> {
  const { rows } = await sql<ProblemRow>`
    select ${columns} from doc_problem p join entity e on e.ref = p.ref left join doc_report r on r.id = p.report
    where p.ref = ${ref} and p.page = ${page} order by p.line nulls first, p.kind, p.message`.execute(db);
  return rows.map((row) => problemOf(row, reader));
}

export interface ProblemsQuery {
  owner?: string | undefined;
  kind?: DocProblem['kind'] | undefined;
  site?: string | undefined;
  offset: number;
  limit: number;
}

interface ProblemRow {
  kind: DocProblem['kind'];
  message: string;
  remedy: string;
  line: number | null;
  since: Date;
  report: string | null;
  issue: string | null;
  owner: string | null;
}

interface ListedRow extends ProblemRow {
  ref: string;
  entity: string;
  page: string;
  title: string;
}

const columns = sql`p.kind, p.message, p.remedy, p.line, p.since, p.report, r.issue, e.owner`;
const everywhere = sql`
  from doc_problem p join entity e on e.ref = p.ref left join doc_page d on d.ref = p.ref and d.page = p.page`;

/** Newest first. Counts are of all that there are, whatever is asked for. */
export async function listProblems(
  db: Kysely<DocDb>,
  { owner, kind, site, offset, limit }: ProblemsQuery,
  reader: Principal,
): Promise<z.infer<typeof problemsSchema>> {
  const where = all([
    ...(kind === undefined ? [] : [sql`p.kind = ${kind}`]),
    ...(site === undefined ? [] : [sql`p.ref = ${site}`]),
    ...(owner === undefined ? [] : [owner === 'none' ? sql`e.owner is null` : sql`e.owner = ${owner}`]),
  ]);
  const { rows } = await sql<ListedRow>`
    select ${columns}, p.ref, coalesce(e.title, e.name) as entity, p.page,
      coalesce(d.title, nullif(p.page, ''), e.title, e.name) as title ${everywhere}
    left join doc_report r on r.id = p.report where ${where}
    order by p.since desc, p.ref, p.page, p.line nulls first, p.message limit ${limit} offset ${offset}`.execute(
    db,
  );
  const total = await sql<{
    count: number;
  }>`select count(*)::int as count ${everywhere} where ${where}`.execute(db);
  const kinds = await sql<{ kind: string; count: number }>`
    select p.kind, count(*)::int as count ${everywhere} group by p.kind order by p.kind`.execute(db);
  const owners = await sql<{ owner: string | null; count: number }>`
    select e.owner, count(*)::int as count ${everywhere} group by e.owner
    order by count desc, e.owner limit ${MOST_OWNERS}`.execute(db);
  const parties = await partiesOf(
    db,
    [...rows, ...owners.rows].map((row) => row.owner),
  );
  const party = (ref: string | null) => (ref === null ? null : parties(ref));
  return {
    items: rows.map((row): ListedProblem => {
      const { ref, entity, page, title } = row;
      return { ...problemOf(row, reader), ref, entity, page, title, owner: party(row.owner) };
    }),
    total: total.rows[0]?.count ?? 0,
    byKind: Object.fromEntries(kinds.rows.map((row) => [row.kind, row.count])),
    byOwner: owners.rows.map((row) => ({ owner: party(row.owner), count: row.count })),
  };
}

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join([sql`true`, ...conditions], sql` and `);
}

function problemOf({ since, report, issue, owner, ...row }: ProblemRow, reader: Principal): DocProblem {
  const { kind, message, remedy, line } = row;
  const mine = owner !== null && (owner === reader.ref || reader.groups.includes(owner));
  return {
    ...{ kind, message, remedy, line },
    since: since.toISOString(),
    ...(report !== null && { report: { id: report, issue, mine } }),
  };
}
