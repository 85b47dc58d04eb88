import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from './tables.ts';

/**
 * The two inverted indexes take as long as all else of a first reading together, and a store without them
 * answers well while it is small. So they are made when the first reading is over. From then on their
 * pending lists take in what changes, and are merged into them here.
 */
const indexes = {
  entity_terms:
    'create index if not exists entity_terms on entity using gin (terms) with (gin_pending_list_limit = 65536)',
  entity_search:
    'create index if not exists entity_search on entity using gin (search_text gin_trgm_ops) with (gin_pending_list_limit = 65536)',
};

/** Lists by title, either way: those without one come last in both. No list needs them while there is little. */
const titleIndexes = [
  'create index if not exists entity_title on entity (lower(title), ref)',
  'create index if not exists entity_title_down on entity (lower(title) desc nulls last, ref desc)',
];

/** Makes the inverted indexes, or merges what is pending in them, and renews the planner's statistics. */
export async function settleIndexes(db: Kysely<CatalogTables>): Promise<void> {
  for (const [name, create] of Object.entries(indexes)) {
    await sql.raw(create).execute(db);
    await sql`select gin_clean_pending_list(${name})`.execute(db);
  }
  for (const create of titleIndexes) await sql.raw(create).execute(db);
  for (const table of ['entity', 'relation', 'contribution'])
    await sql`analyze ${sql.ref(table)}`.execute(db);
}
