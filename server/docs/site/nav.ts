/** The navigation of a site: as its configuration says, else by folders; then what lies beside the code. */
import type { DocSite, NavNode } from '../contract.ts';
import { pageAddress } from '../markdown/addresses.ts';
import { type Mark, markOf } from './beside.ts';
import { titleOfName } from './heads.ts';
import type { Layout } from './layout.ts';
import type { NavEntry } from './mkdocs.ts';
import type { SiteFolder, SitePage } from './site.ts';

export interface NavOptions {
  /** The docs folder; other pages lie beside the code. */
  docs: SiteFolder;
  pages: ReadonlyMap<string, SitePage>;
  layout: Layout;
  decisions: string | undefined;
  links: readonly NavNode[];
}

export interface ReadNav {
  nav: NavNode[];
  order: string[];
  notices: DocSite['notices'];
}

const GROUPS: readonly { mark: Mark; title: string }[] = [
  { mark: 'runbook', title: 'Runbooks' },
  { mark: 'decision', title: 'Decisions' },
];

export function readNav(options: NavOptions): ReadNav {
  const { pages, docs, layout, links } = options;
  const notices: DocSite['notices'] = [];
  const own = [...pages.values()].filter(({ folder, page }) => page === '' || folder === docs);
  const configured = layout.nav?.flatMap((entry) => fromConfig(entry, options, notices));
  const main = configured ?? byFolders(own, options);
  const named = new Set(flat(main));
  const rest = [...pages.values()].filter(
    ({ page, real, folder }) => !named.has(page) && (folder !== docs || markOf(real, options.decisions)),
  );
  const marked = Map.groupBy(rest, ({ real }) => markOf(real, options.decisions));
  const nodesOfMark = (mark: Mark | undefined) =>
    (marked.get(mark) ?? []).sort((a, b) => (a.real < b.real ? -1 : 1)).map((page) => nodeOf(page, options));
  const groups = GROUPS.flatMap(({ mark, title }) => {
    const children = nodesOfMark(mark);
    return children.length > 0 ? [{ title, children }] : [];
  });
  const single = [...nodesOfMark('readme'), ...nodesOfMark(undefined), ...nodesOfMark('changelog')];
  const nav = [...main, ...links, ...groups, ...single];
  return { nav, order: [...new Set(flat(nav))], notices };
}

/** Addresses of all pages, in order. */
function flat(nodes: readonly NavNode[]): string[] {
  return nodes.flatMap(({ page, children = [] }) => [
    ...(page === undefined ? [] : [page]),
    ...flat(children),
  ]);
}

function fromConfig(entry: NavEntry, options: NavOptions, notices: DocSite['notices']): NavNode[] {
  if (entry.kind === 'section') {
    const children = entry.children.flatMap((child) => fromConfig(child, options, notices));
    return children.length > 0 ? [{ title: entry.title, children }] : [];
  }
  if (entry.kind === 'include') return [];
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(entry.target)) return outside(entry.title, entry.target);
  const [path = '', anchor] = entry.target.replace(/^\.?\//, '').split('#');
  const page = options.pages.get(pageAddress(path));
  if (page) {
    const node = nodeOf(page, options);
    const href =
      anchor === undefined ? {} : { href: `${page.folder.context.pageBase}/${page.page}#${anchor}` };
    return [{ ...node, ...href, title: entry.title ?? node.title }];
  }
  notices.push({
    message: `The navigation names ${entry.target}, which is not there`,
    remedy: 'Name a page of the docs folder, or take the line out.',
    path: 'mkdocs.yml',
    line: entry.line,
  });
  return [];
}

function outside(title: string | undefined, target: string): NavNode[] {
  // Whatever else an address may do, it is not for a link.
  return /^(https?:)?\/\//i.test(target) || /^mailto:/i.test(target)
    ? [{ title: title ?? target, href: target, mark: 'external' }]
    : [];
}

function nodeOf({ page, title, real, status, date }: SitePage, { decisions }: NavOptions): NavNode {
  const mark = markOf(real, decisions);
  const isDecision = mark === 'decision';
  return {
    title,
    page,
    ...(mark && { mark }),
    ...(isDecision && status && { status }),
    ...(isDecision && date && { date }),
  };
}

interface Branch {
  pages: SitePage[];
  folders: Map<string, Branch>;
}

const newBranch = (): Branch => ({ pages: [], folders: new Map() });

/** As MkDocs orders what no navigation does: the index, the pages, then the folders, each by name. */
function byFolders(pages: readonly SitePage[], options: NavOptions): NavNode[] {
  const root = newBranch();
  for (const page of pages) {
    const folders = page.path.split('/').slice(0, -1);
    let at = root;
    for (const name of page.page === '' ? [] : folders) {
      const next = at.folders.get(name) ?? newBranch();
      at.folders.set(name, next);
      at = next;
    }
    at.pages.push(page);
  }
  return nodesOf(root, options);
}

function nodesOf({ pages, folders }: Branch, options: NavOptions): NavNode[] {
  const sorted = pages.toSorted(
    (a, b) => Number(isIndex(b)) - Number(isIndex(a)) || (a.path < b.path ? -1 : 1),
  );
  const below = [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...sorted.map((page) => nodeOf(page, options)),
    ...below.map(([name, branch]) => ({ title: titleOfName(name), children: nodesOf(branch, options) })),
  ];
}

function isIndex({ path }: SitePage): boolean {
  return /(^|\/)(index|readme)\.\w+$/i.test(path);
}
