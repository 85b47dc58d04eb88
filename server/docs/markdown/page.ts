/**
 * What goes into the rendering of a page and what comes out. All of it is plain values, since pages are
 * rendered in a worker thread. The functions:
 *
 * - `renderPage(context, page, { highlight })` in `render-page.ts`
 * - `snippetsOf(text)` in `snippets.ts`: the files that a page includes, for the caller to read
 * - `pageAddress(path)` in `addresses.ts`: where a page stands below its site
 * - `markdownSettings(config)` in `settings.ts`: what a `mkdocs.yml` says of Markdown
 * - `cleanSvg(text)` in `clean-svg.ts`
 */

/** What the pages of one site share. */
export interface SiteContext {
  /** Identifies site and version. */
  readonly key: string;
  readonly flavour: 'mkdocs' | 'github';
  /** Every file of the folder of documents, `/`-separated, relative to it. */
  readonly files: readonly string[];
  /** Where pages are read, as `/docs/component/default/payments-api`. */
  readonly pageBase: string;
  /** Where other files are had, as `/api/docs/files/component/default/payments-api`. */
  readonly fileBase: string;
  /** Stands at the end of both, as `?version=v1`, or is empty. */
  readonly query: string;
  /**
   * The folder of documents at its host (`https://github.com/acme/payments/tree/main/docs`), for links that lead
   * out of it. Without it, such links are missing.
   */
  readonly outside?: string;
  /** Flavour `mkdocs` only; without it, everything is on. */
  readonly markdown?: MarkdownSettings;
}

/** What a site's configuration says of Markdown; see `markdownSettings`. */
export interface MarkdownSettings {
  /** Python-Markdown's names of what is on (`admonition`, `pymdownx.mark`); undefined: everything. */
  readonly extensions?: readonly string[];
  /** Spaces that a nested block is indented by: 4, or 2 where `mdx_truly_sane_lists` is on (TechDocs). */
  readonly indent: 2 | 4;
  /** Folders in which snippets are looked for, relative to the site's configuration. */
  readonly snippetFolders: readonly string[];
  /** Snippets that stand at the end of every page; the caller puts them into `PageSource.snippets`. */
  readonly appended: readonly string[];
  /** Address of the repository whose issues `#12` stands for, if the site has that form of links. */
  readonly repository?: string;
  /** Code blocks have line numbers unless they say otherwise. */
  readonly lineNumbers: boolean;
}

export interface PageSource {
  /** Relative to the folder of documents. */
  readonly path: string;
  readonly text: string;
  /**
   * Texts by name as `snippetsOf` returned them, those that snippets include among them; null: not there.
   * A name is never absolute and never leads out of its folder by `..`.
   */
  readonly snippets: Readonly<Record<string, string | null>>;
}

export interface RenderOptions {
  /** Without it code stays plain, which is enough to index a page. */
  readonly highlight: boolean;
}

export interface RenderedPage {
  /** Front matter's title, else the first heading of level 1, else the file's name made readable. */
  readonly title: string;
  readonly frontMatter: FrontMatter;
  /** Safe to show: cleaned by an allow-list, without inline styles or scripts. */
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly links: readonly PageLink[];
  readonly images: readonly PageImage[];
  readonly todos: readonly Todo[];
  readonly mentions: readonly Mention[];
  readonly passages: readonly Passage[];
  /** Words of the prose; code is not counted. */
  readonly words: number;
}

export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Everything that stands there, as JSON values. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Why it could not be read. */
  readonly problem?: string;
}

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export interface PageLink {
  /** As written. */
  readonly href: string;
  readonly text: string;
  /** Of the page's file, counted from 1; undefined when it came from a snippet. */
  readonly line?: number;
  readonly kind: LinkKind;
  /** Of the page or file in the folder of documents. */
  readonly path?: string;
  /** Without `#`. */
  readonly anchor?: string;
  /** The page, file or anchor on this page is not there. Anchors of other pages are the caller's to check. */
  readonly missing?: true;
}

/** `page`, `file` and `anchor` (of this page) stay in the site; `outside` leads out of its folder, to the repository. */
export type LinkKind = 'page' | 'file' | 'anchor' | 'outside' | 'external' | 'mail';

export interface PageImage {
  readonly src: string;
  readonly alt: string;
  readonly line?: number;
  readonly kind: 'file' | 'outside' | 'external';
  readonly path?: string;
  readonly missing?: true;
}

/** A mark of something left to do in prose, as writers leave them in capitals. */
export interface Todo {
  readonly line?: number;
  readonly text: string;
}

/** Inline code that looks like a path of the repository, a symbol of the code or a command. */
export interface Mention {
  readonly text: string;
  readonly line?: number;
  readonly kind: 'path' | 'symbol' | 'command';
}

/** Plain text of one section, for search. */
export interface Passage {
  /** Of the section's heading; null before the first. */
  readonly anchor: string | null;
  readonly heading: string | null;
  /** Headings above it, outermost first. */
  readonly trail: readonly string[];
  readonly text: string;
}
