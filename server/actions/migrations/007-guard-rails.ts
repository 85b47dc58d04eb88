import { type Kysely, sql } from 'kysely';

const statements = [
  `create table approval (
    id uuid primary key, key text not null, run uuid not null, step text not null, template_title text not null,
    summary text not null, asked_by json not null, asked_at timestamptz not null, expires_at timestamptz not null,
    approvers text[] not null, quorum int not null, delegated_to text, state text not null,
    decided_at timestamptz, answered boolean not null default false)`,
  'create unique index approval_pending on approval (key) where not answered',
  'create index approval_run on approval (run)',
  `create index approval_open on approval (asked_at) where state = 'open'`,
  `create table approval_vote (
    approval uuid not null, voter text not null, voter_name text not null, decision text not null,
    reason text not null, at timestamptz not null, primary key (approval, voter))`,
  `create table lease (
    id uuid primary key, run uuid not null, template text not null, title text not null, entity text,
    owner text not null, started_by text not null, created_at timestamptz not null,
    expires_at timestamptz not null, latest_end timestamptz not null, remind_at timestamptz not null,
    reminded boolean not null default false, state text not null, extensions int not null default 0, error text)`,
  'create unique index lease_run on lease (run)',
  `create index lease_live on lease (expires_at) where state in ('live', 'ending')`,
  `create table run_slot (
    target text not null, run uuid not null, place bigint generated always as identity, primary key (target, run))`,
  'create index run_slot_run on run_slot (run)',
];

/** What stands between a wish and its run: approvals, leases, and turns. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
