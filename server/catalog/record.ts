/** One golden record with all that is known of it: who says what, what it is tied to, what is wrong. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Problem } from '#model/contribution.ts';
import type { Entity, EntityStatusItem } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import type { KindRegistry } from '#model/kinds.ts';
import type { fieldSchema, GoldenRecord, relatedSchema } from './contract.ts';
import { readRelations } from './entity-reader.ts';
import { rowColumns, type StoredRow } from './entity-row.ts';
import { answerClaim, type GoldenDeps, type Provenance, provenanceOf, timeOf } from './golden-reader.ts';
import { fieldClaims } from './golden-record.ts';
import { knownEntities } from './related.ts';
import { answerRows } from './suggested-owner.ts';

export interface RecordDeps extends GoldenDeps {
  kinds: KindRegistry;
}

type Related = z.infer<typeof relatedSchema>;

interface Stored {
  body: Entity;
  status: EntityStatusItem[] | null;
  found: Problem[] | null;
}

/** A group that owns thousands is read through lists. */
const MOST_RELATED = 2000;

/** @throws {AtriumError} ENTITY_NOT_FOUND */
export async function recordOf(deps: RecordDeps, ref: string): Promise<GoldenRecord> {
  const { rows } = await sql<StoredRow & Stored>`
    select ${rowColumns}, entity.body, entity.status, entity.problems as found
    from entity where ref = ${ref}`.execute(deps.db);
  const [stored] = rows;
  if (!stored) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${ref}`);
  const { body, status, found, ...listed } = stored;
  const [row] = await answerRows(deps.db, (source) => deps.catalog.sourceOrder(source), [listed]);
  if (!row) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${ref}`);
  const relations = (await readRelations(deps.db, [ref])).get(ref) ?? [];
  const related = await relatedOf(deps, relations.slice(0, MOST_RELATED));
  const provenance = (await provenanceOf(deps, [ref])).get(ref);
  const sources = provenance ? sourcesOf(provenance) : [];
  return {
    row,
    entity: { ...body, relations, ...(status ? { status: { items: status } } : {}) },
    fields: provenance ? fieldsOf(provenance) : [],
    related,
    problems: found ?? [],
    confirmedAt: sources.reduce<string | null>((newest, { confirmedAt }) => later(newest, confirmedAt), null),
    sources,
    apis: apisOf(row, body, related),
  };
}

async function relatedOf(
  { db, kinds }: RecordDeps,
  relations: readonly { type: string; targetRef: string }[],
): Promise<Related[]> {
  const refs = [...new Set(relations.map(({ targetRef }) => targetRef))];
  const known = new Map((await knownEntities(db, kinds, refs)).map((entity) => [entity.ref, entity]));
  return relations.flatMap(({ type, targetRef }) => {
    const entity = known.get(targetRef);
    return entity ? [{ ...entity, relation: type }] : [];
  });
}

function fieldsOf({ claimants, times }: Provenance): z.infer<typeof fieldSchema>[] {
  return fieldClaims(claimants).map(({ field, chosen, others }) => ({
    field,
    chosen: answerClaim(chosen, times),
    others: others.map((claim) => answerClaim(claim, times)),
  }));
}

function sourcesOf({ claimants, times }: Provenance): GoldenRecord['sources'] {
  return claimants.map(({ source, part, contribution: { place, confidence } }) => ({
    source,
    path: place.path ?? null,
    location: place.location,
    confidence,
    confirmedAt: timeOf({ source, part }, times),
  }));
}

/** ISO times sort as text. */
function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** Definitions to read on its page: its own, and those that it provides or consumes. */
function apisOf(row: GoldenRecord['row'], entity: Entity, related: Related[]): GoldenRecord['apis'] {
  const own: GoldenRecord['apis'] =
    row.kind === 'API' && entity.spec?.definition !== undefined
      ? [{ ref: row.ref, title: row.title ?? row.name, type: row.type ?? '', relation: 'self' }]
      : [];
  const relations = { providesApi: 'provides', consumesApi: 'consumes' } as const;
  const others = related.flatMap(({ relation, exists, ref, title, name, type }) => {
    const kept = relation === 'providesApi' || relation === 'consumesApi' ? relations[relation] : undefined;
    return kept && exists ? [{ ref, title: title ?? name, type: type ?? '', relation: kept }] : [];
  });
  return [...own, ...others.toSorted((a, b) => b.relation.localeCompare(a.relation))];
}
