/** The history: what changed, newest first. */
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { KindRegistry } from '#model/kinds.ts';
import type { changesQuerySchema, changesSchema } from './contract.ts';
import { namesIn } from './related.ts';
import type { CatalogTables } from './tables.ts';

/** @param ref of one entity, in canonical form; the history of all when undefined. */
export async function changeList(
  db: Kysely<CatalogTables>,
  kinds: KindRegistry,
  { ref, before, limit }: z.infer<typeof changesQuerySchema>,
): Promise<z.infer<typeof changesSchema>> {
  const rows = await db
    .selectFrom('change')
    .leftJoin('entity', 'entity.ref', 'change.ref')
    .select(['change.seq', 'change.at', 'change.ref', 'change.change', 'change.fields', 'change.source'])
    .select(['entity.kind_label', 'entity.name'])
    .$if(ref !== undefined, (query) => query.where('change.ref', '=', ref ?? ''))
    .$if(before !== undefined, (query) => query.where('change.seq', '<', before ?? 0))
    .orderBy('change.seq', 'desc')
    .limit(limit)
    .execute();
  return {
    items: rows.map(({ seq, at, ref: of, change, fields, source, kind_label, name }) => {
      const told = namesIn(of, kinds);
      return {
        seq,
        at: at.toISOString(),
        ref: of,
        kind: kind_label ?? told.kind,
        name: name ?? told.name,
        change,
        fields: fields.map(({ field, before: old = null, after = null }) => ({ field, before: old, after })),
        source,
      };
    }),
  };
}
