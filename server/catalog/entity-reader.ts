/**
 * Reads entities as the JSON that is sent. The body is kept as text and relations and status are spliced
 * in as text, so that nothing is parsed or serialised on the way out unless fields are chosen.
 */
import { type Kysely, sql } from 'kysely';
import type { EntityRelation } from '#model/entity.ts';
import { parseFields, project } from './projection.ts';
import type { ResponseCache } from './response-cache.ts';
import type { CatalogTables } from './tables.ts';

export interface EntityReader {
  /** In the order of the refs; undefined where there is no such entity. */
  read(refs: readonly string[], fields?: readonly string[]): Promise<(Buffer | undefined)[]>;
}

export function createEntityReader(db: Kysely<CatalogTables>, cache: ResponseCache): EntityReader {
  return {
    async read(refs, fields) {
      const whole = await readWhole(db, cache, refs);
      if (!fields || fields.length === 0) {
        return whole;
      }
      const paths = parseFields(fields);
      return whole.map(
        (json) => json && Buffer.from(JSON.stringify(project(JSON.parse(json.toString()), paths))),
      );
    },
  };
}

async function readWhole(
  db: Kysely<CatalogTables>,
  cache: ResponseCache,
  refs: readonly string[],
): Promise<(Buffer | undefined)[]> {
  const found = refs.map((ref) => cache.entity(ref));
  const missing = refs.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) {
    return found;
  }
  const version = cache.version;
  const read = await readFromStore(db, [...new Set(missing)]);
  for (const [ref, json] of read) {
    cache.keepEntity(ref, json, version);
  }
  return refs.map((ref, index) => found[index] ?? read.get(ref));
}

interface StoredEntity {
  ref: string;
  body: string;
  status: string | null;
}

async function readFromStore(db: Kysely<CatalogTables>, refs: string[]): Promise<Map<string, Buffer>> {
  const [bodies, relations] = await Promise.all([
    sql<StoredEntity>`select ref, body::text as body, status::text as status
      from entity where ref = any(${refs}::text[])`.execute(db),
    readRelations(db, refs),
  ]);
  return new Map(bodies.rows.map((row) => [row.ref, splice(row, relations.get(row.ref) ?? [])]));
}

function splice({ body, status }: StoredEntity, relations: EntityRelation[]): Buffer {
  const open = body.slice(0, body.lastIndexOf('}'));
  const statusText = status === null ? '' : `,"status":{"items":${status}}`;
  return Buffer.from(`${open},"relations":${JSON.stringify(relations)}${statusText}}`);
}

interface StoredRelation {
  ref: string;
  type: string;
  target: string;
}

/** Relations of many entities, each once, sorted by type and target. */
export async function readRelations(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
): Promise<Map<string, EntityRelation[]>> {
  const { rows } = await sql<StoredRelation>`
    select from_ref as ref, type, to_ref as target from relation where from_ref = any(${refs}::text[])
    union
    select to_ref, reverse, from_ref from relation
    where to_ref = any(${refs}::text[]) and reverse is not null`.execute(db);
  const byRef = new Map<string, EntityRelation[]>();
  for (const { ref, type, target } of rows) {
    const relations = byRef.get(ref) ?? [];
    relations.push({ type, targetRef: target });
    byRef.set(ref, relations);
  }
  for (const relations of byRef.values()) {
    relations.sort((a, b) => compare(a.type, b.type) || compare(a.targetRef, b.targetRef));
  }
  return byRef;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
