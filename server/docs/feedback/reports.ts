/** What readers report of pages: as an issue where the repository has a tracker, and on the page until it is closed. */
import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { clean } from '../../kernel/store/row-set.ts';
import type { WantedIssue } from '../../notices/index.ts';
import type { FoundProblem } from '../rot/found.ts';
import { tidy } from '../rot/found.ts';
import type { DocDb, DocReportTable } from '../tables.ts';
import { type IssueText, issueOf } from './issue-text.ts';

export type DocReport = Selectable<DocReportTable>;

/** Where issues are opened and closed, as the portal has it. */
export interface IssueTracker {
  /** @returns its address; null where the repository has none that is configured. */
  open(issue: WantedIssue): Promise<string | null>;
  close(entity: string, url: string): Promise<void>;
  /** Undefined when nobody can tell. */
  isClosed(entity: string, url: string): Promise<boolean | undefined>;
}

export interface ReportDeps {
  db: Kysely<DocDb>;
  issues: IssueTracker;
  now: () => Date;
}

export interface NewReport extends Omit<IssueText, 'id' | 'reader'> {
  page: string;
  reader: { id: string; name: string };
}

/** A reader who finds more than this in an hour writes a list. */
const MOST_AN_HOUR = 20;
const HOUR_MS = 3_600_000;
const LONGEST_SHOWN = 300;
const MOST_OPEN = 500;

export interface Reported {
  report: DocReport;
  note: string;
}

/**
 * The report is kept first, so that nothing is lost where the tracker does not answer.
 * @throws {AtriumError} TOO_MANY_REQUESTS
 */
export async function report(deps: ReportDeps, wanted: NewReport): Promise<Reported> {
  const { db, issues, now } = deps;
  const { ref, page, reader, comment, selection } = wanted;
  const kept = await db.transaction().execute(async (tx) => {
    await checkPace(tx, reader.id, now());
    const row = {
      ...{ id: randomUUID(), ref, page, reader: reader.id, comment: clean(comment) },
      ...{
        selection: selection === undefined ? null : clean(selection),
        issue: null,
        at: now(),
        closed_at: null,
      },
    };
    return tx.insertInto('doc_report').values(row).returningAll().executeTakeFirstOrThrow();
  });
  const { issue, note } = await openIssue(issues, issueOf({ ...wanted, id: kept.id, reader: reader.name }));
  const stored = { ...kept, issue };
  if (issue !== null) await db.updateTable('doc_report').set({ issue }).where('id', '=', kept.id).execute();
  await showProblem(db, stored);
  return { report: stored, note };
}

async function checkPace(db: Kysely<DocDb>, reader: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - HOUR_MS);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from doc_report where reader = ${reader} and at > ${since}`.execute(db);
  if ((rows[0]?.count ?? 0) < MOST_AN_HOUR) return;
  throw new AtriumError('TOO_MANY_REQUESTS', `Nobody reports more than ${MOST_AN_HOUR} problems in an hour`, {
    retryAfter: HOUR_MS / 1000,
  });
}

async function openIssue(
  issues: IssueTracker,
  wanted: WantedIssue,
): Promise<{ issue: string | null; note: string }> {
  const shown = 'It is shown on the page until its owner closes it';
  try {
    const issue = await issues.open(wanted);
    if (issue !== null) return { issue, note: 'An issue was opened for its owner.' };
    return { issue, note: `${shown}: no issue tracker is configured for the repository.` };
  } catch (error) {
    if (!(error instanceof AtriumError)) throw error;
    return { issue: null, note: `${shown}: no issue could be opened. ${error.message}` };
  }
}

/** At once; everything else that is wrong with the page is found when it is looked at. */
async function showProblem(db: Kysely<DocDb>, stored: DocReport): Promise<void> {
  const [problem] = tidy([problemOf(stored)]);
  if (!problem) return;
  const { message, remedy, line, kind, page } = problem;
  await db
    .insertInto('doc_problem')
    .values({
      ...{ ref: stored.ref, page, kind, message, remedy, line },
      since: stored.at,
      report: stored.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of one site, or of all. */
async function open(db: Kysely<DocDb>, ref?: string): Promise<DocReport[]> {
  return db
    .selectFrom('doc_report')
    .selectAll()
    .where('closed_at', 'is', null)
    .$if(ref !== undefined, (query) => query.where('ref', '=', ref ?? ''))
    .orderBy('at')
    .limit(MOST_OPEN)
    .execute();
}

export async function openReports(db: Kysely<DocDb>, ref: string): Promise<FoundProblem[]> {
  return (await open(db, ref)).map(problemOf);
}

function problemOf({ id, page, comment, selection, issue, at }: DocReport): FoundProblem {
  const about = selection ? ` (of “${cut(selection, 80)}”)` : '';
  return {
    ...{ page, kind: 'reported', line: null, since: at, report: id },
    message: `A reader says: ${cut(comment, LONGEST_SHOWN)}${about}`,
    remedy: issue === null ? 'Mend it, then close the report.' : `Mend it, then close ${issue}.`,
  };
}

function cut(text: string, length: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length > length ? `${plain.slice(0, length)}…` : plain;
}

/** @throws {AtriumError} REPORT_NOT_FOUND */
export async function getReport(db: Kysely<DocDb>, id: string): Promise<DocReport> {
  const row = await db.selectFrom('doc_report').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AtriumError('REPORT_NOT_FOUND', `There is no report ${id}`);
  return row;
}

/** With its issue. One that is closed stays so. @throws {AtriumError} REPORT_NOT_FOUND, OUTSIDE_UNAVAILABLE */
export async function closeReport(deps: ReportDeps, id: string): Promise<DocReport> {
  const found = await getReport(deps.db, id);
  if (found.closed_at) return found;
  if (found.issue !== null) await deps.issues.close(found.ref, found.issue);
  return markClosed(deps, found);
}

async function markClosed({ db, now }: ReportDeps, { id }: DocReport): Promise<DocReport> {
  return db.transaction().execute(async (tx) => {
    await tx.deleteFrom('doc_problem').where('report', '=', id).execute();
    const closing = tx.updateTable('doc_report').set({ closed_at: now() }).where('id', '=', id);
    return closing.returningAll().executeTakeFirstOrThrow();
  });
}

/** Closes those whose issue was closed. @returns refs of the entities whose documentation it was. */
export async function followIssues(deps: ReportDeps): Promise<string[]> {
  const refs = new Set<string>();
  for (const found of await open(deps.db)) {
    if (found.issue === null || !(await isClosed(deps.issues, found.ref, found.issue))) continue;
    await markClosed(deps, found);
    refs.add(found.ref);
  }
  return [...refs];
}

/** A tracker that does not answer is asked again an hour later. */
async function isClosed(issues: IssueTracker, ref: string, issue: string): Promise<boolean | undefined> {
  try {
    return await issues.isClosed(ref, issue);
  } catch (error) {
    if (error instanceof AtriumError) return undefined;
    throw error;
  }
}
