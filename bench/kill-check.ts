/** Whether what a portal answers is whole: each entity with all its relations and its row, or not there at all. */
import type { Entity } from '#model/entity.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { refOf } from '#model/ref.ts';
import { deriveRelations } from '#model/relations.ts';
import { ask } from '../tools/portal.ts';

interface Row {
  ref: string;
  owner: string | null;
  description: string | null;
}

export interface State {
  entities: Entity[];
  rows: Row[];
}

const kinds = createKindRegistry();
const PAGE = 500;

/** The state at one moment: read again until nothing changed while it was read. */
export async function stateOf(url: string): Promise<State> {
  for (;;) {
    const before = await newestChange(url);
    const state = await readState(url);
    if ((await newestChange(url)) === before) return state;
  }
}

async function newestChange(url: string): Promise<number> {
  const { items } = await ask<{ items: { seq: number }[] }>(url, '/api/catalog/changes?limit=1');
  return items[0]?.seq ?? 0;
}

async function readState(url: string): Promise<State> {
  const entities = await ask<Entity[]>(url, '/api/catalog/entities');
  const rows: Row[] = [];
  for (let total = 1; rows.length < total; ) {
    const page = await ask<{ items: Row[]; total: number }>(
      url,
      `/api/catalog/rows?limit=${PAGE}&offset=${rows.length}`,
    );
    rows.push(...page.items);
    total = page.items.length === 0 ? 0 : page.total;
  }
  return { entities, rows };
}

/** What is not whole, in words; nothing when all is. */
export function brokenIn({ entities, rows }: State): string[] {
  const expected = expectedRelations(entities);
  const byRef = new Map(rows.map((row) => [row.ref, row]));
  const broken = entities.flatMap((entity) => {
    const ref = refOf(entity);
    return [...brokenRelations(ref, entity, expected), ...brokenRow(ref, entity, byRef.get(ref))];
  });
  const surplus = rows.length - entities.length;
  return surplus === 0 ? broken : [...broken, `${rows.length} rows stand beside ${entities.length} entities`];
}

/** From what all specs say, in both directions. */
function expectedRelations(entities: readonly Entity[]): Map<string, Set<string>> {
  const relations = new Map<string, Set<string>>();
  const add = (ref: string, type: string, target: string) => {
    const known = relations.get(ref) ?? new Set();
    relations.set(ref, known.add(`${type} ${target}`));
  };
  for (const entity of entities) {
    const ref = refOf(entity);
    for (const { type, targetRef, reverse } of deriveRelations(entity, kinds).relations) {
      add(ref, type, targetRef);
      if (reverse) add(targetRef, reverse, ref);
    }
  }
  return relations;
}

function brokenRelations(
  ref: string,
  { relations = [] }: Entity,
  expected: Map<string, Set<string>>,
): string[] {
  const has = relations
    .map(({ type, targetRef }) => `${type} ${targetRef}`)
    .sort()
    .join(', ');
  const wants = [...(expected.get(ref) ?? [])].sort().join(', ');
  return has === wants ? [] : [`${ref} has the relations ${has}, where its descriptors say ${wants}`];
}

function brokenRow(ref: string, { metadata, spec }: Entity, row: Row | undefined): string[] {
  if (!row) return [`${ref} has no row`];
  const owner = typeof spec?.owner === 'string' ? `group:default/${spec.owner}` : null;
  const agrees =
    row.description === (metadata.description ?? null) && (owner === null || row.owner === owner);
  return agrees
    ? []
    : [`${ref} says ${metadata.description} and ${owner}, its row ${row.description} and ${row.owner}`];
}

/** Everything that a run which was never killed must have too, as comparable text. */
export function comparable({ entities, rows }: State): string[] {
  const texts = entities.map(
    ({ kind, metadata: { uid: _uid, etag: _etag, ...metadata }, spec, relations = [] }) => {
      const ordered = relations.map(({ type, targetRef }) => `${type} ${targetRef}`).sort();
      return JSON.stringify([
        kind,
        Object.entries(metadata).sort(byKey),
        Object.entries(spec ?? {}).sort(byKey),
        ordered,
      ]);
    },
  );
  return [
    ...texts,
    ...rows.map(({ ref, owner, description }) => JSON.stringify([ref, owner, description])),
  ].sort();
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
