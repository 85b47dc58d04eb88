import { type Kysely, sql } from 'kysely';

const statements = [
  `create table run (
    id uuid primary key, key text, template text not null, template_title text not null,
    template_body json not null, steps json not null, starter json not null, started_by text not null, team text not null,
    user_body json, entity text, entity_body json, input json not null, secret_names text[] not null,
    secrets bytea, state text not null, doing text not null default 'steps', created_at timestamptz not null,
    ended_at timestamptz, error text, output json, saves_minutes int, at_step text,
    turn int not null default 0, claim uuid, wakes int not null default 0, cancel_by text, parent uuid,
    event_count int not null default 0, workspace bytea)`,
  'create unique index run_key on run (started_by, key) where key is not null',
  'create index run_newest on run (created_at desc, id)',
  'create index run_template on run (template, created_at desc, id)',
  'create index run_starter on run (started_by, created_at desc, id)',
  'create index run_entity on run (entity, created_at desc, id) where entity is not null',
  'create index run_parent on run (parent) where parent is not null',
  `create index run_open on run (state) where state in ('queued', 'running', 'waiting', 'asking')`,
  `create table run_step (
    run uuid not null, position int not null, round int not null, state text not null,
    attempts int not null default 0, crashes int not null default 0, pass int not null default 0, item text,
    input json, output json, sealed bytea, error text, note text, began_at timestamptz, ended_at timestamptz,
    until timestamptz, primary key (run, position, round))`,
  `create table run_event (
    run uuid not null, id int not null, at timestamptz(3) not null, step text, kind text not null,
    level text not null, message text not null, state text, primary key (run, id))`,
  'create table run_file (run uuid not null, hash text not null, content bytea not null, primary key (run, hash))',
];

/** Runs of templates, their steps, what happened in them, and the files of their workspaces. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
