import { type Kysely, sql, type Transaction } from 'kysely';
import type { Contribution } from '#model/contribution.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { deriveRelations } from '#model/relations.ts';
import { type Claimant, mergeContributions } from './golden-record.ts';
import { type GoldenRow, goldenRow } from './golden-row.ts';
import type { CatalogTables, RelationTable } from './tables.ts';

type Tx = Transaction<CatalogTables>;

export interface OldRecord {
  ref: string;
  etag: string;
  review: string;
  problemCount: number;
  body: unknown;
}

/** What the merge made of some refs, before it is written. */
export interface Rebuilt {
  before: Map<string, OldRecord>;
  rows: GoldenRow[];
  relations: RelationTable[];
  /** Refs that nobody claims any more. */
  gone: string[];
}

export interface Decisions {
  /** Ref to the ref that it was merged into. */
  mergedInto: Map<string, string>;
  ignored: Set<string>;
  accepted: Set<string>;
}

export interface RebuildDeps {
  kinds: KindRegistry;
  now: () => Date;
  sourceOrder: (source: string) => number;
}

/** Merges the contributions of these refs, and of refs that people's decisions tie to them, again. */
export async function rebuild(tx: Tx, deps: RebuildDeps, refs: readonly string[]): Promise<Rebuilt> {
  const decisions = await decisionsOn(tx, refs);
  const targets = [...new Set([...refs, ...refs.map((ref) => decisions.mergedInto.get(ref) ?? ref)])];
  const claimants = await claimantsOf(tx, deps, targets, decisions);
  const before = await oldRecords(tx, targets);
  const rebuilt: Rebuilt = { before, rows: [], relations: [], gone: [] };
  for (const ref of targets) {
    const own = claimants.get(ref);
    const leaves = !own || decisions.ignored.has(ref) || decisions.mergedInto.has(ref);
    if (!leaves) addRecord(rebuilt, deps, own, decisions.accepted.has(ref));
    else if (before.has(ref)) rebuilt.gone.push(ref);
  }
  return rebuilt;
}

function addRecord(rebuilt: Rebuilt, deps: RebuildDeps, claimants: Claimant[], accepted: boolean): void {
  const golden = mergeContributions(claimants, accepted);
  const { relations, problems } = deriveRelations(golden.entity, deps.kinds);
  golden.problems.push(...problems);
  const row = goldenRow(golden, accepted, deps.now());
  rebuilt.rows.push(row);
  for (const { type, targetRef, reverse } of relations) {
    rebuilt.relations.push({ from_ref: row.ref, to_ref: targetRef, type, reverse: reverse ?? null });
  }
}

/** Decisions on these refs, on those into which they were merged, and on all else that was merged into either. */
export async function decisionsOn(tx: Kysely<CatalogTables>, refs: readonly string[]): Promise<Decisions> {
  const { rows } = await sql<{ ref: string; decision: string; merge_into: string | null }>`
    with concerned as (
      select unnest(${refs}::text[]) as ref
      union select merge_into from decision where ref = any(${refs}::text[]) and merge_into is not null)
    select ref, decision, merge_into from decision
    where ref in (select ref from concerned) or merge_into in (select ref from concerned)`.execute(tx);
  return {
    mergedInto: new Map(rows.flatMap((row) => (row.merge_into ? [[row.ref, row.merge_into]] : []))),
    ignored: new Set(rows.filter(({ decision }) => decision === 'ignored').map(({ ref }) => ref)),
    accepted: new Set(rows.filter(({ decision }) => decision === 'accepted').map(({ ref }) => ref)),
  };
}

/** The live contributions of each ref, those of refs that were merged into it among them. */
export async function claimantsOf(
  tx: Kysely<CatalogTables>,
  { sourceOrder }: Pick<RebuildDeps, 'sourceOrder'>,
  targets: readonly string[],
  { mergedInto }: Decisions,
): Promise<Map<string, Claimant[]>> {
  const wanted = [
    ...targets,
    ...[...mergedInto].flatMap(([ref, into]) => (targets.includes(into) ? [ref] : [])),
  ];
  const { rows } = await sql<{
    source: string;
    part: string;
    ref: string;
    body: Contribution;
    kept: boolean;
  }>`
    select source, part, ref, body, kept from contribution
    where ref = any(${wanted}::text[]) and removed_at is null`.execute(tx);
  const claimants = new Map<string, Claimant[]>();
  for (const { source, part, ref, body, kept } of rows) {
    const target = mergedInto.get(ref) ?? ref;
    const claimant: Claimant = {
      source,
      part,
      kept,
      mergedIn: ref !== target,
      sourceOrder: sourceOrder(source),
      contribution: asTarget(body, ref, target),
    };
    const known = claimants.get(target);
    if (known) known.push(claimant);
    else claimants.set(target, [claimant]);
  }
  // A finding alone can't stand for the entity into which it was merged once that is gone.
  return new Map(
    [...claimants].filter(([ref, all]) => all.some(({ contribution }) => contribution.ref === ref)),
  );
}

/** A contribution that was merged into another entity speaks of that one, and never outranks its own sources. */
function asTarget(contribution: Contribution, ref: string, target: string): Contribution {
  return ref === target ? contribution : { ...contribution, confidence: 'guess' };
}

async function oldRecords(tx: Tx, refs: readonly string[]): Promise<Map<string, OldRecord>> {
  const { rows } = await sql<OldRecord>`
    select ref, etag, review, problem_count as "problemCount", body from entity
    where ref = any(${refs}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.ref, row]));
}
