/** Looks at one site for everything that may be wrong with it, by what the index and the repository have now. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { FileTools } from '#model/file-tools.ts';
import type { RenderedPages } from '../rendering/rendered.ts';
import { API_PAGE } from '../search/api-page.ts';
import type { Site } from '../site/site.ts';
import type { DocDb } from '../tables.ts';
import { type AnchorLink, brokenAnchors, doubtfulAnchors } from './broken-anchors.ts';
import { brokenLinks, missingImages } from './broken-targets.ts';
import { goneCodePaths } from './code-paths.ts';
import { type FoundProblem, type RotPage, tidy } from './found.ts';
import { findGoneSymbols } from './gone-symbols.ts';
import { outdated } from './outdated.ts';
import { isPast } from './past-pages.ts';
import type { Repositories } from './repositories.ts';
import { joinPath } from './repository-tree.ts';
import { todos } from './todos.ts';

export interface LookDeps {
  db: Kysely<DocDb>;
  files: FileTools;
  rendered: RenderedPages;
  repositories: Repositories;
  now: () => Date;
}

/** Pages that are looked at before others get a turn: somebody is waiting for a page. */
const AT_ONCE = 200;
/** Pages that are rendered to tell whether they have an anchor that is no heading. */
const MOST_RENDERED = 40;

export interface SiteLook {
  pages: readonly RotPage[];
  /** All but what others tell: links of the Internet, and readers. */
  found: FoundProblem[];
}

/** @throws {AtriumError} as FileTools does. */
export async function lookAtSite(deps: LookDeps, site: Site): Promise<SiteLook> {
  const { place } = site;
  const pages = await pagesOf(deps.db, site);
  const { tree, changes } = await deps.repositories.of(place);
  const doubtful = doubtfulAnchors(pages, addressesOf(site));
  const own = place.path === '' ? '' : `${place.path}/`;
  const found: FoundProblem[] = [];
  for (const [index, page] of pages.entries()) {
    if (index % AT_ONCE === 0) await breathe();
    found.push(
      ...brokenLinks(page, tree, place.path),
      ...missingImages(page, tree, place.path),
      ...todos(page),
    );
  }
  found.push(...brokenAnchors(doubtful, pages, await anchorsOf(deps, site, doubtful)));
  await breathe();
  found.push(...goneCodePaths(pages, { tree, changes, place: place.path }));
  found.push(...(await findGoneSymbols(deps, place, pages, changes)));
  found.push(...outdated(pages, { changes, isOwn: (path) => path.startsWith(own), now: deps.now() }));
  return { pages, found: tidy(found) };
}

async function pagesOf(db: Kysely<DocDb>, { ref, place }: Site): Promise<RotPage[]> {
  const rows = await db
    .selectFrom('doc_page')
    .select(['page', 'path', 'real', 'title', 'outline'])
    .where('ref', '=', ref)
    .where('page', '<>', API_PAGE)
    .orderBy('page')
    .execute();
  return rows.map(({ real, ...row }) => ({
    ...row,
    at: joinPath(place.path, real),
    historical: isPast(real),
  }));
}

/** The page of the site to which a path leads from a page. */
function addressesOf(site: Site): (from: RotPage, path: string) => string | undefined {
  const byReal = new Map([...site.pages.values()].map(({ real, page }) => [real, page]));
  return (from, path) => {
    const real = site.pages.get(from.page)?.folder.files.get(path)?.real;
    return real === undefined ? undefined : byReal.get(real);
  };
}

/** All that has an anchor, of the pages to which doubtful links lead. */
async function anchorsOf(
  { rendered }: LookDeps,
  site: Site,
  links: readonly AnchorLink[],
): Promise<Map<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>();
  const others = new Set(links.flatMap(({ from, to }) => (from === to ? [] : [to])));
  for (const address of [...others].slice(0, MOST_RENDERED)) {
    const page = site.pages.get(address);
    const html = page && (await rendered.plain(site, page).catch(() => undefined))?.html;
    if (html !== undefined && !hasGenerated(html)) found.set(address, anchorsIn(html));
  }
  return found;
}

const anchorsIn = (html: string) => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));

/** Blocks that plugins of MkDocs fill with headings made from code, which are not there otherwise. */
const hasGenerated = (html: string) => /(^|>|\n)::: [\w.:/-]+/.test(html);
