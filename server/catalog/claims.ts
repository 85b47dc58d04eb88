/** What is said of entities, and by whom, as other parts of the server ask for it. */
import type { Kysely } from 'kysely';
import type { Place } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import { byWhole, type Claim, type Claimant, fieldClaims } from './golden-record.ts';
import { claimantsOf, decisionsOn } from './rebuild.ts';
import type { CatalogTables } from './tables.ts';

/** The descriptor that counts. */
export interface Declaration {
  source: string;
  part: string;
  place: Place;
  entity: Entity;
}

export interface EntityClaims {
  /** The claim that was taken, by field: `metadata.annotations.example.com/x`. */
  fields: Map<string, Claim>;
  /** Undefined for what was only found. */
  declaration: Declaration | undefined;
}

interface ClaimsDeps {
  db: Kysely<CatalogTables>;
  sourceOrder: (source: string) => number;
}

export async function claimsOf(
  { db, sourceOrder }: ClaimsDeps,
  refs: readonly string[],
): Promise<Map<string, EntityClaims>> {
  if (refs.length === 0) return new Map();
  const decisions = await decisionsOn(db, refs);
  const claimants = await claimantsOf(db, { sourceOrder }, refs, decisions);
  return new Map(
    [...claimants].map(([ref, own]) => {
      const chosen = fieldClaims(own).map(({ field, chosen }) => [field, chosen] as const);
      return [ref, { fields: new Map(chosen), declaration: declarationOf(own) }];
    }),
  );
}

function declarationOf(claimants: readonly Claimant[]): Declaration | undefined {
  const top = claimants.toSorted(byWhole).find(isDescriptor);
  if (!top) return undefined;
  const { source, part, contribution } = top;
  return { source, part, place: contribution.place, entity: contribution.entity };
}

function isDescriptor({ contribution, mergedIn }: Claimant): boolean {
  return contribution.confidence === 'declared' && !contribution.supplements && !mergedIn;
}
