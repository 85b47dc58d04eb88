/** Reads entities out of the store with all that rules ask about, page by page. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Scorecard } from '#model/scorecard.ts';
import { compileFilter, parseFilters } from '../catalog/index.ts';
import type { ScorecardDb } from './tables.ts';

export interface SubjectRow {
  ref: string;
  title: string;
  owner: string | null;
  body: string;
  facts: string | null;
  ownerBody: string | null;
  systemBody: string | null;
  dependencies: string | null;
  /** For each scorecard, whether it applies. */
  applies: boolean[];
}

/** What has to be read beside the entity itself. */
export interface Wants {
  owner: boolean;
  system: boolean;
  dependencies: boolean;
}

export interface SubjectQuery {
  scorecards: readonly Pick<Scorecard, 'appliesTo'>[];
  wants: Wants;
  /** Only these; all when undefined. */
  refs: readonly string[] | undefined;
}

const PAGE = 500;
const MOST_DEPENDENCIES = 100;

/** Pages in the order of refs, each read while the one before is judged. The last is the first that is not full. */
export async function* subjectPages(
  db: Kysely<ScorecardDb>,
  query: SubjectQuery,
): AsyncGenerator<SubjectRow[]> {
  let reading = readPage(db, query, '');
  for (;;) {
    const page = await reading;
    const isLast = page.length < PAGE;
    if (!isLast) {
      reading = readPage(db, query, page.at(-1)?.ref ?? '');
      // Whoever reads on sees the failure.
      reading.catch(() => undefined);
    }
    if (page.length > 0) yield page;
    if (isLast) return;
  }
}

/** Whether a scorecard applies to the entity of the row. */
export function scopeOf({ appliesTo }: Pick<Scorecard, 'appliesTo'>): RawBuilder<boolean> {
  return compileFilter(parseFilters(appliesTo));
}

async function readPage(
  db: Kysely<ScorecardDb>,
  { scorecards, wants, refs }: SubjectQuery,
  after: string,
): Promise<SubjectRow[]> {
  const scopes = scorecards.map(scopeOf);
  if (scopes.length === 0) return [];
  const named = refs ? sql`and entity.ref = any(${refs}::text[])` : sql``;
  const { rows } = await sql<SubjectRow>`
    select entity.ref, coalesce(entity.title, entity.name) as title, entity.owner, entity.body::text as body,
      (select json_agg(json_build_object('source', source, 'facts', facts, 'stale', stale))::text
        from fact_set where fact_set.ref = entity.ref) as facts,
      ${wants.owner ? bodyOf(sql.ref('entity.owner')) : sql`null::text`} as "ownerBody",
      ${wants.system ? bodyOf(sql.ref('entity.system')) : sql`null::text`} as "systemBody",
      ${wants.dependencies ? dependencies() : sql`null::text`} as dependencies,
      array[${sql.join(scopes)}] as applies
    from entity where entity.ref > ${after} ${named} and (${sql.join(scopes, sql` or `)})
    order by entity.ref limit ${PAGE}`.execute(db);
  return rows;
}

function bodyOf(ref: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select other.body::text from entity other where other.ref = ${ref})`;
}

function dependencies(): RawBuilder<unknown> {
  return sql`(select json_agg(target.body)::text from (
    select other.body from relation join entity other on other.ref = relation.to_ref
    where relation.from_ref = entity.ref and relation.type = 'dependsOn'
    order by other.ref limit ${MOST_DEPENDENCIES}) target)`;
}
