import { hash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Confidence } from '#model/contribution.ts';
import { DEFAULT_NAMESPACE, type Entity } from '#model/entity.ts';
import { canonicalRef, refOf } from '#model/ref.ts';
import { clean } from '../kernel/store/row-set.ts';
import type { GoldenRecord } from './golden-record.ts';
import type { EntityTable } from './tables.ts';
import { termsOf } from './terms.ts';

/** A golden record as it is stored. */
export type GoldenRow = Insertable<EntityTable>;

/**
 * The row of a golden record: what lists, facets and filters ask for, beside the entity as JSON.
 * @param accepted a person has accepted the finding.
 */
export function goldenRow(golden: GoldenRecord, accepted: boolean, at: Date): GoldenRow {
  const { entity, suggestedOwner, problems } = golden;
  const ref = refOf(entity);
  const owner = ownerOf(golden);
  const errors = problems.filter(({ level }) => level === 'error');
  const json = JSON.stringify(entity);
  const etag = hash('sha1', json);
  const uid = uidOf(ref);
  return {
    ...columnsOf(entity, ref),
    uid,
    etag,
    owner: owner?.ref ?? null,
    owner_confidence: owner ? owner.confidence : suggestedOwner ? 'guess' : null,
    freshness: golden.orphaned ? 'orphaned' : 'fresh',
    review: golden.declared ? 'declared' : accepted ? 'accepted' : 'unreviewed',
    problem_count: problems.filter(({ level }) => level !== 'info').length,
    body: withIdentity(json, uid, etag),
    status: errors.length > 0 ? JSON.stringify(errors.map(statusItem)) : null,
    problems: problems.length > 0 ? JSON.stringify(problems) : null,
    terms: termsOf(entity, uid),
    changed_at: at,
  };
}

function columnsOf({ kind, metadata, spec = {} }: Entity, ref: string) {
  const title = text(metadata.title) ?? displayName(spec) ?? null;
  const description = text(metadata.description) ?? null;
  const tags = metadata.tags ?? [];
  return {
    ref,
    kind: kind.toLowerCase(),
    kind_label: kind,
    namespace: (metadata.namespace ?? DEFAULT_NAMESPACE).toLowerCase(),
    name: metadata.name,
    name_lower: metadata.name.toLowerCase(),
    title,
    description,
    type: text(spec.type) ?? null,
    lifecycle: text(spec.lifecycle) ?? null,
    owner_json: JSON.stringify(spec.owner) ?? null,
    system: refIn(spec.system, 'system', metadata.namespace) ?? null,
    language: metadata.labels?.['atrium.dev/language'] ?? null,
    tags,
    search_text: [metadata.name, title, description, ...tags].filter(Boolean).join('\n').toLowerCase(),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? clean(value) : undefined;
}

/** People and groups carry the name that they go by in their profile. */
function displayName({ profile }: Record<string, unknown>): string | undefined {
  const isObject = typeof profile === 'object' && profile !== null;
  return isObject ? text((profile as Record<string, unknown>).displayName) : undefined;
}

function refIn(value: unknown, kind: string, namespace: string | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return canonicalRef(value, { kind, namespace });
  } catch {
    return undefined;
  }
}

/** The owner as a ref, and how sure that is. Undefined when nobody is named, or only guessed at. */
function ownerOf({ entity, owner }: GoldenRecord): { ref: string; confidence: Confidence } | undefined {
  const ref = refIn(owner?.value, 'group', entity.metadata.namespace);
  return ref && owner ? { ref, confidence: owner.confidence } : undefined;
}

function statusItem({ message, remedy }: { message: string; remedy: string }) {
  return {
    type: 'backstage.io/catalog-processing',
    level: 'error',
    message: `${message} ${remedy}`,
    error: { name: 'InputError', message },
  };
}

/** The same ref has the same uid in every store (RFC 9562, version 5 shape), so none needs to be read back. */
function uidOf(ref: string): string {
  const hex = hash('sha1', ref);
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** Adds uid and etag to an entity's JSON as its metadata begins. */
function withIdentity(json: string, uid: string, etag: string): string {
  return json.replace('"metadata":{', () => `"metadata":{"uid":"${uid}","etag":"${etag}",`);
}
