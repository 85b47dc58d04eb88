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
];

/** What is written about entities, and where in it something stands. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
