import type { ColumnType } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';
import type { DocSite } from './contract.ts';
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

export interface DocTables {
  doc_site: DocSiteTable;
  doc_page: DocPageTable;
  doc_passage: DocPassageTable;
  doc_view: DocViewTable;
}

export type DocDb = DocTables & CatalogTables;
