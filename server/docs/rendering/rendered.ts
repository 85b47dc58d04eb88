/** Rendered pages of sites, kept as long as what they are made of is the same. */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { AtriumError } from '#model/errors.ts';
import type { FileTools } from '#model/file-tools.ts';
import type { PageSource, RenderedPage, SiteContext } from '../markdown/page.ts';
import { snippetsOf } from '../markdown/snippets.ts';
import type { Site, SitePage } from '../site/site.ts';
import type { Renderer } from './renderer.ts';

export interface RenderedPagesOptions {
  files: FileTools;
  renderer: Renderer;
}

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_SNIPPETS = 100;

export class RenderedPages {
  readonly #options: RenderedPagesOptions;
  /** By content: a site that was read anew has mostly the same pages. */
  readonly #byContent = new LRUCache<string, RenderedPage>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ html, passages }) => 1000 + 2 * (html.length + 200 * passages.length),
  });
  /** What a site that is held was asked for, so that nothing needs to be read to answer again. */
  readonly #ofSite = new WeakMap<Site, Map<string, Promise<RenderedPage>>>();
  readonly #contextHashes = new WeakMap<SiteContext, string>();

  constructor(options: RenderedPagesOptions) {
    this.#options = options;
  }

  /** @throws {AtriumError} PAGE_NOT_FOUND, PAGE_UNREADABLE */
  of(site: Site, page: SitePage): Promise<RenderedPage> {
    let pages = this.#ofSite.get(site);
    if (!pages) {
      pages = new Map();
      this.#ofSite.set(site, pages);
    }
    const known = pages.get(page.page);
    if (known) return known;
    const rendering = this.#render(site, page);
    const all = pages;
    all.set(page.page, rendering);
    rendering.catch(() => all.delete(page.page));
    return rendering;
  }

  /** As it is needed for the index: without colours, and not kept. */
  async plain(site: Site, page: SitePage): Promise<RenderedPage> {
    const source = await this.source(site, page);
    return this.#options.renderer.render(page.folder.context, source, { highlight: false });
  }

  /** @throws {AtriumError} PAGE_NOT_FOUND when it has gone meanwhile. */
  async source(site: Site, page: SitePage): Promise<PageSource> {
    const texts = await this.#options.files.texts(site.place, [page.real], site.version);
    const text = texts.get(page.real);
    if (text === undefined) throw new AtriumError('PAGE_NOT_FOUND', `${page.real} can’t be read as a text`);
    return { path: page.path, text, snippets: await this.#snippets(site, page, text) };
  }

  async #render(site: Site, page: SitePage): Promise<RenderedPage> {
    const source = await this.source(site, page);
    const key = hash('sha256', JSON.stringify([this.#hashOf(page.folder.context), source]));
    const kept = this.#byContent.get(key);
    if (kept) return kept;
    const rendered = await this.#options.renderer.render(page.folder.context, source, { highlight: true });
    this.#byContent.set(key, rendered);
    return rendered;
  }

  #hashOf(context: SiteContext): string {
    let found = this.#contextHashes.get(context);
    if (found === undefined) {
      found = hash('sha256', JSON.stringify(context));
      this.#contextHashes.set(context, found);
    }
    return found;
  }

  /** Texts that the page includes, and those that they include, from the first folder that has them. */
  async #snippets(site: Site, page: SitePage, text: string): Promise<Record<string, string | null>> {
    const appended = page.folder.context.markdown?.appended ?? [];
    const found: Record<string, string | null> = {};
    let wanted = [...appended, ...snippetsOf(text)];
    while (wanted.length > 0 && Object.keys(found).length < MOST_SNIPPETS) {
      const next: string[] = [];
      for (const name of wanted) {
        if (name in found) continue;
        const snippet = await this.#snippet(site, name);
        found[name] = snippet ?? null;
        if (snippet !== undefined) next.push(...snippetsOf(snippet));
      }
      wanted = next;
    }
    return found;
  }

  async #snippet(site: Site, name: string): Promise<string | undefined> {
    const paths = site.snippetFolders.map((folder) => [folder, name].filter(Boolean).join('/'));
    const texts = await this.#options.files.texts(site.place, paths, site.version);
    const path = paths.find((each) => texts.has(each));
    return path === undefined ? undefined : texts.get(path);
  }
}
