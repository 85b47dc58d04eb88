/** A page as it is read: rendered, with its place in the site, and who changed it last. */
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { Principal } from '../kernel/gate.ts';
import type { DocPage, NavNode } from './contract.ts';
import { remarksOn } from './feedback/remarks.ts';
import type { Histories } from './history.ts';
import type { RenderedPages } from './rendering/rendered.ts';
import type { Site, SitePage } from './site/site.ts';
import type { Sites } from './sites.ts';
import type { DocDb } from './tables.ts';

export interface PagesDeps {
  sites: Sites;
  rendered: RenderedPages;
  histories: Histories;
  db: Kysely<DocDb>;
}

/**
 * @param address below the site, or a path in the repository that leads to a page.
 * @throws {AtriumError} PAGE_NOT_FOUND
 */
export function pageAt(site: Site, address: string): SitePage {
  const plain = address.replace(/\/+$/, '');
  const page = site.pages.get(plain) ?? site.pages.get(site.moved.get(plain) ?? plain);
  if (page) return page;
  throw new AtriumError('PAGE_NOT_FOUND', `There is no page ${plain || 'index'} in ${site.title}`);
}

/** @throws {AtriumError} as Sites, RenderedPages and `pageAt` do. */
export async function readPage(
  deps: PagesDeps,
  asked: { ref: string; address: string; version: string | undefined; reader: Principal },
): Promise<DocPage> {
  const site = await deps.sites.open(asked.ref, asked.version);
  const page = pageAt(site, asked.address);
  const [rendered, { changes }, remarks] = await Promise.all([
    deps.rendered.of(site, page),
    deps.histories.of(site),
    remarksOn(deps.db, site.ref, page.page, asked.reader),
  ]);
  const change = changes.get(page.real);
  const { frontMatter, title, html, headings, words } = rendered;
  return {
    ref: site.ref,
    page: page.page,
    path: page.real,
    title,
    description: frontMatter.description ?? null,
    tags: [...frontMatter.tags],
    html,
    headings: [...headings],
    words,
    crumbs: crumbsTo(site.nav, page.page) ?? [],
    ...beside(site, page),
    change: change
      ? {
          author: change.author,
          at: change.at,
          commit: change.commit,
          subject: change.subject,
          url: site.host && `${site.host.commit}${change.commit}`,
        }
      : null,
    edit: site.host?.edit && site.version === undefined ? `${site.host.edit}${page.real}` : null,
    markdown: markdownPath(site, page),
    // What is wrong is told of what is there now.
    ...(site.version === undefined ? remarks : { ...remarks, problems: [] }),
  };
}

/** Where the page can be had as it was written. */
export function markdownPath(
  { ref, version }: Pick<Site, 'ref' | 'version'>,
  { page }: { page: string },
): string {
  const query = version === undefined ? '' : `?version=${encodeURIComponent(version)}`;
  return `/api/docs/markdown/${ref.replace(':', '/')}/${encodeURI(page)}${query}`;
}

function beside({ order, pages }: Site, { page }: SitePage): Pick<DocPage, 'previous' | 'next'> {
  const at = order.indexOf(page);
  const linked = (index: number) => {
    const address = order[index];
    const found = address === undefined ? undefined : pages.get(address);
    return found ? { title: found.title, page: found.page } : null;
  };
  return at === -1 ? { previous: null, next: null } : { previous: linked(at - 1), next: linked(at + 1) };
}

/** Sections above a page; undefined when it is not among the nodes. */
function crumbsTo(nodes: readonly NavNode[], page: string): DocPage['crumbs'] | undefined {
  for (const node of nodes) {
    if (node.page === page) return [];
    const below = crumbsTo(node.children ?? [], page);
    if (below) return [{ title: node.title, ...(node.page !== undefined && { page: node.page }) }, ...below];
  }
  return undefined;
}
