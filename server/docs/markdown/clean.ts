/** The HTML of a page by an allow-list, with its links and images led to where they are. */
import sanitize from 'sanitize-html';
import { escapeHtml } from './escape.ts';
import { resolveImage, resolveLink } from './links.ts';
import type { PageImage, PageLink } from './page.ts';
import { safeClasses, safeId } from './safe-words.ts';
import type { Work } from './work.ts';

type Attributes = Record<string, string>;
type Changeable<T> = { -readonly [K in keyof T]: T[K] };

export interface Cleaned {
  readonly html: string;
  readonly links: readonly PageLink[];
  readonly images: readonly PageImage[];
}

/** Those that are used most stand first, since that is how they are looked for. */
const tags = (
  'p a code li x-slot td strong h2 h3 ul div span tr em img br h1 h4 h5 h6 ol pre th table thead tbody section article ' +
  'wbr hr dl dt dd blockquote kbd samp var b i u s del ins sub sup mark small abbr cite q dfn time bdi bdo address ' +
  'ruby rt rp details summary caption colgroup col tfoot figure figcaption label'
).split(' ');
/** Tags that stand for others here: landmarks and headings of the whole are the portal's own. */
const insteadOf: Readonly<Record<string, string>> = {
  aside: 'div',
  center: 'div',
  footer: 'div',
  header: 'div',
  main: 'div',
  nav: 'div',
  font: 'span',
  strike: 's',
  tt: 'code',
};
/** What is inside of them is no text to be read. */
const withoutText = (
  'script style textarea option select template noscript title iframe object embed applet svg math xmp noembed ' +
  'noframes plaintext audio video canvas form button'
).split(' ');
/** Attributes that have to look like this. */
const attributes: Readonly<Record<string, RegExp>> = {
  'aria-hidden': /^true$/,
  colspan: /^\d{1,3}$/,
  datetime: /^[\w:.+-]{1,40}$/,
  'data-tabs': /^\d+:\d+$/,
  dir: /^(?:ltr|rtl|auto)$/,
  for: /^__tabbed_\d+_\d+$/,
  height: /^\d{1,4}%?$/,
  lang: /^[A-Za-z0-9-]{1,35}$/,
  n: /^\d+$/,
  open: /^/,
  reversed: /^/,
  rowspan: /^\d{1,3}$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/,
  start: /^-?\d{1,9}$/,
  title: /^/,
  type: /^[1aAiI]$/,
  value: /^-?\d{1,9}$/,
  width: /^\d{1,4}%?$/,
};
const own = ['id', 'class', 'href', 'rel', 'src', 'alt', 'loading', 'data-slot'];
const deepest = 100;

export function clean(html: string, work: Work): Cleaned {
  return new Cleaner(work).clean(html);
}

class Cleaner {
  private readonly work: Work;
  private readonly links: Changeable<PageLink>[] = [];
  private readonly images: PageImage[] = [];
  private readonly ids: Set<string>;
  private openLinks = 0;
  private rawLink: Changeable<PageLink> | undefined;

  constructor(work: Work) {
    this.work = work;
    this.ids = new Set(work.headingIds);
  }

  clean(source: string): Cleaned {
    const html = sanitize(source, {
      allowedTags: tags,
      allowedAttributes: { '*': [...own, ...Object.keys(attributes)] },
      allowedSchemes: ['http', 'https', 'mailto', 'tel'],
      allowProtocolRelative: false,
      nonTextTags: withoutText,
      nestingLimit: deepest,
      parseStyleAttributes: false,
      transformTags: { '*': (tag, attribs) => this.tag(tag, attribs) },
      onCloseTag: (tag) => {
        if (tag !== 'a') return;
        this.openLinks = Math.max(0, this.openLinks - 1);
        this.rawLink = undefined;
      },
      textFilter: (text) => {
        if (this.rawLink !== undefined) this.rawLink.text += text;
        return text;
      },
    });
    for (const link of this.links) {
      const isHere = link.kind === 'anchor' || (link.kind === 'page' && link.path === this.work.path);
      const anchor = link.anchor ?? '';
      if (isHere && anchor !== '' && anchor !== 'top' && !this.ids.has(anchor)) link.missing = true;
    }
    return { html: this.filled(html), links: this.links, images: this.images };
  }

