/** The documentation of one entity at one version: its pages, its files and how they are read. */
import type { FilesAtHand } from '#model/integration.ts';
import type { DocSite, NavNode } from '../contract.ts';
import type { SiteContext } from '../markdown/page.ts';

export interface SiteFile {
  /** In the place, at which it is read. */
  real: string;
  stamp: string;
  size: number;
}

export interface SitePage extends SiteFile {
  /** Its address below the site, '' for the first. */
  page: string;
  /** In its folder, as links between pages name it. */
  path: string;
  title: string;
  /** Of a decision. */
  status?: string | undefined;
  date?: string | undefined;
  alerts: readonly string[];
  folder: SiteFolder;
}

/** Pages that can link to each other: those of the docs folder, or those beside the code. */
export interface SiteFolder {
  context: SiteContext;
  /** By path in the folder. */
  files: ReadonlyMap<string, SiteFile>;
}

export interface Site {
  ref: string;
  version: string | undefined;
  place: FilesAtHand;
  form: DocSite['card']['form'];
  title: string;
  description: string | null;
  /** By address. */
  pages: ReadonlyMap<string, SitePage>;
  /** Where a page is that is asked for by its path in the repository. */
  moved: ReadonlyMap<string, string>;
  /** Other files, by path as addresses have it. */
  files: ReadonlyMap<string, SiteFile>;
  nav: readonly NavNode[];
  /** In the order in which they are read: addresses. */
  order: readonly string[];
  /** Folders in which snippets are looked for, in the place. */
  snippetFolders: readonly string[];
  /** Of the folder at its host, with a slash at its end: where files are seen, and where they are edited. */
  host: { view: string; edit: string | null; commit: string } | null;
  notices: DocSite['notices'];
}

/** Which site is to be read. */
export interface SiteRequest {
  ref: string;
  title: string;
  place: FilesAtHand;
  version: string | undefined;
  /** Folder of decisions that the entity's annotation names. */
  decisions: string | undefined;
  host: Site['host'];
  /** Further entries of the navigation, such as its APIs. */
  links: Site['nav'];
}
