import { type Kysely, sql } from 'kysely';

const statements = [
  // What is owed outlives the entity: it may come back, and the debt with it.
  `create table debt (
    id uuid primary key default gen_random_uuid(), entity text not null, entity_title text not null,
    title text not null, detail text not null, cost_days float8 not null, interest_days float8 not null,
    owner text, due text, issue text, state text not null, origin text not null,
    created_by text not null, created_at timestamptz not null, changed_at timestamptz not null)`,
  'create index debt_entity on debt (entity)',
  'create index debt_state on debt (state, owner)',
  `create table ownership_request (
    id uuid primary key default gen_random_uuid(), kind text not null, entity text not null,
    entity_title text not null, from_owner text, to_owner text not null, reason text not null, state text not null,
    requested_by text not null, requester_name text not null, requested_behind text,
    requested_at timestamptz not null, decided_by text, decider_name text, decided_at timestamptz,
    decision_reason text, change json)`,
  `create unique index ownership_request_open on ownership_request (entity, to_owner) where state = 'open'`,
  'create index ownership_request_state on ownership_request (state, requested_at desc)',
  'create index ownership_request_entity on ownership_request (entity, requested_at desc)',
  `create table ownership_gap (
    entity text primary key, gap text not null, owner text, since timestamptz not null)`,
  'create index ownership_gap_owner on ownership_gap (owner)',
];

/** The register of technical debt, requests for ownership, and what nobody who exists owns. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
