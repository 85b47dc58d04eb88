/** Which folders and files of a place make up a site. */
import type { FileTools } from '#model/file-tools.ts';
import type { FilesAtHand } from '#model/integration.ts';
import type { DocSite } from '../contract.ts';
import { type MkdocsConfig, type NavEntry, readMkdocs } from './mkdocs.ts';

/** A folder of pages, and where it stands in the site. */
export interface Mount {
  /** Before the paths of its pages; '' for the site's own. */
  alias: string;
  /** In the place. */
  folder: string;
}

export interface Layout {
  config: MkdocsConfig | undefined;
  /** The site's own first; none where nothing but files beside the code is there. */
  mounts: Mount[];
  /** Navigation with that of included sites put in; undefined: by folders. */
  nav: NavEntry[] | undefined;
  notices: DocSite['notices'];
}

type Files = Pick<FileTools, 'list' | 'texts'>;

const CONFIGS = ['mkdocs.yaml', 'mkdocs.yml'] as const;
const IS_CONFIG = /(^|\/)mkdocs\.ya?ml$/;
const USUAL = /^(docs?|documentation)\/.+\.(md|markdown)$/i;
const MOST_INCLUDED = 200;

export async function layoutOf(files: Files, place: FilesAtHand, version?: string): Promise<Layout> {
  const found = await configAt(files, place, CONFIGS, version);
  if (!found) {
    const listed = await files.list(place, (path) => USUAL.test(path), version);
    const folder = listed[0]?.path.split('/')[0];
    const mounts = folder === undefined ? [] : [{ alias: '', folder }];
    return { config: undefined, mounts, nav: undefined, notices: [] };
  }
  const notices = found.config.problems.map(({ message, line }) => ({
    message: `${found.path} can’t be read: ${message}`,
    remedy: 'Correct the file; until then its pages are shown by folders.',
    path: found.path,
    line,
  }));
  const mounts = [{ alias: '', folder: safeFolder(found.config.docsDir) ?? 'docs' }];
  const included = new Includes({ files, place, version, mounts, notices, path: found.path });
  const nav = found.config.nav && (await included.put(found.config.nav, ''));
  return { config: found.config, mounts, nav, notices };
}

async function configAt(
  files: Files,
  place: FilesAtHand,
  paths: readonly string[],
  version?: string,
): Promise<{ config: MkdocsConfig; path: string } | undefined> {
  const texts = await files.texts(place, paths, version);
  const path = paths.find((each) => texts.has(each));
  return path === undefined ? undefined : { config: readMkdocs(texts.get(path) ?? ''), path };
}

/** A path without `.` and `..`, or undefined when it leads out of the place. */
function safeFolder(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

interface IncludesOptions {
  files: Files;
  place: FilesAtHand;
  version: string | undefined;
  /** Filled with what is included. */
  mounts: Mount[];
  notices: DocSite['notices'];
  path: string;
}

/** Puts the navigation of other sites of the repository in place of `!include`, as mkdocs-monorepo-plugin does. */
class Includes {
  readonly #options: IncludesOptions;
  #all: Promise<string[]> | undefined;

  constructor(options: IncludesOptions) {
    this.#options = options;
  }

  /** @param alias before the targets of the entries' pages. */
  async put(entries: readonly NavEntry[], alias: string): Promise<NavEntry[]> {
    const all: NavEntry[] = [];
    for (const entry of entries) {
      if (entry.kind === 'section') all.push({ ...entry, children: await this.put(entry.children, alias) });
      else if (entry.kind === 'page')
        all.push(alias === '' ? entry : { ...entry, target: aliased(alias, entry.target) });
      else all.push(...(await this.#included(entry)));
    }
    return all;
  }

  async #included(entry: NavEntry & { kind: 'include' }): Promise<NavEntry[]> {
    const { mounts, notices, path } = this.#options;
    const targets = entry.target.includes('*')
      ? await this.#matching(entry.target)
      : [safeFolder(entry.target)];
    const sections: NavEntry[] = [];
    for (const target of targets) {
      const section =
        mounts.length < MOST_INCLUDED && target ? await this.#section(entry, target) : undefined;
      if (section) sections.push(section);
    }
    if (sections.length === 0) {
      const message = `${path} includes ${entry.target}, which is not there`;
      notices.push({ message, remedy: 'Name a mkdocs.yml of this repository.', path, line: entry.line });
    }
    return sections;
  }

  async #section(entry: NavEntry, target: string): Promise<NavEntry | undefined> {
    const { files, place, version, mounts } = this.#options;
    const found = await configAt(files, place, [target], version);
    if (!found) return undefined;
    const { config } = found;
    const folder = target.includes('/') ? target.slice(0, target.lastIndexOf('/')) : '';
    const docs = safeFolder(`${folder}/${config.docsDir}`);
    const title = entry.title ?? config.name ?? folder;
    const alias = slug(config.name ?? title);
    if (docs === undefined || mounts.some((mount) => mount.alias === alias)) return undefined;
    mounts.push({ alias, folder: docs });
    const nav = config.nav ?? [{ kind: 'page' as const, target: 'index.md', line: entry.line }];
    const own = nav.filter(({ kind }) => kind !== 'include');
    return { kind: 'section', title, line: entry.line, children: await this.put(own, alias) };
  }

  async #matching(pattern: string): Promise<string[]> {
    const { files, place, version } = this.#options;
    const { default: picomatch } = await import('picomatch');
    this.#all ??= files
      .list(place, (path) => IS_CONFIG.test(path), version)
      .then((listed) => listed.map(({ path }) => path).sort());
    const matches = picomatch(pattern.replace(/^\.\//, ''));
    return (await this.#all).filter((path) => matches(path));
  }
}

export function isBelow(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** As the plugin writes it: `My Service` lies below `my-service`, and `a/b` below `a/b`. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .split('/')
    .map((part) => part.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''))
    .filter(Boolean)
    .join('/');
}

function aliased(alias: string, target: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : `${alias}/${target.replace(/^\.?\//, '')}`;
}
