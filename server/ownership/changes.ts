/** Who passed what to whom, from the catalog's history. */
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { canonicalRef, parseRef } from '#model/ref.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { ownershipChangeSchema } from './contract.ts';

export type OwnershipChange = z.infer<typeof ownershipChangeSchema>;

interface StoredChange {
  entity: string;
  title: string | null;
  at: Date;
  source: string | null;
  fields: { field: string; before?: unknown; after?: unknown }[];
}

/** Newest first. @param entity all of them when absent. */
export async function ownershipChanges(
  db: Kysely<CatalogTables>,
  limit: number,
  entity?: string,
): Promise<OwnershipChange[]> {
  // The words of the partial index.
  const { rows } = await sql<StoredChange>`
    select c.ref as entity, coalesce(e.title, e.name) as title, c.at, c.source, c.fields
    from change c left join entity e on e.ref = c.ref
    where c.fields::text like '%"field":"spec.owner"%' and ${entity ? sql`c.ref = ${entity}` : sql`true`}
    order by c.seq desc limit ${limit}`.execute(db);
  return rows.flatMap((row) => answerChange(row) ?? []);
}

/** The same owner written otherwise is no change of owner. */
function answerChange({ entity, title, at, source, fields }: StoredChange): OwnershipChange | undefined {
  const owner = fields.find(({ field }) => field === 'spec.owner');
  const { name, namespace } = parseRef(entity);
  const [before, after] = [owner?.before, owner?.after].map((value) => ownerRef(value, namespace));
  if (before === after) return undefined;
  return {
    entity,
    entityTitle: title ?? name,
    at: at.toISOString(),
    before: before ?? null,
    after: after ?? null,
    source,
  };
}

function ownerRef(value: unknown, namespace: string): string | null {
  if (typeof value !== 'string' || value === '') return null;
  try {
    return canonicalRef(value, { kind: 'group', namespace });
  } catch {
    return value;
  }
}
