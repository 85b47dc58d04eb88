/** Reads a site: finds its pages, their titles and their order. Nothing is rendered. */
import type { FileTools } from '#model/file-tools.ts';
import { isPage, pageAddress } from '../markdown/addresses.ts';
import { isBeside } from './beside.ts';
import { type Folders, foldersOf } from './folders.ts';
import { readHead, titleOfName } from './heads.ts';
import { isBelow, type Layout, layoutOf } from './layout.ts';
import { readNav } from './nav.ts';
import type { Site, SiteFile, SiteFolder, SitePage, SiteRequest } from './site.ts';

const MOST_FILES = 20_000;
const HIDDEN = /(^|\/)(\.|node_modules\/)/;
/** The first that is there is the front page where the docs folder has no `index.md`, as TechDocs has it. */
const FRONTS = ['README.md', 'readme.md', 'README.markdown'];

/** @returns undefined when there is nothing to read. @throws {AtriumError} as FileTools does. */
export async function readSite(files: FileTools, request: SiteRequest): Promise<Site | undefined> {
  const { place, version, decisions } = request;
  const layout = await layoutOf(files, place, version);
  const own = (path: string) =>
    !HIDDEN.test(path) && layout.mounts.some(({ folder }) => isBelow(folder, path));
  const listed = await files.list(place, (path) => own(path) || isBeside(path, decisions), version);
  const folders = foldersOf(request, layout, listed.slice(0, MOST_FILES));
  const drafts = draftPages(folders, layout);
  if (drafts.size === 0) return undefined;
  const reals = [...drafts.values()].map(({ real }) => real);
  const texts = await files.texts(place, reals, version);
  const pages = new Map(
    [...drafts].map(([page, draft]) => [page, titled(page, draft, texts.get(draft.real))]),
  );
  const { nav, order, notices } = readNav({
    pages,
    docs: folders.docs,
    layout,
    decisions,
    links: request.links,
  });
  return {
    ref: request.ref,
    version,
    place,
    form: formOf(layout),
    title: layout.config?.name ?? request.title,
    description: layout.config?.description ?? null,
    pages,
    moved: movedPages(folders, pages),
    files: new Map([...folders.beside.files, ...folders.docs.files]),
    nav,
    order,
    snippetFolders: folders.docs.context.markdown?.snippetFolders ?? [''],
    host: request.host,
    notices: [...layout.notices, ...notices],
  };
}

function formOf({ config, mounts }: Layout): Site['form'] {
  if (config) return 'site';
  return mounts.length > 0 ? 'folder' : 'readme';
}

type Draft = SiteFile & Pick<SitePage, 'path' | 'folder'>;

/** Pages by address. Those of the docs folder come first where two want the same. */
function draftPages({ docs, beside }: Folders, { mounts }: Layout): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const add = (page: string, path: string, folder: SiteFolder) => {
    const file = folder.files.get(path);
    if (file && !drafts.has(page)) drafts.set(page, { ...file, path, folder });
  };
  for (const path of [...docs.files.keys()].filter(isPage).sort(indexFirst)) {
    add(pageAddress(path), path, docs);
  }
  const front = FRONTS.find((name) => beside.files.has(name));
  if (front !== undefined) add('', front, beside);
  for (const path of [...beside.files.keys()].filter(isPage)) {
    const isShown = mounts.some(({ folder }) => isBelow(folder, path)) || drafts.get('')?.real === path;
    if (!isShown) add(path.includes('/') ? pageAddress(path) : withoutEnding(path), path, beside);
  }
  return drafts;
}

/** Of two pages of one address, `index.md` comes before `README.md`. */
function indexFirst(a: string, b: string): number {
  const rank = (path: string) => (/(^|\/)index\.\w+$/.test(path) ? 0 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function titled(page: string, draft: Draft, text: string | undefined): SitePage {
  const { title, ...head } = readHead(text ?? '');
  return { ...draft, ...head, page, title: title ?? titleOfName(draft.path) };
}

/** By what people type who know the repository, and what links from beside the docs folder say: `docs/guide`. */
function movedPages({ beside }: Folders, pages: ReadonlyMap<string, SitePage>): Map<string, string> {
  const byReal = new Map([...pages.values()].map(({ real, page }) => [real, page]));
  const moved = new Map<string, string>();
  for (const path of beside.files.keys()) {
    const page = byReal.get(path);
    if (page === undefined) continue;
    for (const address of [pageAddress(path), withoutEnding(path), path]) {
      if (!pages.has(address)) moved.set(address, page);
    }
  }
  return moved;
}

const withoutEnding = (path: string) => path.replace(/\.\w+$/, '');
