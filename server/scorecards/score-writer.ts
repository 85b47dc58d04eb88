/** Writes what scorecards say of entities; what is the same as before costs a comparison. */
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
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

/** What is kept of one scorecard and one entity as it is now. */
interface Kept extends Said {
  id: string;
}

/** @returns those that are another than before. */
export async function writeScores(
  db: Kysely<ScorecardDb>,
  said: readonly Said[],
  at: Date,
): Promise<Changed[]> {
  if (said.length === 0) return [];
  return db.transaction().execute(async (tx) => {
    const kept = new Map((await readKept(tx, said)).map((row) => [keyOf(row), row]));
    const others = said.filter((one) => !isSame(one, kept.get(keyOf(one))));
    if (others.length === 0) return [];
    const ended = others.flatMap((one) => kept.get(keyOf(one))?.id ?? []);
    if (ended.length > 0) {
      await sql`update score set until = ${at} where id = any(${ended}::bigint[]) and until is null`.execute(
        tx,
      );
    }
    const begun = new Set((await insert(tx, others, at)).map(keyOf));
    return others.filter((one) => begun.has(keyOf(one))).map((one) => changeOf(one, kept.get(keyOf(one))));
  });
}

/**
 * Looked up one by one. A join reads all that the scorecard says as soon as the planner, which knows nothing of a
 * table that is being filled, holds that for little; each page would take longer than the one before.
 */
async function readKept(tx: Transaction<ScorecardDb>, said: readonly Said[]): Promise<Kept[]> {
  const asked = rowSet({
    scorecard: said.map(({ scorecard }) => scorecard),
    ref: said.map(({ ref }) => ref),
  });
  const { rows } = await sql<Kept>`
    select now.* from (select scorecard, ref from ${asked}) said, lateral (
      select id, scorecard, ref, version, owner, results, level, percent from score
      where score.scorecard = said.scorecard and score.ref = said.ref and until is null limit 1) now`.execute(
    tx,
  );
  return rows;
}

function isSame(one: Said, kept: Kept | undefined): boolean {
  return (
    kept !== undefined &&
    kept.results === one.results &&
    kept.level === one.level &&
    kept.percent === one.percent &&
    kept.version === one.version &&
    kept.owner === one.owner
  );
}

/** Another process may have said it meanwhile. @returns those that were not there. */
async function insert(
  tx: Transaction<ScorecardDb>,
  said: readonly Said[],
  at: Date,
): Promise<{ scorecard: string; ref: string }[]> {
  const { rows } = await sql<{ scorecard: string; ref: string }>`
    insert into score (scorecard, ref, since, version, owner, results, level, percent)
    select scorecard, ref, ${at}::timestamptz, version, owner, results, level::smallint, percent::smallint
    from ${rowSet({
      scorecard: said.map(({ scorecard }) => scorecard),
      ref: said.map(({ ref }) => ref),
      version: said.map(({ version }) => version),
      owner: said.map(({ owner }) => owner),
      results: said.map(({ results }) => results),
      level: said.map(({ level }) => level),
      percent: said.map(({ percent }) => percent),
    })}
    on conflict do nothing returning scorecard, ref`.execute(tx);
  return rows;
}

function changeOf({ scorecard, ref, owner, level, results }: Said, kept: Kept | undefined): Changed {
  return {
    ...{ scorecard, ref, owner },
    before: kept ? { level: kept.level, results: kept.results } : null,
    after: { level, results },
  };
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
