import { type Kysely, sql } from 'kysely';

const statements = [
  `create table doc_site (
    ref text primary key, title text not null, description text, form text not null, pages integer not null,
    changed_at timestamptz, indexed_at timestamptz not null)`,
  // What a page holds beside its text (links, headings, …) is only ever read as a whole.
  `create table doc_page (
    ref text not null, page text not null, path text not null, real text not null, title text not null,
    stamp text not null, words integer not null, changed_at timestamptz, author text, alerts text[] not null,
    outline json not null, primary key (ref, page))`,
  'create index doc_page_alerts on doc_page using gin (alerts)',
  `create table doc_passage (
    ref text not null, page text not null, seq integer not null, anchor text, heading text, trail text[] not null,
    text text not null, terms tsvector not null, primary key (ref, page, seq))`,
  'create index doc_passage_terms on doc_passage using gin (terms)',
  // Of one day: old reading tells little of what is useful now.
  `create table doc_view (
    ref text not null, page text not null, day date not null, views integer not null, primary key (ref, page, day))`,
  `create table doc_problem (
    ref text not null, page text not null, kind text not null, message text not null, remedy text not null,
    line integer, since timestamptz not null, primary key (ref, page, kind, message))`,
  `create table doc_link (
    url text primary key, status integer, error text, checked_at timestamptz, failures integer not null default 0,
    due_at timestamptz not null)`,
  'create index doc_link_due on doc_link (due_at)',
  `create table doc_useful (
    ref text not null, page text not null, reader text not null, useful boolean not null, at timestamptz not null,
    primary key (ref, page, reader))`,
  `create table doc_report (
    id uuid primary key, ref text not null, page text not null, reader text not null, comment text not null,
    selection text, issue text, at timestamptz not null, closed_at timestamptz)`,
  'create index doc_report_page on doc_report (ref, page)',
  // The site is '' for a search over everything: a null is like no other null.
  `create table doc_gap (
    id uuid primary key, query text not null, site text not null, owner text, searches integer not null,
    first_at timestamptz not null, last_at timestamptz not null, closed_by text, closed_at timestamptz,
    closed_note text, unique (query, site))`,
  `create table doc_gap_reader (
    gap uuid not null references doc_gap on delete cascade, reader text not null, primary key (gap, reader))`,
];

/** What is written about entities, and where in it something stands. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
