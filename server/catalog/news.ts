/** What a reading says that the store does not have yet. */
import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Contribution, PartReading, Problem } from '#model/contribution.ts';
import type { CatalogTables } from './tables.ts';

type Db = Kysely<CatalogTables>;

/** A contribution that is new, or different from the stored one. */
export interface News {
  part: string;
  ref: string;
  hash: string;
  contribution: Contribution;
  json: string;
}

export interface Stored {
  part: string;
  ref: string;
  hash: string;
  removed: boolean;
}

/** Compares readings with what the store has of their parts, by content hash. */
export async function newsOf(
  db: Db,
  source: string,
  readings: readonly PartReading[],
): Promise<{ news: News[]; gone: Stored[] }> {
  const stored = await storedOf(db, source, readings);
  const news = [
    ...changedContributions(readings, stored),
    ...lastGoodContributions(readings, stored),
    ...(await marked(db, source, readings, stored)),
  ];
  return { news, gone: goneContributions(readings, stored) };
}

async function storedOf(
  db: Db,
  source: string,
  readings: readonly PartReading[],
): Promise<Map<string, Stored[]>> {
  const rows = await sql<Stored>`
    select part, ref, hash, removed_at is not null as removed from contribution
    where source = ${source} and part = any(${readings.map(({ part }) => part)}::text[]) and not kept`.execute(
    db,
  );
  return Map.groupBy(rows.rows, ({ part }) => part);
}

function changedContributions(readings: readonly PartReading[], stored: Map<string, Stored[]>): News[] {
  const news: News[] = [];
  for (const { part, contributions } of readings) {
    const known = new Map(stored.get(part)?.map((row) => [row.ref, row]));
    const seen = new Set<string>();
    for (const contribution of contributions) {
      // The first document of a ref in a file counts; the reader reports the others.
      if (seen.has(contribution.ref)) continue;
      seen.add(contribution.ref);
      const json = JSON.stringify(contribution);
      const fresh = {
        part,
        ref: contribution.ref,
        hash: hash('sha1', json),
        contribution,
        json,
      };
      const before = known.get(contribution.ref);
      if (!before || before.removed || before.hash !== fresh.hash) news.push(fresh);
    }
  }
  return news;
}

/** What an earlier version of a part said, of entities that the store has never seen in a good state. */
function lastGoodContributions(readings: readonly PartReading[], stored: Map<string, Stored[]>): News[] {
  return readings.flatMap(({ part, contributions, problems = [], lastGood = [] }) => {
    const known = new Set(stored.get(part)?.flatMap(({ ref, removed }) => (removed ? [] : [ref])));
    const said = new Set(contributions.map(({ ref }) => ref));
    return lastGood
      .filter(({ ref }) => !known.has(ref) && !said.has(ref))
      .map((contribution) => markedNews(part, contribution, errorsAbout(problems, contribution.ref, said)));
  });
}

/** The errors that concern an entity: those that name it, or that name none while it is missing. */
function errorsAbout(problems: readonly Problem[], ref: string, said: ReadonlySet<string>): Problem[] {
  const errors = problems.filter(({ level }) => level === 'error');
  return errors.filter((error) => error.ref === ref || (error.ref === undefined && !said.has(ref)));
}

const markOf = (problems: readonly Problem[]) => `marked:${hash('sha1', JSON.stringify(problems))}`;

function markedNews(part: string, contribution: Contribution, problems: Problem[]): News {
  const withProblems = { ...contribution, problems };
  return {
    part,
    ref: contribution.ref,
    hash: markOf(problems),
    contribution: withProblems,
    json: JSON.stringify(withProblems),
  };
}

/**
 * The last good contributions of parts that now have errors, marked with what is wrong: those that an error
 * names, or all of the part where no error names one.
 */
async function marked(
  db: Db,
  source: string,
  readings: readonly PartReading[],
  stored: Map<string, Stored[]>,
): Promise<News[]> {
  const news: News[] = [];
  for (const { part, contributions, problems = [] } of readings) {
    const said = new Set(contributions.map(({ ref }) => ref));
    for (const { ref, hash: before, removed } of stored.get(part) ?? []) {
      const about = errorsAbout(problems, ref, said);
      if (removed || said.has(ref) || about.length === 0 || before === markOf(about)) continue;
      const { body } = await db
        .selectFrom('contribution')
        .select('body')
        .where('source', '=', source)
        .where('part', '=', part)
        .where('ref', '=', ref)
        .executeTakeFirstOrThrow();
      news.push(markedNews(part, body, about));
    }
  }
  return news;
}

/** What a part no longer says. A part with problems keeps all that it said: a bad edit never deletes. */
function goneContributions(readings: readonly PartReading[], stored: Map<string, Stored[]>): Stored[] {
  return readings.flatMap(({ part, contributions, failed, problems }) => {
    if (failed || problems?.some(({ level }) => level === 'error')) return [];
    const refs = new Set(contributions.map(({ ref }) => ref));
    return (stored.get(part) ?? []).filter(({ ref, removed }) => !removed && !refs.has(ref));
  });
}
