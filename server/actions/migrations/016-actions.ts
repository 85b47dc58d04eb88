import { type Kysely, sql } from 'kysely';

/** By e-mail, a reminder is tried until everybody has it: mail servers are sometimes away. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table lease add column mail_due_at timestamptz`.execute(db);
  await sql`alter table lease add column mailed text[] not null default '{}'`.execute(db);
}
