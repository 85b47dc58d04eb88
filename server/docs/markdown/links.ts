/** Where links and images of a page lead. */
import { isPage, pageAddress } from './addresses.ts';
import type { LinkKind, SiteContext } from './page.ts';

export interface Target {
  readonly kind: LinkKind;
  /** Address in the portal or outside; undefined if there is none that may be followed. */
  readonly href?: string;
  readonly path?: string;
  readonly anchor?: string;
  readonly missing?: true;
}

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Undefined: a link of a kind that is not allowed, as `javascript:`. */
export function resolveLink(site: SiteContext, from: string, written: string): Target | undefined {
  const href = withoutControls(written);
  if (href.startsWith('#')) return { kind: 'anchor', href, anchor: anchorOf(href) };
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || /^[\\/]{2}/.test(href)) return external(href);
  const [address = '', fragment] = split(href, '#');
  const [path = ''] = split(address, '?');
  const anchor = fragment === undefined ? undefined : anchorOf(`#${fragment}`);
  if (path === '') return { kind: 'anchor', href: `#${fragment ?? ''}`, anchor: anchor ?? '' };
  return inSite(site, from, decoded(path), anchor);
}

function external(href: string): Target | undefined {
  const url = URL.parse(/^[\\/]{2}/.test(href) ? `https:${href}` : href);
  if (url === null || !schemes.has(url.protocol)) return undefined;
  return { kind: url.protocol === 'mailto:' ? 'mail' : 'external', href: url.href };
}

function inSite(site: SiteContext, from: string, path: string, anchor: string | undefined): Target {
  const files = filesOf(site);
  const isAbsolute = path.startsWith('/');
  const folder = isAbsolute ? '' : from.replace(/[^/]*$/, '');
  const wanted = normal(folder + path.replace(/^\/+/, ''));
  const found = wanted === undefined ? undefined : findFile(files, wanted);
  // Written for the address at which MkDocs publishes the page: one folder deeper than its file.
  const published =
    site.flavour === 'mkdocs' && !isAbsolute ? normal(`${publishedFolder(from)}${path}`) : undefined;
  const target = found ?? (published === undefined ? undefined : findFile(files, published));
  if (target !== undefined) return isPage(target) ? page(site, target, anchor) : file(site, target);
  if (wanted === undefined && !isAbsolute) return outside(site, `${folder}${path}`, anchor);
  const missing = wanted ?? path;
  const looksLikePage = isPage(missing) || !/\.\w+$/.test(missing);
  return { ...(looksLikePage ? page(site, missing, anchor) : file(site, missing)), missing: true };
}

function page(site: SiteContext, path: string, anchor: string | undefined): Target {
  const address = encoded(pageAddress(path));
  const base = address === '' ? site.pageBase : `${site.pageBase}/${address}`;
  const fragment = anchor ? `#${encodeURIComponent(anchor)}` : '';
  return {
    kind: 'page',
    path,
    href: `${base}${site.query}${fragment}`,
    ...(anchor !== undefined && { anchor }),
  };
}

function file(site: SiteContext, path: string): Target {
  return { kind: 'file', path, href: `${site.fileBase}/${encoded(path)}${site.query}` };
}

function outside(site: SiteContext, path: string, anchor: string | undefined): Target {
  if (site.outside === undefined) return { kind: 'outside', missing: true };
  const url = URL.parse(encoded(path), `${site.outside.replace(/\/+$/, '')}/`);
  if (url === null || !schemes.has(url.protocol)) return { kind: 'outside', missing: true };
  if (anchor !== undefined) url.hash = anchor;
  return { kind: 'outside', href: url.href, ...(anchor !== undefined && { anchor }) };
}

/** An image of the site, or undefined address for those that are elsewhere. */
export function resolveImage(site: SiteContext, from: string, written: string): Target | undefined {
  const target = resolveLink(site, from, written);
  if (target === undefined || target.kind === 'mail' || target.kind === 'anchor') return undefined;
  if (target.kind !== 'page') return target;
  // A name without an ending, or one of a page, is no picture that we could show.
  return { ...file(site, target.path ?? ''), missing: true };
}

interface Files {
  readonly all: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

const known = new WeakMap<readonly string[], Files>();

function filesOf(site: SiteContext): Files {
  let files = known.get(site.files);
  if (files === undefined) {
    const folders = new Set(['']);
    for (const path of site.files) {
      for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        folders.add(path.slice(0, slash));
      }
    }
    files = { all: new Set(site.files), folders };
    known.set(site.files, files);
  }
  return files;
}

/** A file by its path, a folder's first page by the folder's, a page without its ending. */
function findFile({ all, folders }: Files, path: string): string | undefined {
  if (all.has(path)) return path;
  const bare = path.replace(/\/$/, '').replace(/(?:^|\/)index\.html$|\.html$/, '');
  const inFolder = folders.has(bare)
    ? ['index.md', 'README.md', 'readme.md'].map((name) => join(bare, name))
    : [];
  return [...inFolder, `${bare}.md`, `${bare}.markdown`].find((each) => all.has(each));
}

function publishedFolder(from: string): string {
  const address = pageAddress(from);
  return address === '' ? '' : `${address}/`;
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Without `.` and `..`; undefined if it leads out of the folder. */
function normal(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function encoded(path: string): string {
  return path
    .split('/')
    .map((part) => (part === '..' || part === '.' ? part : encodeURIComponent(part)))
    .join('/');
}

function anchorOf(href: string): string {
  return decoded(href.slice(1)).replace(/^user-content-/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function split(text: string, at: string): [string, string | undefined] {
  const place = text.indexOf(at);
  return place < 0 ? [text, undefined] : [text.slice(0, place), text.slice(place + 1)];
}

/** As browsers read an address: without control characters, and without spaces around it. */
function withoutControls(href: string): string {
  return href.replace(/\p{Cc}/gu, '').trim();
}
