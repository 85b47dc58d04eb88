/** Links and images of pages whose file is nowhere in the repository. */
import { pageAddress } from '../markdown/addresses.ts';
import { type FoundProblem, type RotPage, shown } from './found.ts';
import { folderOf, joinPath, normalPath, type RepositoryTree } from './repository-tree.ts';

/** Written for something that fills them in. */
const UNFILLED = /\{\{|\{%|\$\{|%7B|\{[\w.-]+\}|<[\w -]+>/i;

/**
 * Links into the repository that lead nowhere. One that leads out of the folder of documents is well as long as the
 * file is there; of one that leads out of the repository nothing can be told: hosts have pages of their own there.
 */
export function brokenLinks(page: RotPage, tree: RepositoryTree, place: string): FoundProblem[] {
  return page.outline.links.flatMap((link) => {
    const isHere = link.kind === 'anchor' || (link.kind === 'page' && link.path === page.path);
    const isFile = link.kind === 'outside' || link.kind === 'page' || link.kind === 'file';
    if (!isFile || isHere || (link.kind !== 'outside' && !link.missing)) return [];
    if (!isBroken(page, link.href, tree, place)) return [];
    return [
      {
        page: page.page,
        kind: 'broken-link' as const,
        message: `It links to ${shown(link.href)}, which is not there`,
        remedy: `${suggestion(link.href, tree)}Name a file that is there, or take the link out.`,
        line: link.line ?? null,
      },
    ];
  });
}

export function missingImages(page: RotPage, tree: RepositoryTree, place: string): FoundProblem[] {
  return page.outline.images.flatMap((image) => {
    const isOwn = image.kind === 'outside' || (image.kind === 'file' && image.missing);
    if (!isOwn || !isBroken(page, image.src, tree, place)) return [];
    return [
      {
        page: page.page,
        kind: 'missing-image' as const,
        message: `It shows ${shown(image.src)}, which is not there`,
        remedy: `${suggestion(image.src, tree)}Add the picture, or name one that is there.`,
        line: image.line ?? null,
      },
    ];
  });
}

function isBroken(page: RotPage, href: string, tree: RepositoryTree, place: string): boolean {
  if (UNFILLED.test(href)) return false;
  const wanted = candidates(page, pathIn(href), place);
  return wanted !== undefined && !wanted.some((path) => tree.leadsTo(path));
}

/**
 * Where the file of a link may lie: beside the page, beside the address at which MkDocs publishes it, or from a root
 * on. Undefined when it may lie outside the repository.
 */
function candidates(page: RotPage, path: string, place: string): string[] | undefined {
  if (path.startsWith('/')) {
    const root = page.at.endsWith(page.path) ? page.at.slice(0, -page.path.length) : '';
    return [root, place, ''].flatMap((from) => normalPath(`${from}/${path}`) ?? []);
  }
  const published = joinPath(
    page.at.slice(0, Math.max(0, page.at.length - page.path.length)),
    pageAddress(page.path),
  );
  const beside = normalPath(`${folderOf(page.at)}/${path}`);
  if (beside === undefined) return undefined;
  const other = normalPath(`${published}/${path}`);
  return other === undefined ? [beside] : [beside, other];
}

function pathIn(href: string): string {
  const path = href.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function suggestion(href: string, tree: RepositoryTree): string {
  const name = pathIn(href).replace(/\/+$/, '').split('/').at(-1) ?? '';
  const [only, ...others] = tree.named(name);
  return only !== undefined && others.length === 0 ? `${only} may be meant. ` : '';
}
