import { type Kysely, sql } from 'kysely';

const statements = [
  // One row for all that a part of a source observes of an entity: facts change together, and are read together.
  `create table fact_set (
    ref text not null, source text not null, part text not null, facts jsonb not null,
    stale boolean not null default false, primary key (ref, source, part))`,
  'create index fact_set_part on fact_set (source, part)',
  `create table fact_kind (
    name text primary key, title text not null, description text not null, schema json not null,
    declared_by text not null, declared_at timestamptz not null)`,
];

/** What is observed of entities, beside what is said of them. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
