import { type Kysely, sql } from 'kysely';

const statements = [
  // Each row holds from `since` until `until`; the one that holds now has no end.
  `create table score (
    id bigint generated always as identity primary key, scorecard text not null, ref text not null,
    since timestamptz not null, until timestamptz, version text not null, owner text, results text not null,
    level smallint not null, percent smallint)`,
  'create unique index score_now on score (scorecard, ref) where until is null',
  'create index score_of_entity on score (ref) where until is null',
  'create index score_owner on score (owner, scorecard) where until is null',
  'create index score_history on score (scorecard, ref, since)',
  `create table scorecard_version (
    scorecard text not null, version text not null, spec json not null, at timestamptz not null,
    primary key (scorecard, version))`,
  `create table score_change (
    id bigint generated always as identity primary key, scorecard text not null, ref text not null, owner text,
    from_level text, to_level text, promoted boolean not null, at timestamptz not null)`,
  'create index score_change_at on score_change (at desc)',
  'create index score_change_ref on score_change (ref, at desc)',
  `create table exemption (
    id uuid primary key, scorecard text not null, rule text not null, ref text not null, reason text not null,
    until text not null, asked_by text not null, asked_by_name text not null, asked_at timestamptz not null,
    state text not null, decided_by text, decided_by_name text, decided_at timestamptz, decision_reason text)`,
  `create unique index exemption_live on exemption (scorecard, rule, ref) where state in ('asked', 'granted')`,
  `create table campaign_note (
    campaign text not null, kind text not null, subject text not null, at timestamptz not null, detail json not null,
    primary key (campaign, kind, subject))`,
];

/** What standards say of entities, now and at any time before; releases from rules; what campaigns did. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
