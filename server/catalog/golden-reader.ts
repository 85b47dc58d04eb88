/** Golden records with their provenance, merged anew from the stored contributions. */
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { type ConfirmedAt, type PartKey, partKey } from './confirmed.ts';
import type { claimSchema } from './contract.ts';
import {
  type Claim,
  type Claimant,
  type FieldClaims,
  fieldClaims,
  type GoldenRecord,
  mergeContributions,
} from './golden-record.ts';
import { claimantsOf, decisionsOn } from './rebuild.ts';
import type { CatalogTables } from './tables.ts';

export interface GoldenDeps {
  db: Kysely<CatalogTables>;
  catalog: { sourceOrder(source: string): number };
  confirmedAt: ConfirmedAt;
}

export interface Provenance {
  golden: GoldenRecord;
  fields: FieldClaims[];
  claimants: Claimant[];
  times: Map<string, Date>;
}

/** Refs without a live contribution are left out. */
export async function provenanceOf(
  deps: GoldenDeps,
  refs: readonly string[],
): Promise<Map<string, Provenance>> {
  if (refs.length === 0) return new Map();
  const decisions = await decisionsOn(deps.db, refs);
  const sourceOrder = (source: string) => deps.catalog.sourceOrder(source);
  const claimants = await claimantsOf(deps.db, { sourceOrder }, refs, decisions);
  const parts = new Map<string, PartKey>();
  for (const { source, part } of [...claimants.values()].flat())
    parts.set(partKey({ source, part }), { source, part });
  const times = await deps.confirmedAt([...parts.values()]);
  const found = new Map<string, Provenance>();
  for (const ref of refs) {
    const own = claimants.get(ref);
    if (!own) continue;
    const golden = mergeContributions(own, decisions.accepted.has(ref));
    found.set(ref, { golden, fields: fieldClaims(own), claimants: own, times });
  }
  return found;
}

export function answerClaim(claim: Claim, times: Map<string, Date>): z.infer<typeof claimSchema> {
  const { value, source, confidence, place, note } = claim;
  return {
    value,
    source,
    confidence,
    location: place.location,
    path: place.path ?? null,
    line: place.line ?? null,
    confirmedAt: timeOf(claim, times),
    note: note ?? null,
  };
}

export function timeOf(part: PartKey, times: Map<string, Date>): string | null {
  return times.get(partKey(part))?.toISOString() ?? null;
}
