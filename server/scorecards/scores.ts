/** The entities that a scorecard judges, each with its results: for lists, CSV and pages of rules. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { csvLine } from '../kernel/csv.ts';
import { partiesOf } from '../ownership/index.ts';
import { heldAt } from './at-day.ts';
import type { Scores, scoresQuerySchema } from './contract.ts';
import { specAt } from './heat-map.ts';
import { NO_LEVEL } from './levels.ts';
import { letterOf, readResults } from './result-letters.ts';
import type { StoredScorecard } from './scorecard-store.ts';
import type { ScorecardDb, VersionSpec } from './tables.ts';

export type ScoresQuery = z.infer<typeof scoresQuerySchema>;

interface Row {
  ref: string;
  title: string | null;
  owner: string | null;
  level: number;
  percent: number | null;
  results: string;
  since: Date;
}

/** More would be more than anybody opens in a spreadsheet. */
const MOST_LINES = 100_000;

export async function listScores(
  db: Kysely<ScorecardDb>,
  stored: StoredScorecard,
  query: ScoresQuery,
): Promise<Scores> {
  const spec = await specAt(db, stored, query.at);
  const which = conditions(stored.ref, spec, query);
  const { rows } = await sql<Row>`${selection(which)}
    order by ${orderOf(query)}, score.ref limit ${query.limit} offset ${query.offset}`.execute(db);
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from score left join entity on entity.ref = score.ref where ${which}`.execute(
    db,
  );
  const parties = await partiesOf(
    db,
    rows.map(({ owner }) => owner),
  );
  return {
    rules: spec.rules,
    total: counted[0]?.total ?? 0,
    items: rows.map(({ ref, title, owner, level, percent, results, since }) => ({
      ref,
      title: title ?? ref,
      owner: owner === null ? null : parties(owner),
      level: spec.levels[level] ?? null,
      percent,
      results: readResults(results),
      since: since.toISOString(),
    })),
  };
}

export async function scoresCsv(
  db: Kysely<ScorecardDb>,
  stored: StoredScorecard,
  query: ScoresQuery,
): Promise<string> {
  const { rules, items } = await listScores(db, stored, { ...query, offset: 0, limit: MOST_LINES });
  const head = csvLine(['ref', 'title', 'owner', 'level', 'percent', ...rules.map(({ id }) => id)]);
  const lines = items.map(({ ref, title, owner, level, percent, results }) =>
    csvLine([ref, title, owner?.ref, level ?? NO_LEVEL, percent, ...results]),
  );
  return head + lines.join('');
}

function selection(which: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`select score.ref, coalesce(entity.title, entity.name) as title, score.owner, score.level, score.percent,
    score.results, score.since from score left join entity on entity.ref = score.ref where ${which}`;
}

/** What is not known stands with the lowest; whom nobody owns stands last, whatever the direction. */
function orderOf({ sort, direction }: Pick<ScoresQuery, 'sort' | 'direction'>): RawBuilder<unknown> {
  const isUp = direction === 'asc';
  const way = isUp ? sql`asc` : sql`desc`;
  const unknown = isUp ? sql`nulls first` : sql`nulls last`;
  const percent = sql`score.percent ${way} ${unknown}`;
  return {
    name: sql`lower(coalesce(entity.title, entity.name, score.ref)) ${way}`,
    owner: sql`score.owner ${way} nulls last`,
    level: sql`score.level ${way}, ${percent}`,
    percent,
    since: sql`score.since ${way}`,
  }[sort];
}

function conditions(
  ref: string,
  { version, levels, rules }: VersionSpec & { version: string },
  { at, rule, result, level, owner, q }: ScoresQuery,
): RawBuilder<boolean> {
  const parts = [sql`score.scorecard = ${ref}`, sql`score.version = ${version}`, heldAt(at)];
  if (level !== undefined) parts.push(sql`score.level = ${level === NO_LEVEL ? -1 : levels.indexOf(level)}`);
  if (owner !== undefined)
    parts.push(owner === 'none' ? sql`score.owner is null` : sql`score.owner = ${owner.toLowerCase()}`);
  const position = rules.findIndex(({ id }) => id === rule);
  if (rule !== undefined && position === -1) parts.push(sql`false`);
  else if (rule !== undefined && result !== undefined)
    parts.push(sql`substr(score.results, ${position + 1}, 1) = ${letterOf(result)}`);
  if (q) parts.push(sql`position(lower(${q}) in lower(score.ref || ' ' || coalesce(entity.title, ''))) > 0`);
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}
