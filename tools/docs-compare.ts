/** Holds pages as they are rendered against the same pages as MkDocs built them; `bench/docs-compare.ts` runs it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { isPage, pageAddress } from '../server/docs/markdown/addresses.ts';
import type { PageSource, SiteContext } from '../server/docs/markdown/page.ts';
import { renderPage } from '../server/docs/markdown/render-page.ts';
import { markdownSettings } from '../server/docs/markdown/settings.ts';
import { snippetsOf } from '../server/docs/markdown/snippets.ts';
import type { Feature } from './docs-features.ts';
import { featuresOf, kinds } from './docs-features.ts';

interface Site {
  readonly root: string;
  readonly docs: string;
  readonly context: SiteContext;
}

interface Counts {
  equal: number;
  of: number;
}

const pageBase = '/docs';
const fileBase = '/files';
const techdocs = { plugins: ['techdocs-core'] };

function readSite(folder: string): Site {
  const file = ['mkdocs.yaml', 'mkdocs.yml'].map((name) => join(folder, name)).find(existsSync);
  const config: unknown =
    file === undefined ? techdocs : parse(readFileSync(file, 'utf8'), { logLevel: 'silent' });
  const named: unknown =
    typeof config === 'object' && config !== null && 'docs_dir' in config ? config.docs_dir : '';
  const docs = resolve(folder, typeof named === 'string' && named !== '' ? named : 'docs');
  const root = existsSync(docs) ? docs : folder;
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const markdown = markdownSettings(config);
  return {
    root: folder,
    docs: root,
    context: { key: folder, flavour: 'mkdocs', files, pageBase, fileBase, query: '', markdown },
  };
}

function readPage(site: Site, path: string): PageSource {
  const text = readFileSync(join(site.docs, path), 'utf8');
  const snippets: Record<string, string | null> = {};
  const { snippetFolders = ['.'], appended = [] } = site.context.markdown ?? {};
  const wanted = [...snippetsOf(text), ...appended];
  for (const name of wanted) {
    if (Object.hasOwn(snippets, name)) continue;
    const file = snippetFolders.map((folder) => join(site.root, folder, name)).find(existsSync);
    snippets[name] = file === undefined ? null : readFileSync(file, 'utf8');
    if (file !== undefined) wanted.push(...snippetsOf(snippets[name] ?? ''));
  }
  return { path, text, snippets };
}

interface Built {
  readonly file: string;
  /** In its site. */
  readonly address: string;
}

function builtFile(folder: string, path: string): Built | undefined {
  const address = pageAddress(path);
  return [`${address}/index.html`.replace(/^\//, ''), path.replace(/\.\w+$/, '.html'), `${address}.html`]
    .map((name) => ({ file: join(folder, name), address: `/${name}` }))
    .find((each) => existsSync(each.file));
}

/** How many of two lists are the same in the same order, and what is only in one. */
function compare(built: readonly string[], ours: readonly string[]): { equal: number; only: string[] } {
  const lengths = Array.from({ length: built.length + 1 }, () => new Array<number>(ours.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = built.length - 1; i >= 0; i--) {
    for (let j = ours.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = built[i] === ours[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const only: string[] = [];
  let i = 0;
  let j = 0;
  while (i < built.length || j < ours.length) {
    if (i < built.length && j < ours.length && built[i] === ours[j]) {
      i++;
      j++;
    } else if (j >= ours.length || (i < built.length && at(i + 1, j) >= at(i, j + 1)))
      only.push(`- ${built[i++]}`);
    else only.push(`+ ${ours[j++]}`);
  }
  return { equal: at(0, 0), only };
}

function comparePage(site: Site, path: string, built: Built, counts: Map<Feature['kind'], Counts>): string[] {
  const page = renderPage(site.context, readPage(site, path), { highlight: true });
  const theirs = featuresOf(readFileSync(built.file, 'utf8'), {
    path,
    pageBase,
    fileBase,
    builtAt: built.address,
  });
  const ours = featuresOf(`<article>${page.html}</article>`, { path, pageBase, fileBase });
  return kinds.flatMap((kind) => {
    const [a, b] = [theirs, ours].map((list) =>
      list.filter((each) => each.kind === kind).map((each) => each.text),
    );
    const { equal, only } = compare(a ?? [], b ?? []);
    const count = counts.get(kind) ?? { equal: 0, of: 0 };
    counts.set(kind, { equal: count.equal + equal, of: count.of + Math.max(a?.length ?? 0, b?.length ?? 0) });
    return only.map((text) => `  ${path} ${kind}: ${text.replaceAll('\n', '⏎')}`);
  });
}

function percent({ equal, of }: Counts): string {
  return of === 0 ? '–' : `${((100 * equal) / of).toFixed(2)} % of ${of}`;
}

function sum(counts: Iterable<Counts>): Counts {
  let total: Counts = { equal: 0, of: 0 };
  for (const each of counts) total = { equal: total.equal + each.equal, of: total.of + each.of };
  return total;
}

/** `args` are those of the command line, see there. */
export function compareSites(args: readonly string[]): void {
  const folders = args.filter((arg) => arg !== '--all');
  const most = args.includes('--all') ? Number.POSITIVE_INFINITY : 40;
  const totals = new Map<Feature['kind'], Counts>();
  for (let index = 0; index + 1 < folders.length; index += 2) {
    const site = readSite(folders[index] ?? '');
    const counts = new Map<Feature['kind'], Counts>();
    const differences: string[] = [];
    let pages = 0;
    for (const path of site.context.files.filter(isPage)) {
      const built = builtFile(folders[index + 1] ?? '', path);
      if (built === undefined) continue;
      pages++;
      differences.push(...comparePage(site, path, built, counts));
    }
    console.log(`${site.root}: ${pages} pages, ${percent(sum(counts.values()))} equal`);
    for (const line of differences.slice(0, most)) console.log(line);
    if (differences.length > most) console.log(`  … and ${differences.length - most} more`);
    for (const [kind, count] of counts) {
      totals.set(kind, sum([totals.get(kind) ?? { equal: 0, of: 0 }, count]));
    }
  }
  for (const [kind, count] of totals) console.log(`${kind}: ${percent(count)}`);
  console.log(`all: ${percent(sum(totals.values()))}`);
}
