import { isDecision } from '#model/doc-names.ts';
import type { Tree } from '../detector.ts';
import { dig, parsed, parseYaml, text } from '../reading/parse.ts';
import { ancestry, baseOf, folderOf, isWithin, joinPath } from '../reading/paths.ts';
import { isBorrowed } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { namesIn } from './folder-names.ts';
import { observation } from './observation.ts';
import { ownFiles } from './own-files.ts';
import { COUNT, DATE, FLAG } from './schema-parts.ts';

const PAGE = /\.(mdx?|markdown|rst|adoc|asciidoc)$/i;
const DOCS = /^(docs?|documentation)$/i;
const SITE = /^(mkdocs\.ya?ml|antora\.yml|book\.toml|docusaurus\.config\.\w+|\.readthedocs\.ya?ml)$/;
const SITE_WITHIN = /^(conf\.py|_config\.yml)$/;

export const documentation: FactCollector = {
  name: 'documentation',
  title: 'Documentation',
  description:
    'Pages in the docs folder of the component, or else of the nearest folder around it that has one, and decisions written down.',
  schema: {
    type: 'object',
    required: ['present', 'pages', 'site', 'decisions'],
    properties: {
      present: { ...FLAG, description: 'At least one page' },
      pages: { ...COUNT, description: 'Without decisions' },
      site: {
        ...FLAG,
        description: 'It is set up to be built: MkDocs, Docusaurus, Sphinx, Antora, mdBook, Jekyll',
      },
      decisions: { ...COUNT, description: 'Architecture decision records' },
      lastCommit: { ...DATE, description: 'Of the folder with the pages' },
    },
  },
  collect(scope) {
    const home = docsOf(scope);
    const decisions = new Set([...ownFiles(scope), ...(home?.pages ?? [])].filter(isOwnDecision));
    const pages = home?.pages.filter((path) => !decisions.has(path)) ?? [];
    const isApart = home !== undefined && home.folder !== scope.folder;
    const details = {
      present: pages.length > 0,
      pages: pages.length,
      site: home?.site !== undefined,
      decisions: decisions.size,
      lastCommit: isApart ? scope.lastCommit(home.folder) : undefined,
    };
    return observation(details, home?.site ?? pages[0] ?? [...decisions][0]);
  },
};

function isOwnDecision(path: string): boolean {
  return isDecision(path) && !isBorrowed(path);
}

interface Docs {
  folder: string;
  pages: string[];
  /** The file that sets up the site. */
  site?: string | undefined;
}

/** The pages that speak of the component: its own, or those of what it is a part of. */
function docsOf(scope: Scope): Docs | undefined {
  for (const at of ancestry(scope.folder)) {
    const docs = docsIn(scope, at);
    if (docs) return at === scope.folder ? docs : narrowed(docs, baseOf(scope.folder));
  }
  return undefined;
}

function docsIn(scope: Scope, at: string): Docs | undefined {
  const { tree } = scope;
  const files = at === scope.folder ? ownFiles(scope) : tree.files;
  const around = at === '' ? files : files.filter((path) => path.startsWith(`${at}/`));
  const all = around.filter((path) => PAGE.test(path) && !isBorrowed(path));
  const folder = configuredFolder(tree, at) ?? usualFolder(all, at) ?? at;
  const isConfigured = folder === at && configuredFolder(tree, at) !== undefined;
  const pages = folder === at && !isConfigured ? [] : all.filter((path) => isWithin(folder, path));
  const site = siteIn(tree, at, folder);
  return pages.length === 0 && site === undefined ? undefined : { folder, pages, site };
}

/** `docs` or the like, whichever has most pages. */
function usualFolder(pages: readonly string[], at: string): string | undefined {
  const start = at === '' ? 0 : at.length + 1;
  const counts = new Map<string, number>();
  for (const path of pages) {
    const end = path.indexOf('/', start);
    const folder = path.slice(0, Math.max(end, 0));
    if (DOCS.test(folder.slice(start))) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Where MkDocs is told to look. */
function configuredFolder(tree: Tree, at: string): string | undefined {
  const name = namesIn(tree, at).find((one) => /^mkdocs\.ya?ml$/.test(one));
  if (name === undefined) return undefined;
  const folder = text(dig(parsed(tree, joinPath(at, name), parseYaml)?.[0], 'docs_dir'));
  return folder === undefined ? undefined : joinPath(at, folder);
}

function siteIn(tree: Tree, at: string, docs: string): string | undefined {
  const around = namesIn(tree, at).find((name) => SITE.test(name));
  if (around !== undefined) return joinPath(at, around);
  if (docs === at) return undefined;
  for (const folder of [docs, `${docs}/source`, `${docs}/.vitepress`]) {
    const within = namesIn(tree, folder).find(
      (name) =>
        SITE.test(name) ||
        SITE_WITHIN.test(name) ||
        (folder.endsWith('.vitepress') && name.startsWith('config.')),
    );
    if (within !== undefined) return joinPath(folder, within);
  }
  return undefined;
}

/** In documentation of many, a folder named as the component's is its own. */
function narrowed(docs: Docs, name: string): Docs {
  const folder = docs.pages.map(folderOf).find((one) => one !== docs.folder && baseOf(one) === name);
  if (folder === undefined) return docs;
  return { ...docs, folder, pages: docs.pages.filter((path) => path.startsWith(`${folder}/`)) };
}
