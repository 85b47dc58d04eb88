/** Checks a person's decision on findings before it is taken. */

import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { readRef } from '../kernel/read-ref.ts';
import type { decideBodySchema } from './contract.ts';
import type { Catalog } from './index.ts';
import type { CatalogTables } from './tables.ts';

interface Subject {
  ref: string;
  declaredIn: string | null;
}

interface DecidedBefore {
  ref: string;
  decision: string;
  mergeInto: string | null;
  by: string;
}

/**
 * @returns what was decided on, and what was decided of it before.
 * @throws {AtriumError} ENTITY_NOT_FOUND for a ref that nobody found, INPUT_INVALID for one that is declared
 * or a merge that leads nowhere.
 */
export async function decideReview(
  { db, catalog }: { db: Kysely<CatalogTables>; catalog: Catalog },
  { refs, decision, mergeInto }: z.infer<typeof decideBodySchema>,
  by: string,
): Promise<{ refs: string[]; before: DecidedBefore[]; after: { decision: string; mergeInto?: string } }> {
  const wanted = [...new Set(refs.map((ref) => readRef(ref)))];
  const target = mergeInto === undefined ? undefined : readRef(mergeInto);
  if (decision === 'reopen') await mustBeDecided(db, wanted);
  else await mustBeFindings(db, wanted);
  if (decision === 'merge') await mustBeTarget(db, wanted, target);
  const into = decision === 'merge' ? target : undefined;
  const before = await decidedOf(db, wanted);
  await catalog.decide(wanted, decision, by, into);
  return { refs: wanted, before, after: { decision, ...(into ? { mergeInto: into } : {}) } };
}

async function decidedOf(db: Kysely<CatalogTables>, refs: readonly string[]): Promise<DecidedBefore[]> {
  return db
    .selectFrom('decision')
    .select(['ref', 'decision', 'merge_into as mergeInto', 'decided_by as by'])
    .where('ref', 'in', [...refs])
    .orderBy('ref')
    .execute();
}

async function mustBeFindings(db: Kysely<CatalogTables>, refs: readonly string[]): Promise<void> {
  const { rows } = await sql<Subject>`
    select ref, min(coalesce(body #>> '{place,path}', body #>> '{place,location}'))
      filter (where confidence = 'declared') as "declaredIn"
    from contribution where ref = any(${refs}::text[]) and removed_at is null and not supplements group by ref`.execute(
    db,
  );
  mustAllBe(refs, rows, 'Nobody has found');
  const declared = rows.find(({ declaredIn }) => declaredIn !== null);
  if (declared) {
    const { ref, declaredIn } = declared;
    throw new AtriumError('INPUT_INVALID', `${ref} is declared in ${declaredIn}; change it there`);
  }
}

async function mustBeDecided(db: Kysely<CatalogTables>, refs: readonly string[]): Promise<void> {
  const rows = await db
    .selectFrom('decision')
    .select('ref')
    .where('ref', 'in', [...refs])
    .execute();
  mustAllBe(refs, rows, 'Nothing was decided of');
}

async function mustBeTarget(db: Kysely<CatalogTables>, refs: readonly string[], target: string | undefined) {
  if (target === undefined)
    throw new AtriumError('INPUT_INVALID', 'A merge needs "mergeInto", the ref that remains');
  if (refs.includes(target)) throw new AtriumError('INPUT_INVALID', `${target} can't be merged into itself`);
  const rows = await db.selectFrom('entity').select('ref').where('ref', '=', target).execute();
  mustAllBe([target], rows, 'There is no');
}

function mustAllBe(refs: readonly string[], found: readonly { ref: string }[], otherwise: string): void {
  const known = new Set(found.map(({ ref }) => ref));
  const missing = refs.find((ref) => !known.has(ref));
  if (missing) throw new AtriumError('ENTITY_NOT_FOUND', `${otherwise} ${missing}`);
}
