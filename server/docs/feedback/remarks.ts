import type { Kysely } from 'kysely';
import type { DocPage } from '../contract.ts';
import { problemsOfPage } from '../rot/problem-store.ts';
import type { DocDb } from '../tables.ts';
import { usefulOfPage } from './useful.ts';

/** What is wrong with a page, and what readers say of it. @param reader id of the principal. */
export async function remarksOn(
  db: Kysely<DocDb>,
  ref: string,
  page: string,
  reader: string,
): Promise<Pick<DocPage, 'problems' | 'useful'>> {
  const [problems, useful] = await Promise.all([
    problemsOfPage(db, ref, page),
    usefulOfPage(db, ref, page, reader),
  ]);
  return { problems, useful };
}
