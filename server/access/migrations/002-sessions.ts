import { type Kysely, sql } from 'kysely';

const statements = [
  `create table session (
    id uuid primary key, hash text not null unique, previous_hash text unique, person text not null,
    provider text not null, id_token text, address text not null, agent text,
    created_at timestamptz not null, rotated_at timestamptz not null, seen_at timestamptz not null)`,
  'create index session_person on session (person, created_at)',
  'create index session_created on session (created_at)',
  `create table sign_in_attempt (
    state_hash text primary key, browser_hash text not null, provider text not null, to_path text not null,
    started_at timestamptz not null)`,
  'create index sign_in_attempt_started on sign_in_attempt (started_at)',
  `create table sign_in_name (
    ref text primary key, provider text not null, subject text not null, unique (provider, subject))`,
];

/** Sessions and sign-ins under way, of each only hashes; and the names of people whom only a provider knows. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