  private tag(written: string, from: Attributes): { tagName: string; attribs: Attributes } {
    const tagName = Object.hasOwn(insteadOf, written) ? (insteadOf[written] ?? 'div') : written;
    if (tagName === 'a') return { tagName, attribs: this.link(from) };
    if (tagName === 'img') return { tagName, attribs: this.image(from) };
    if (written === 'center') return { tagName, attribs: this.common({ ...from, align: 'center' }) };
    return { tagName, attribs: this.common(from) };
  }

  private common(from: Attributes): Attributes {
    const to: Attributes = {};
    for (const [name, value] of Object.entries(from)) {
      if (Object.hasOwn(attributes, name) && attributes[name]?.test(value)) to[name] = value;
    }
    const id = safeId(from.id ?? '');
    if (id !== undefined) {
      to.id = id;
      this.ids.add(id);
    }
    const classes = safeClasses(from.class ?? '');
    const align = /^(?:left|center|right)$/i.exec(from.align ?? '')?.[0] ?? alignInStyle(from.style);
    if (align !== undefined) classes.push(`align-${align.toLowerCase()}`);
    if (classes.length > 0) to.class = classes.join(' ');
    return to;
  }

  private link(from: Attributes): Attributes {
    this.openLinks++;
    const to = this.common({ ...from, id: from.id ?? from.name ?? '' });
    const mark = this.work.marked[Number(from['data-mark'] ?? -1)];
    const href = mark?.href ?? from.href;
    if (href === undefined) return to;
    const target = resolveLink(this.work.context, this.work.path, href);
    if (target === undefined) return to;
    if (target.href !== undefined) to.href = target.href;
    if (target.kind === 'external' || target.kind === 'outside') to.rel = 'noopener noreferrer';
    if (target.missing) to.class = `${to.class ?? ''} missing-link`.trim();
    if (from['data-own'] !== undefined) return to;
    const line = mark === undefined ? lineOf(from) : mark.line;
    const { href: _, ...place } = target;
    const link = { href, text: mark?.text ?? '', ...(line !== undefined && { line }), ...place };
    this.links.push(link);
    if (mark === undefined) this.rawLink = link;
    return to;
  }

  private image(from: Attributes): Attributes {
    const mark = this.work.marked[Number(from['data-mark'] ?? -1)];
    const written = mark?.href ?? from.src ?? '';
    const alt = from.alt ?? '';
    const line = mark === undefined ? lineOf(from) : mark.line;
    const [src = '', theme] = written.split(/#(only-light|only-dark)$/);
    const target = resolveImage(this.work.context, this.work.path, src);
    if (target === undefined) return { alt };
    const kind = target.kind === 'file' || target.kind === 'outside' ? target.kind : 'external';
    const { path, missing } = target;
    this.images.push({
      src: written,
      alt,
      ...(line !== undefined && { line }),
      kind,
      ...(path !== undefined && { path }),
      ...(missing && { missing }),
    });
    if (kind === 'file' && target.href !== undefined) {
      const to = this.common({ ...from, class: `${from.class ?? ''} ${theme ?? ''}` });
      return { ...to, src: target.href, alt, loading: 'lazy' };
    }
    this.work.slots.push(this.remoteImage(target.href, alt || nameOf(src)));
    return { 'data-slot': String(this.work.slots.length - 1) };
  }

  /** The portal shows no pictures from elsewhere; a link leads to them, unless the place is one already. */
  private remoteImage(href: string | undefined, name: string): string {
    if (href === undefined || this.openLinks > 0)
      return `<span class="remote-image">${escapeHtml(name)}</span>`;
    const address = escapeHtml(href);
    return `<a class="remote-image" href="${address}" rel="noopener noreferrer">${escapeHtml(name)}</a>`;
  }

  private filled(html: string): string {
    return html.replace(
      /<x-slot n="(\d+)"><\/x-slot>|<img data-slot="(\d+)" \/>/g,
      (_, slot: string | undefined, image: string | undefined) =>
        this.work.slots[Number(slot ?? image)] ?? '',
    );
  }
}

function alignInStyle(style: string | undefined): string | undefined {
  return /(?:^|;)\s*text-align\s*:\s*(left|center|right)\s*(?:;|$)/i.exec(style ?? '')?.[1];
}

function lineOf(from: Attributes): number | undefined {
  const line = Number.parseInt(from['data-at'] ?? '', 10);
  return Number.isSafeInteger(line) && line > 0 ? line : undefined;
}

function nameOf(src: string): string {
  return src.replace(/[?#].*$/, '').replace(/^.*\//, '') || src;
}
