/** Writes what scorecards say of entities; what is the same as before costs a comparison. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { rowSet } from '../kernel/store/row-set.ts';
import type { ScorecardDb } from './tables.ts';

/** What one scorecard says of one entity now. */
export interface Said {
  scorecard: string;
  ref: string;
  version: string;
  owner: string | null;
  results: string;
  level: number;
  percent: number | null;
}

/** What is another than before. */
export interface Changed {
  scorecard: string;
  ref: string;
  owner: string | null;
  /** Null when nothing was said before. */
  before: { level: number; results: string } | null;
  after: { level: number; results: string };
}

/** @returns those that are another than before. */
export async function writeScores(
  db: Kysely<ScorecardDb>,
  said: readonly Said[],
  at: Date,
): Promise<Changed[]> {
  if (said.length === 0) return [];
  const rows = asRows(said);
  return db.transaction().execute(async (tx) => {
    const { rows: ended } = await sql<{ scorecard: string; ref: string; level: number; results: string }>`
      update score set until = ${at} from (select ${columns} from ${rows}) said
      where score.scorecard = said.scorecard and score.ref = said.ref and score.until is null
        and (score.results, score.level, score.version, score.owner, score.percent)
          is distinct from (said.results, said.level, said.version, said.owner, said.percent)
      returning score.scorecard, score.ref, score.level, score.results`.execute(tx);
    const { rows: begun } = await sql<{ scorecard: string; ref: string }>`
      insert into score (scorecard, ref, since, version, owner, results, level, percent)
      select said.scorecard, said.ref, ${at}::timestamptz, said.version, said.owner, said.results, said.level, said.percent
      from (select ${columns} from ${rows}) said
      where not exists (select from score now
        where now.scorecard = said.scorecard and now.ref = said.ref and now.until is null)
      on conflict do nothing
      returning scorecard, ref`.execute(tx);
    return changesIn(said, ended, begun);
  });
}

const columns: RawBuilder<unknown> = sql`scorecard, ref, version, owner, results, level::smallint as level,
  percent::smallint as percent`;

function asRows(said: readonly Said[]): RawBuilder<unknown> {
  return rowSet({
    scorecard: said.map(({ scorecard }) => scorecard),
    ref: said.map(({ ref }) => ref),
    version: said.map(({ version }) => version),
    owner: said.map(({ owner }) => owner),
    results: said.map(({ results }) => results),
    level: said.map(({ level }) => level),
    percent: said.map(({ percent }) => percent),
  });
}

function changesIn(
  said: readonly Said[],
  ended: readonly { scorecard: string; ref: string; level: number; results: string }[],
  begun: readonly { scorecard: string; ref: string }[],
): Changed[] {
  const before = new Map(ended.map((row) => [keyOf(row), row]));
  const now = new Map(said.map((one) => [keyOf(one), one]));
  return begun.flatMap((row) => {
    const one = now.get(keyOf(row));
    const old = before.get(keyOf(row));
    if (!one) return [];
    return [
      {
        ...{ scorecard: one.scorecard, ref: one.ref, owner: one.owner },
        before: old ? { level: old.level, results: old.results } : null,
        after: { level: one.level, results: one.results },
      },
    ];
  });
}

const keyOf = ({ scorecard, ref }: { scorecard: string; ref: string }) => `${scorecard}\n${ref}`;

/** Ends what is said of entities to which a scorecard does not apply any more. @returns their refs. */
export async function endScores(
  db: Kysely<ScorecardDb>,
  scorecard: string,
  scope: RawBuilder<boolean>,
  refs: readonly string[] | undefined,
  at: Date,
): Promise<string[]> {
  const named = refs ? sql`and score.ref = any(${refs}::text[])` : sql``;
  const { rows } = await sql<{ ref: string }>`
    update score set until = ${at} where scorecard = ${scorecard} and until is null ${named}
      and not exists (select from entity where entity.ref = score.ref and ${scope})
    returning ref`.execute(db);
  return rows.map(({ ref }) => ref);
}

/** Ends all that scorecards say that are none any more. */
export async function endForgotten(
  db: Kysely<ScorecardDb>,
  known: readonly string[],
  at: Date,
): Promise<void> {
  await sql`update score set until = ${at} where until is null and scorecard <> all(${known}::text[])`.execute(
    db,
  );
}
