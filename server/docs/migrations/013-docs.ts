import { type Kysely, sql } from 'kysely';

/** Problems that readers reported lead to their reports, so that they can be closed. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table doc_problem add column report uuid`.execute(db);
}
