import { type Kysely, sql } from 'kysely';

const statements = [
  `create table token (
    id uuid primary key, name text not null, kind text not null, owner text not null, behind text,
    hash text not null unique, scopes text[] not null, created_at timestamptz not null,
    expires_at timestamptz not null, last_used_at timestamptz, last_used_from text, revoked_at timestamptz)`,
  'create index token_owner on token (owner, created_at)',
];

/** Tokens of people and machines; of each only the hash. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
