/** A site as its pages show it: navigation, versions, and the sites of its parts. */
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { DocSite, SiteCard } from './contract.ts';
import type { Histories } from './history.ts';
import { cardsFor, partsOf } from './library.ts';
import type { Site } from './site/site.ts';
import type { Sites } from './sites.ts';
import type { DocDb } from './tables.ts';

export interface SiteAnswerDeps {
  db: Kysely<DocDb>;
  sites: Sites;
  histories: Histories;
}

/**
 * Of a system, domain or group without pages of its own, the sites of its parts.
 * @throws {AtriumError} as Sites does.
 */
export async function answerSite(
  deps: SiteAnswerDeps,
  ref: string,
  version: string | undefined,
): Promise<DocSite> {
  const { db, sites, histories } = deps;
  const parts = await partsOf(db, ref);
  const site = await sites.open(ref, version).catch((error: unknown) => {
    if (error instanceof AtriumError && error.code === 'DOCS_NOT_FOUND' && parts.length > 0) return undefined;
    throw error;
  });
  if (!site) {
    const none = { current: null, shown: null, branches: [], tags: [] };
    return { card: await coverOf(db, ref), nav: [], versions: none, parts, notices: [] };
  }
  const { versions, changes } = await histories.of(site);
  const [indexed] = await cardsFor(db, [site.ref]);
  const changedAt = [...site.pages.values()]
    .flatMap(({ real }) => changes.get(real)?.at ?? [])
    .sort()
    .at(-1);
  const { current, branches, tags } = versions;
  return {
    card: {
      ...(indexed ?? (await coverOf(db, site.ref))),
      form: site.form,
      pages: site.pages.size,
      changedAt: changedAt ?? null,
    },
    nav: [...site.nav],
    versions: { current, shown: version ?? current, branches, tags },
    parts,
    notices: site.notices,
  };
}

/** What can be said of an entity whose pages are not indexed. */
async function coverOf(db: Kysely<DocDb>, ref: string): Promise<SiteCard> {
  const row = await db
    .selectFrom('entity')
    .select(['ref', 'kind', 'type', 'title', 'name', 'description'])
    .where('ref', '=', ref)
    .executeTakeFirst();
  if (!row) throw new AtriumError('ENTITY_NOT_FOUND', `There is no entity ${ref}`);
  const { name, title, ...rest } = row;
  return {
    ...rest,
    title: title ?? name,
    owner: null,
    form: 'folder',
    pages: 0,
    changedAt: null,
    problems: 0,
  };
}

/** Pages of a site as a list for programs that read, in the form of llms.txt (llmstxt.org). */
export function siteAsList(site: Site, markdownOf: (page: string) => string): string {
  const lines = site.order.flatMap((page) => {
    const found = site.pages.get(page);
    return found ? [`- [${found.title}](${markdownOf(page)})`] : [];
  });
  const about = site.description === null ? [] : ['', `> ${site.description}`];
  return [`# ${site.title}`, ...about, '', '## Pages', '', ...lines, ''].join('\n');
}
