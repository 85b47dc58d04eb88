import type { Confidence, Contribution, Place, Problem } from '#model/contribution.ts';
import { DEFAULT_NAMESPACE, type Entity, type EntityMetadata } from '#model/entity.ts';
import { canonicalRef } from '#model/ref.ts';

/** A contribution and what decides its rank beside others. */
export interface Claimant {
  source: string;
  /** Position of the source in the configuration. */
  sourceOrder: number;
  part: string;
  contribution: Contribution;
  /** Brought back after its part had gone. */
  kept: boolean;
  /** Says it of another ref that a person merged into this one: never decides what this one is called. */
  mergedIn?: boolean;
}

/** One source's word on one field. */
export interface Claim {
  value: unknown;
  source: string;
  part: string;
  confidence: Confidence;
  place: Place;
  note?: string;
}

/** A field of the golden record: the claim that was taken, and the rest in order of rank. */
export interface FieldClaims {
  field: string;
  chosen: Claim;
  others: Claim[];
}

export interface GoldenRecord {
  entity: Entity;
  /** Who said who owns it. */
  owner?: Claim;
  /** A guess at the owner, which is not in the entity until a person has accepted it. */
  suggestedOwner?: Claim;
  problems: Problem[];
  /** A descriptor declares it. */
  declared: boolean;
  orphaned: boolean;
}

const confidenceRank: Record<Confidence, number> = { declared: 0, found: 1, guess: 2 };

/**
 * Lists of refs in which every source's items count: what one file says doesn't deny what another saw. With the kind
 * that their items have where they don't say it.
 */
const unitedLists = new Map([
  ['dependsOn', undefined],
  ['dependencyOf', undefined],
  ['providesApis', 'API'],
  ['consumesApis', 'API'],
  ['memberOf', 'Group'],
]);

/**
 * Merges what several sources say of one entity. Field by field the surest claim wins; among equals the
 * source that the configuration names first, then the part whose key sorts first. So the outcome depends
 * on what is claimed and never on when it came in.
 * @param claimants at least one. @param accepted a person has accepted what is guessed.
 */
export function mergeContributions(claimants: readonly Claimant[], accepted: boolean): GoldenRecord {
  const [top] = claimants.toSorted(byWhole);
  if (!top) throw new Error('A golden record needs at least one contribution');
  const own = claimants.filter((claimant) => !isSupplement(claimant));
  const about = {
    problems: [...own.flatMap(({ contribution }) => contribution.problems ?? []), ...rivals(own)],
    declared: own.some(({ contribution }) => contribution.confidence === 'declared'),
    orphaned: own.every(({ kept }) => kept),
  };
  const merged = isUndisputed(claimants) ? undisputed(top) : settled(top, claimants, accepted);
  return { ...merged, ...about };
}

/** Every field of a record with who said it, and what else was claimed. */
export function fieldClaims(claimants: readonly Claimant[]): FieldClaims[] {
  const inOrder = byClaim(claimants);
  const ranked = new Map<string, Claim[]>();
  for (const [field, claims] of collectClaims(claimants.filter((claimant) => !isSupplement(claimant))))
    ranked.set(field, claims.toSorted(inOrder));
  for (const supplement of claimants.filter(isSupplement)) addApproved(ranked, supplement);
  return [...ranked].flatMap(([field, [chosen, ...others]]) => (chosen ? [{ field, chosen, others }] : []));
}

function isSupplement({ contribution }: Claimant): boolean {
  return contribution.supplements !== undefined;
}

const OWNER = 'spec.owner';

/** What people decided counts until a descriptor says something else than it did then. */
function addApproved(ranked: Map<string, Claim[]>, supplement: Claimant): void {
  const { entity, supplements } = supplement.contribution;
  const claims = ranked.get(OWNER) ?? [];
  const approved = claimOn(supplement, OWNER, entity.spec?.owner);
  const declared = claims.find(({ confidence }) => confidence === 'declared');
  const isNews = declared && ownerRef(declared.value, entity) !== supplements?.declaredOwner;
  ranked.set(OWNER, isNews ? [...claims, approved] : [approved, ...claims]);
}

function ownerRef(owner: unknown, { metadata }: Entity): string | undefined {
  try {
    return canonicalRef(String(owner), { kind: 'group', namespace: metadata.namespace });
  } catch {
    return undefined;
  }
}

type Merged = Pick<GoldenRecord, 'entity' | 'owner' | 'suggestedOwner'>;

/** Most records have one source that speaks of them with one voice; nothing needs to be weighed. */
function isUndisputed(claimants: readonly Claimant[]): boolean {
  const [only, ...others] = claimants;
  if (!only || others.length > 0) return false;
  const { fields, confidence, entity } = only.contribution;
  // A guess holds back its owner, and what only a catalog sets is left out: both are done field by field.
  return !fields && confidence !== 'guess' && !entity.metadata.uid && !entity.metadata.etag;
}

function undisputed(claimant: Claimant): Merged {
  const { apiVersion, kind, metadata, spec = {} } = claimant.contribution.entity;
  const { uid: _uid, etag: _etag, ...written } = metadata;
  const owner = spec.owner === undefined ? {} : { owner: claimOn(claimant, OWNER, spec.owner) };
  return { entity: { apiVersion, kind, metadata: { ...identity(metadata), ...written }, spec }, ...owner };
}

/** An entity whose fields are being put in. */
type Draft = Entity & { spec: Record<string, unknown> };

