import type { ColumnType } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';
import type { DocProblem, DocSite } from './contract.ts';
import type { Heading, Mention, PageImage, PageLink, Todo } from './markdown/page.ts';

type Time = ColumnType<Date, Date | string, Date | string>;

/** What is written about one entity. */
export interface DocSiteTable {
  ref: string;
  title: string;
  description: string | null;
  form: DocSite['card']['form'];
  pages: number;
  changed_at: Time | null;
  indexed_at: Time;
}

/** What a page holds beside its text: what may be wrong with it. */
export interface Outline {
  headings: readonly Heading[];
  links: readonly PageLink[];
  images: readonly PageImage[];
  mentions: readonly Mention[];
  todos: readonly Todo[];
}

export interface DocPageTable {
  ref: string;
  page: string;
  /** In its folder, and in the place. */
  path: string;
  real: string;
  title: string;
  stamp: string;
  words: number;
  changed_at: Time | null;
  author: string | null;
  alerts: string[];
  outline: ColumnType<Outline, string, string>;
}

/** The text of one section. */
export interface DocPassageTable {
  ref: string;
  page: string;
  seq: number;
  anchor: string | null;
  heading: string | null;
  trail: string[];
  text: string;
  terms: string;
}

export interface DocViewTable {
  ref: string;
  page: string;
  day: ColumnType<Date, string, string>;
  views: number;
}

/** Something wrong with a page; since when it is so. */
export interface DocProblemTable {
  ref: string;
  page: string;
  kind: DocProblem['kind'];
  message: string;
  remedy: string;
  line: number | null;
  since: Time;
  /** Of the reader who says so. */
  report: string | null;
}

/** A link of the Internet, and when it was last looked at. */
export interface DocLinkTable {
  url: string;
  status: number | null;
  error: string | null;
  checked_at: Time | null;
  /** Null as long as nobody asked it. */
  asked_at: Time | null;
  /** In a row. */
  failures: ColumnType<number, number | undefined, number>;
  due_at: Time;
}

export interface DocUsefulTable {
  ref: string;
  page: string;
  reader: string;
  useful: boolean;
  at: Time;
}

export interface DocReportTable {
  id: string;
  ref: string;
  page: string;
  reader: string;
  comment: string;
  selection: string | null;
  /** Address of the issue that was opened. */
  issue: string | null;
  at: Time;
  closed_at: Time | null;
}

/** What was searched for and not found. */
export interface DocGapTable {
  id: string;
  query: string;
  /** Ref of the entity in whose documentation it was searched; empty for all. */
  site: string;
  owner: string | null;
  searches: number;
  first_at: Time;
  last_at: Time;
  closed_by: string | null;
  closed_at: Time | null;
  closed_note: string | null;
}

export interface DocTables {
  doc_site: DocSiteTable;
  doc_page: DocPageTable;
  doc_passage: DocPassageTable;
  doc_view: DocViewTable;
  doc_problem: DocProblemTable;
  doc_link: DocLinkTable;
  doc_useful: DocUsefulTable;
  doc_report: DocReportTable;
  doc_gap: DocGapTable;
  doc_gap_reader: { gap: string; reader: string };
}

export type DocDb = DocTables & CatalogTables;
