import { type Kysely, sql, type Transaction } from 'kysely';
import type { Contribution } from '#model/contribution.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { deriveRelations } from '#model/relations.ts';
import { type Claimant, mergeContributions } from './golden-record.ts';
import { type GoldenRow, goldenRow } from './golden-row.ts';
import type { News } from './news.ts';
import type { CatalogTables, RelationTable } from './tables.ts';

type Tx = Transaction<CatalogTables>;

export interface OldRecord {
  ref: string;
  etag: string;
  review: string;
  problemCount: number;
  freshness: string;
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

/** A golden record with its relations, ready to be written. */
interface Merged {
  row: GoldenRow;
  relations: RelationTable[];
}

/** What a source says anew, and what its record is if nobody else speaks of it. */
export interface Said extends News {
  source: string;
  alone: Merged;
}

/** Merges what is said with itself only. That needs nothing from the store, and mostly it is all. */
export function sayAlone(deps: RebuildDeps, source: string, news: News): Said {
  const claimant = claimantOf(
    deps,
    { source, part: news.part, body: news.contribution, kept: false },
    news.ref,
  );
  return { ...news, source, alone: merge(deps, [claimant], false) };
}

/**
 * Merges the contributions of these refs, and of refs that people's decisions tie to them, again.
 * @param said contributions that count instead of what the store has of them.
 */
export async function rebuild(
  tx: Tx,
  deps: RebuildDeps,
  refs: readonly string[],
  said: readonly Said[] = [],
): Promise<Rebuilt> {
  const decisions = await decisionsOn(tx, refs);
  const targets = [...new Set([...refs, ...refs.map((ref) => decisions.mergedInto.get(ref) ?? ref)])];
  const claimants = await claimantsOf(tx, deps, targets, decisions, said);
  const alone = new Map(said.map((one) => [one.contribution, one.alone]));
  const before = await oldRecords(tx, targets);
  const rebuilt: Rebuilt = { before, rows: [], relations: [], gone: [] };
  for (const ref of targets) {
    const own = claimants.get(ref);
    const accepted = decisions.accepted.has(ref);
    const leaves = !own || decisions.ignored.has(ref) || decisions.mergedInto.has(ref);
    if (!leaves) {
      const [only] = own.length === 1 && !accepted ? own : [];
      const { row, relations } = (only && alone.get(only.contribution)) ?? merge(deps, own, accepted);
      rebuilt.rows.push(row);
      rebuilt.relations.push(...relations);
    } else if (before.has(ref)) rebuilt.gone.push(ref);
  }
  return rebuilt;
}

function merge(deps: RebuildDeps, claimants: Claimant[], accepted: boolean): Merged {
  const golden = mergeContributions(claimants, accepted);
  const { relations, problems } = deriveRelations(golden.entity, deps.kinds);
  golden.problems.push(...problems);
  const row = goldenRow(golden, accepted, deps.now());
  const edges = relations.map(({ type, targetRef, reverse }) => ({
    from_ref: row.ref,
    to_ref: targetRef,
    type,
    reverse: reverse ?? null,
  }));
  return { row, relations: edges };
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

/** A live contribution as it is stored. */
interface Live {
  source: string;
  part: string;
  body: Contribution;
  kept: boolean;
}

/**
 * The live contributions of each ref, those of refs that were merged into it among them.
 * @param said contributions that count instead of what the store has of them.
 */
export async function claimantsOf(
  tx: Kysely<CatalogTables>,
  deps: Pick<RebuildDeps, 'sourceOrder'>,
  targets: readonly string[],
  { mergedInto }: Decisions,
  said: readonly Said[] = [],
): Promise<Map<string, Claimant[]>> {
  const asked = new Set(targets);
  const wanted = [...targets, ...[...mergedInto].flatMap(([ref, into]) => (asked.has(into) ? [ref] : []))];
  const { rows } = await sql<Live>`
    select source, part, body, kept from contribution
    where ref = any(${wanted}::text[]) and removed_at is null`.execute(tx);
  const fresh = said.map(({ source, part, contribution }) => ({
    source,
    part,
    body: contribution,
    kept: false,
  }));
  const keyOf = ({ source, part, body }: Live) => JSON.stringify([source, part, body.ref]);
  const live =
    rows.length === 0 ? fresh : new Map([...rows, ...fresh].map((one) => [keyOf(one), one])).values();
  const claimants = new Map<string, Claimant[]>();
  for (const one of live) {
    const target = mergedInto.get(one.body.ref) ?? one.body.ref;
    // Who owns a finding says nothing of what it was merged into.
    if (target !== one.body.ref && one.body.supplements) continue;
    const claimant = claimantOf(deps, one, target);
    const known = claimants.get(target);
    if (known) known.push(claimant);
    else claimants.set(target, [claimant]);
  }
  // A finding alone can't stand for the entity into which it was merged once that is gone, nor can a supplement.
  return new Map([...claimants].filter(([ref, all]) => all.some((one) => standsFor(one, ref))));
}

function standsFor({ contribution }: Claimant, ref: string): boolean {
  return contribution.ref === ref && contribution.supplements === undefined;
}

function claimantOf({ sourceOrder }: Pick<RebuildDeps, 'sourceOrder'>, live: Live, target: string): Claimant {
  const { source, part, body, kept } = live;
  const contribution = asTarget(body, body.ref, target);
  return {
    source,
    part,
    kept,
    mergedIn: body.ref !== target,
    sourceOrder: sourceOrder(source),
    contribution,
  };
}

/** A contribution that was merged into another entity speaks of that one, and never outranks its own sources. */
function asTarget(contribution: Contribution, ref: string, target: string): Contribution {
  return ref === target ? contribution : { ...contribution, confidence: 'guess' };
}

async function oldRecords(tx: Tx, refs: readonly string[]): Promise<Map<string, OldRecord>> {
  const { rows } = await sql<OldRecord>`
    select ref, etag, review, freshness, problem_count as "problemCount", body from entity
    where ref = any(${refs}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.ref, row]));
}
