import { type Kysely, sql } from 'kysely';

/**
 * The owner as its descriptor writes it: who counts owners need not look into every body. And what the planner
 * needs to tell a common lifecycle or language from a rare one, since filters compare them lower-cased.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table entity add column owner_json text`.execute(db);
  // Of a large catalog every row is written anew, which may take minutes.
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`update entity set owner_json = (body #> '{spec,owner}')::text`.execute(db);
  await sql`create statistics entity_type_values on (lower(type)) from entity`.execute(db);
  await sql`create statistics entity_lifecycle_values on (lower(lifecycle)) from entity`.execute(db);
  await sql`create statistics entity_language_values on (lower(language)) from entity`.execute(db);
}
