/** Owners that are only guessed at, for the rows of one page. */
import { type Kysely, sql } from 'kysely';
import { canonicalRef, parseRef } from '#model/ref.ts';
import type { Row } from './contract.ts';
import { type StoredRow, toRow } from './entity-row.ts';
import type { CatalogTables } from './tables.ts';

interface Suggestion {
  ref: string;
  source: string;
  part: string;
  owner: string;
}

/** Rows as they are answered: where nobody owns one for certain, with the owner that is guessed at. */
export async function answerRows(
  db: Kysely<CatalogTables>,
  sourceOrder: (source: string) => number,
  stored: readonly StoredRow[],
): Promise<Row[]> {
  const rows = stored.map(toRow);
  const guessed = rows.filter(({ owner, ownerConfidence }) => owner === null && ownerConfidence === 'guess');
  if (guessed.length === 0) return rows;
  const suggested = await suggestedOwners(
    db,
    sourceOrder,
    guessed.map(({ ref }) => ref),
  );
  for (const row of guessed) {
    row.owner = suggested.get(row.ref) ?? null;
    if (row.owner === null) row.ownerConfidence = null;
  }
  return rows;
}

/** The owners that are guessed at for entities that nobody owns for certain, as canonical refs. */
export async function suggestedOwners(
  db: Kysely<CatalogTables>,
  sourceOrder: (source: string) => number,
  refs: readonly string[],
): Promise<Map<string, string>> {
  const best = new Map<string, string>();
  const suggestions = await suggestionsFor(db, refs);
  for (const { ref, owner } of suggestions.toSorted(byRank(sourceOrder)).reverse()) {
    const known = ownerRef(owner, parseRef(ref).namespace);
    if (known !== null) best.set(ref, known);
  }
  return best;
}

/** Read off the JSON within the store: bodies can hold whole API definitions. */
async function suggestionsFor(db: Kysely<CatalogTables>, refs: readonly string[]): Promise<Suggestion[]> {
  const { rows } = await sql<Suggestion>`
    with asked as (
      select ref as said_of, ref from unnest(${refs}::text[]) as ref
      union all select ref, merge_into from decision where merge_into = any(${refs}::text[]))
    select asked.ref, c.source, c.part, c.body #>> '{entity,spec,owner}' as owner
    from asked join contribution c on c.ref = asked.said_of
    where c.removed_at is null and c.body #>> '{entity,spec,owner}' is not null`.execute(db);
  return rows;
}

function byRank(sourceOrder: (source: string) => number): (a: Suggestion, b: Suggestion) => number {
  return (a, b) => sourceOrder(a.source) - sourceOrder(b.source) || (a.part < b.part ? -1 : 1);
}

export function ownerRef(owner: unknown, namespace: string): string | null {
  if (typeof owner !== 'string') return null;
  try {
    return canonicalRef(owner, { kind: 'group', namespace });
  } catch {
    return null;
  }
}
