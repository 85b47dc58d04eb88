import type { Kysely } from 'kysely';
import type { Principal } from '../../kernel/gate.ts';
import type { DocPage } from '../contract.ts';
import { problemsOfPage } from '../rot/problem-store.ts';
import type { DocDb } from '../tables.ts';
import { usefulOfPage } from './useful.ts';

/** What is wrong with a page, and what readers say of it. */
export async function remarksOn(
  db: Kysely<DocDb>,
  ref: string,
  page: string,
  reader: Principal,
): Promise<Pick<DocPage, 'problems' | 'useful'>> {
  const [problems, useful] = await Promise.all([
    problemsOfPage(db, ref, page, reader),
    usefulOfPage(db, ref, page, reader.id),
  ]);
  return { problems, useful };
}
