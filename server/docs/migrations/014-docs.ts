import { type Kysely, sql } from 'kysely';

/** When each link was asked: until then nothing is said of the links of a site. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table doc_link add column asked_at timestamptz`.execute(db);
  await sql`update doc_link set asked_at = checked_at`.execute(db);
}
