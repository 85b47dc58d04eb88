/** Checks a person's decision on findings before it is taken. */
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { readRef } from './backstage-deps.ts';
import type { decideBodySchema } from './contract.ts';
import type { Catalog } from './index.ts';
import type { CatalogTables } from './tables.ts';

interface Subject {
  ref: string;
  declaredIn: string | null;
}

/**
 * @returns how many were decided.
 * @throws {AtriumError} ENTITY_NOT_FOUND for a ref that nobody found, INPUT_INVALID for one that is declared
 * or a merge that leads nowhere.
 */
export async function decideReview(
  { db, catalog }: { db: Kysely<CatalogTables>; catalog: Catalog },
  { refs, decision, mergeInto }: z.infer<typeof decideBodySchema>,
  by: string,
): Promise<number> {
  const wanted = [...new Set(refs.map(readRef))];
  const target = mergeInto === undefined ? undefined : readRef(mergeInto);
  if (decision === 'reopen') await mustBeDecided(db, wanted);
  else await mustBeFindings(db, wanted);
  if (decision === 'merge') await mustBeTarget(db, wanted, target);
  await catalog.decide(wanted, decision, by, decision === 'merge' ? target : undefined);
  return wanted.length;
}

async function mustBeFindings(db: Kysely<CatalogTables>, refs: readonly string[]): Promise<void> {
  const { rows } = await sql<Subject>`
    select ref, min(coalesce(body #>> '{place,path}', body #>> '{place,location}'))
      filter (where confidence = 'declared') as "declaredIn"
    from contribution where ref = any(${refs}::text[]) and removed_at is null group by ref`.execute(db);
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
