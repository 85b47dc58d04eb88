/** Brings the index of one site up to date: only pages that are others than before are rendered. */
import type { Kysely } from 'kysely';
import type { FileChange } from '#model/file-tools.ts';
import type { Histories } from '../history.ts';
import type { RenderedPages } from '../rendering/rendered.ts';
import type { Site, SitePage } from '../site/site.ts';
import type { Sites } from '../sites.ts';
import type { DocDb } from '../tables.ts';
import { type IndexedPage, stampsOf, writeSite } from './index-store.ts';

export interface IndexSiteDeps {
  db: Kysely<DocDb>;
  sites: Sites;
  rendered: RenderedPages;
  histories: Histories;
  now: () => Date;
}

/** What is written together; more would hold too many texts in memory. */
const PAGES_AT_ONCE = 50;

export interface IndexedNow {
  site: Site;
  /** Whether something is other than before. */
  changed: boolean;
}

/** @throws {AtriumError} as Sites does. */
export async function indexSite(deps: IndexSiteDeps, ref: string): Promise<IndexedNow> {
  const site = await deps.sites.open(ref);
  const { changes } = await deps.histories.of(site);
  const known = await stampsOf(deps.db, ref);
  const pages = [...site.pages.values()];
  const [same, others] = [
    pages.filter(({ page, stamp }) => known.get(page) === stamp),
    pages.filter(({ page, stamp }) => known.get(page) !== stamp),
  ];
  const kept = pages.map(({ page }) => page);
  const touched = same.map((page) => ({ page: page.page, ...changed(changes.get(page.real)) }));
  const times = pages.flatMap(({ real }) => changes.get(real)?.at ?? []).sort();
  const common = {
    site: {
      ref,
      title: site.title,
      description: site.description,
      form: site.form,
      pages: pages.length,
      changedAt: times.at(-1) ?? null,
    },
    kept,
    at: deps.now(),
  };
  for (let from = 0; from === 0 || from < others.length; from += PAGES_AT_ONCE) {
    const batch = await Promise.all(
      others
        .slice(from, from + PAGES_AT_ONCE)
        .map((page) => indexed(deps, site, page, changes.get(page.real))),
    );
    await writeSite(deps.db, { ...common, pages: batch, touched: from === 0 ? touched : [] });
  }
  const isGone = [...known.keys()].some((page) => !site.pages.has(page));
  return { site, changed: others.length > 0 || isGone };
}

async function indexed(
  { rendered }: IndexSiteDeps,
  site: Site,
  page: SitePage,
  change: FileChange | undefined,
): Promise<IndexedPage> {
  const { title, headings, links, images, mentions, todos, passages, words } = await rendered.plain(
    site,
    page,
  );
  return {
    page: page.page,
    path: page.path,
    real: page.real,
    title,
    stamp: page.stamp,
    words,
    ...changed(change),
    alerts: page.alerts,
    outline: { headings, links, images, mentions, todos },
    passages,
  };
}

function changed(change: FileChange | undefined): { changedAt: string | null; author: string | null } {
  return { changedAt: change?.at ?? null, author: change?.author ?? null };
}
