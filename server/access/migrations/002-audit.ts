import { type Kysely, sql } from 'kysely';

const statements = [
  // `before` and `after` are canonical JSON as text: what is stored is what was hashed.
  `create table audit_entry (
    seq bigint primary key, at timestamptz(3) not null, actor text not null, behind text,
    address text not null, action text not null, target text, outcome text not null, status int not null,
    before text, after text, previous_hash text not null, hash text not null)`,
  'create index audit_entry_at on audit_entry (at)',
  'create index audit_entry_actor on audit_entry (actor, seq)',
  'create index audit_entry_behind on audit_entry (behind, seq) where behind is not null',
  'create index audit_entry_action on audit_entry (action, seq)',
  'create index audit_entry_target on audit_entry (target, seq)',
  `create index audit_entry_words on audit_entry using gin ((lower(
    actor || ' ' || coalesce(behind, '') || ' ' || action || ' ' || coalesce(target, '') || ' ' ||
    coalesce(before, '') || ' ' || coalesce(after, ''))) gin_trgm_ops)`,
  // The entries that are kept begin after the anchor and end with the head. Its one row is the lock of the chain.
  `create table audit_chain (
    single boolean primary key default true check (single),
    anchor_seq bigint not null, anchor_hash text not null, head_seq bigint not null, head_hash text not null)`,
  `insert into audit_chain (anchor_seq, anchor_hash, head_seq, head_hash)
    values (0, repeat('0', 64), 0, repeat('0', 64))`,
  `create table audit_stream (
    name text primary key, seq bigint not null, held_by text, held_until timestamptz)`,
  `create function audit_entry_guard() returns trigger language plpgsql as $$ begin
    if tg_op <> 'UPDATE' and current_setting('atrium.audit_retention', true) = 'on' then return old; end if;
    raise exception 'audit entries are neither changed nor removed';
  end $$`,
  `create trigger audit_entry_kept before update or delete on audit_entry
    for each row execute function audit_entry_guard()`,
  `create trigger audit_entry_all_kept before truncate on audit_entry
    for each statement execute function audit_entry_guard()`,
  // Takes away the oldest entries, up to one, and remembers what they came to.
  `create function audit_retain(up_to bigint) returns void language plpgsql as $$ begin
    update audit_chain set anchor_seq = up_to,
      anchor_hash = (select hash from audit_entry where seq = up_to);
    perform set_config('atrium.audit_retention', 'on', true);
    delete from audit_entry where seq <= up_to;
    perform set_config('atrium.audit_retention', 'off', true);
  end $$`,
];

/** The audit: entries in a chain, that nothing changes and only the retention removes. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
