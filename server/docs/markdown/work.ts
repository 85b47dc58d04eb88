import type { Env } from 'markdown-it';
import type { Line } from './lines.ts';
import type { MarkdownSettings, PageLink, SiteContext } from './page.ts';

/** What the rules share while one page is rendered. */
export class Work {
  readonly context: SiteContext;
  readonly settings: MarkdownSettings;
  /** Of the page, relative to the folder of documents. */
  readonly path: string;
  readonly lines: readonly Line[];
  readonly highlight: boolean;
  /** HTML that we made ourselves and that is put in after the rest has been cleaned; see `slots.ts`. */
  readonly slots: string[] = [];
  /** Links and images in Markdown, found again by number when the HTML is cleaned. */
  readonly marked: { href: string; text: string; line: number | undefined }[] = [];
  readonly headingIds = new Set<string>();
  readonly headings: { level: number; id: string; text: string }[] = [];
  tabSets = 0;

  constructor(
    context: SiteContext,
    settings: MarkdownSettings,
    path: string,
    lines: readonly Line[],
    highlight: boolean,
  ) {
    this.context = context;
    this.settings = settings;
    this.path = path;
    this.lines = lines;
    this.highlight = highlight;
  }

  /** Keeps HTML for later and returns what stands for it until then. */
  slot(html: string): string {
    this.slots.push(html);
    return `<x-slot n="${this.slots.length - 1}"></x-slot>`;
  }
}

export type LinkRecord = Omit<PageLink, 'missing'> & { missing?: true };

const key = Symbol('work');

export function envOf(work: Work): Env {
  return { [key]: work };
}

/** @throws {Error} if the page is not rendered by `renderPage`. */
export function workOf(env: Env | undefined): Work {
  const work = env?.[key];
  if (work instanceof Work) return work;
  throw new Error('A page is rendered without what its rules share.');
}
