/** What was found and nobody has looked at yet, with all that a person needs to decide. */
import { dirname, join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { annotations, type Entity } from '#model/entity.ts';
import { toDescriptorYaml } from '#model/to-yaml.ts';
import type { decisionSchema, Row, reviewItemSchema, reviewQuerySchema, reviewSchema } from './contract.ts';
import { rowColumns, type StoredRow } from './entity-row.ts';
import { answerClaim, type GoldenDeps, type Provenance, provenanceOf } from './golden-reader.ts';
import type { Claim, Claimant } from './golden-record.ts';
import { type MergeCandidate, mergeCandidates } from './merge-candidates.ts';
import { answerRows, ownerRef } from './suggested-owner.ts';
import type { CatalogTables } from './tables.ts';

type Review = z.infer<typeof reviewSchema>;
type ReviewItem = z.infer<typeof reviewItemSchema>;
type ReviewQuery = z.infer<typeof reviewQuerySchema>;

/** The findings that are open, by name; or the decisions that were made, newest first. */
export async function reviewOf(deps: GoldenDeps, { state, offset, limit }: ReviewQuery): Promise<Review> {
  if (state === 'decided') {
    const total = await countDecisions(deps.db);
    return { items: [], decided: await decisions(deps.db, offset, limit), total };
  }
  const { rows: stored } = await sql<StoredRow>`
    select ${rowColumns} from entity where review = 'unreviewed'
    order by name_lower, ref limit ${limit} offset ${offset}`.execute(deps.db);
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from entity where review = 'unreviewed'`.execute(deps.db);
  const rows = await answerRows(deps.db, (source) => deps.catalog.sourceOrder(source), stored);
  return { items: await itemsOf(deps, rows), decided: [], total: counted[0]?.total ?? 0 };
}

async function itemsOf(deps: GoldenDeps, rows: readonly Row[]): Promise<ReviewItem[]> {
  const refs = rows.map(({ ref }) => ref);
  const provenance = await provenanceOf(deps, refs);
  const candidates = await mergeCandidates(deps.db, refs);
  return rows.flatMap((row) => {
    const known = provenance.get(row.ref);
    return known ? [itemOf(row, known, candidates.get(row.ref) ?? [])] : [];
  });
}

function itemOf(
  row: Row,
  { golden, fields, claimants, times }: Provenance,
  candidates: MergeCandidate[],
): ReviewItem {
  const { suggestedOwner } = golden;
  const owner = ownerRef(suggestedOwner?.value, row.namespace);
  return {
    row,
    evidence: fields.flatMap(({ field, chosen, others }) =>
      [chosen, ...others].map((claim) => ({ ...answerClaim(claim, times), field })),
    ),
    suggestedOwner:
      suggestedOwner && owner
        ? { owner, note: suggestedOwner.note ?? null, location: suggestedOwner.place.location }
        : null,
    mergeCandidates: candidates,
    proposal: proposalOf(
      golden.entity,
      suggestedOwner,
      fields.map(({ chosen, field }) => ({ ...chosen, field })),
    ),
    proposalFile: proposalFile(claimants),
  };
}

/** Beside the file by which it was found, where that is a file on this machine. */
function proposalFile(claimants: readonly Claimant[]): string | null {
  const own = claimants.filter(({ mergedIn }) => !mergedIn);
  const [file] = own.flatMap(
    ({ contribution: { place } }) => /^file:(\/.*)$/s.exec(place.location)?.[1] ?? [],
  );
  return file ? join(dirname(file), 'catalog-info.yaml') : null;
}

/** A catalog sets these from where it reads a descriptor; an author doesn't write them. */
const derived: ReadonlySet<string> = new Set(Object.values(annotations));

function proposalOf(
  entity: Entity,
  suggestedOwner: Claim | undefined,
  claims: (Claim & { field: string })[],
): string {
  const kept = Object.entries(entity.metadata.annotations ?? {}).filter(([key]) => !derived.has(key));
  const { annotations: _, ...metadata } = entity.metadata;
  const proposed: Entity = {
    ...entity,
    metadata: kept.length > 0 ? { ...metadata, annotations: Object.fromEntries(kept) } : metadata,
    spec: { ...entity.spec, ...(suggestedOwner ? { owner: suggestedOwner.value } : {}) },
  };
  const noted = claims.filter(({ confidence, note }) => note || confidence === 'guess');
  return toDescriptorYaml(proposed, {
    notes: Object.fromEntries(noted.map((claim) => [claim.field, noteOf(claim)])),
  });
}

function noteOf({ confidence, note, place }: Claim): string {
  const told = note ?? `from ${place.path ?? place.location}`;
  return confidence === 'guess' ? `guess: ${told}` : told;
}

async function decisions(
  db: Kysely<CatalogTables>,
  offset: number,
  limit: number,
): Promise<z.infer<typeof decisionSchema>[]> {
  const rows = await db
    .selectFrom('decision')
    .selectAll()
    .orderBy('decided_at', 'desc')
    .orderBy('ref')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ ref, decision, merge_into, decided_by, decided_at }) => ({
    ref,
    decision,
    mergeInto: merge_into,
    by: decided_by,
    at: decided_at.toISOString(),
  }));
}

async function countDecisions(db: Kysely<CatalogTables>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from decision`.execute(db);
  return rows[0]?.total ?? 0;
}