function settled(top: Claimant, claimants: readonly Claimant[], accepted: boolean): Merged {
  const { apiVersion, kind, metadata } = top.contribution.entity;
  const entity: Draft = { apiVersion, kind, metadata: identity(metadata), spec: {} };
  const merged: Merged = { entity };
  for (const { field, chosen } of fieldClaims(claimants)) {
    if (field === OWNER && chosen.confidence === 'guess' && !accepted) {
      merged.suggestedOwner = chosen;
      continue;
    }
    if (field === OWNER) merged.owner = chosen;
    place(entity, field, chosen.value);
  }
  return merged;
}

function identity({ name, namespace = DEFAULT_NAMESPACE }: EntityMetadata): EntityMetadata {
  return { name, namespace };
}

function collectClaims(claimants: readonly Claimant[]): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const claimant of claimants) {
    for (const [field, value] of fieldsOf(claimant.contribution.entity)) {
      const claim = claimOn(claimant, field, value);
      const known = claims.get(field);
      if (known) known.push(claim);
      else claims.set(field, [claim]);
    }
  }
  return claims;
}

function claimOn({ source, part, contribution }: Claimant, field: string, value: unknown): Claim {
  const special = contribution.fields?.[field];
  const line = contribution.lines?.[field.replace(/\[.*$/, '')];
  return {
    value,
    source,
    part,
    confidence: special?.confidence ?? contribution.confidence,
    place: special?.place ?? (line === undefined ? contribution.place : { ...contribution.place, line }),
    ...(special?.note ? { note: special.note } : {}),
  };
}

/** The fields that can come from different sources, as dotted paths; united lists item by item. */
function* fieldsOf(entity: Entity): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(entity.metadata)) {
    if (key === 'name' || key === 'namespace' || key === 'uid' || key === 'etag') continue;
    if (key === 'labels' || key === 'annotations') {
      for (const [name, text] of Object.entries(value as Record<string, string>)) {
        yield [`metadata.${key}.${name}`, text];
      }
    } else yield [`metadata.${key}`, value];
  }
  for (const [key, value] of Object.entries(entity.spec ?? {})) {
    if (unitedLists.has(key) && Array.isArray(value)) {
      for (const item of value) yield [`spec.${key}[${itemKey(item, key, entity)}]`, item];
      if (value.length === 0) yield [`spec.${key}`, value];
    } else yield [`spec.${key}`, value];
  }
}

/** Two ways of writing one ref are one item. */
function itemKey(item: unknown, key: string, { metadata }: Entity): string {
  if (typeof item !== 'string') return JSON.stringify(item);
  try {
    return canonicalRef(item, {
      kind: unitedLists.get(key),
      namespace: metadata.namespace,
    });
  } catch {
    return item;
  }
}

function place({ metadata, spec }: Draft, field: string, value: unknown): void {
  const [, root, rest] = /^(metadata|spec)\.(.*)$/s.exec(field) ?? [];
  if (rest === undefined) return;
  if (root === 'metadata') placeMetadata(metadata, rest, value);
  else placeSpec(spec, rest, value);
}

function placeMetadata(metadata: EntityMetadata, field: string, value: unknown): void {
  const [, group, name] = /^(labels|annotations)\.(.*)$/s.exec(field) ?? [];
  if (group === 'labels' || group === 'annotations')
    metadata[group] = { ...metadata[group], [name ?? '']: String(value) };
  else metadata[field] = value;
}

function placeSpec(spec: Record<string, unknown>, field: string, value: unknown): void {
  const [, list] = /^(\w+)\[/.exec(field) ?? [];
  if (!list) {
    spec[field] ??= value;
    return;
  }
  const items = spec[list];
  if (Array.isArray(items)) items.push(value);
  else spec[list] ??= [value];
}

/** The order in which claimants decide what an entity is called. */
export function byWhole(a: Claimant, b: Claimant): number {
  return (
    Number(isSupplement(a)) - Number(isSupplement(b)) ||
    Number(a.mergedIn ?? false) - Number(b.mergedIn ?? false) ||
    confidenceRank[a.contribution.confidence] - confidenceRank[b.contribution.confidence] ||
    a.sourceOrder - b.sourceOrder ||
    compareText(a.part, b.part)
  );
}

function byClaim(claimants: readonly Claimant[]): (a: Claim, b: Claim) => number {
  const order = new Map(claimants.map(({ source, sourceOrder }) => [source, sourceOrder]));
  return (a, b) =>
    confidenceRank[a.confidence] - confidenceRank[b.confidence] ||
    (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0) ||
    compareText(a.part, b.part);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Two descriptors of one ref are a mistake that both authors should hear of. */
function rivals(claimants: readonly Claimant[]): Problem[] {
  const declared = claimants.filter(
    ({ contribution, kept }) => contribution.confidence === 'declared' && !kept,
  );
  const [winner, ...losers] = declared.toSorted(byWhole);
  if (!winner) return [];
  return losers.map(({ contribution: { place: at } }) => ({
    level: 'warning',
    message: `Declared twice: ${describe(winner.contribution.place)} is used, ${describe(at)} is not`,
    remedy: 'Remove one of the two descriptors, or give one another name.',
    ...(at.path ? { path: at.path } : {}),
    ...(at.line ? { line: at.line } : {}),
  }));
}

function describe({ path, location, line }: Place): string {
  return `${path ?? location}${line ? `:${line}` : ''}`;
}
