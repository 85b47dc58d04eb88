import { type Kysely, sql } from 'kysely';

const statements = [
  'create table source (id text primary key, confirmed_at timestamptz, error json)',
  `create table part (
    source text not null, part text not null, read_at timestamptz not null, revision text,
    failed boolean not null, problems json not null, primary key (source, part))`,
];

/** Sources and the parts of which they consist. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
