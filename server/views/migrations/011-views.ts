import { type Kysely, sql } from 'kysely';

/** Views of the catalog that people keep under a name. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create table saved_view (
    principal text not null, name text not null, search jsonb not null, saved_at timestamptz not null,
    primary key (principal, name))`.execute(db);
}
