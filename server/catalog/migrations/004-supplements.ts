import { type Kysely, sql } from 'kysely';

/** What people decided beside what sources say, and the history of owners without a look at every change. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table contribution add column supplements boolean not null default false`.execute(db);
  await sql`create index change_of_owner on change (seq desc)
    where fields::text like '%"field":"spec.owner"%'`.execute(db);
}
