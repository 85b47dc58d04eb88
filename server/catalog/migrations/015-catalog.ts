import { type Kysely, sql } from 'kysely';

/** Which step of a run registered a location: rolling that run back removes it, and no other. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table location add column made_by text`.execute(db);
}
