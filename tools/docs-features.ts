/** What of a page's HTML a reader would miss: the parts that Atrium's pages and MkDocs' are compared by. */
import { DomUtils, parseDocument } from 'htmlparser2';
import { pageAddress } from '../server/docs/markdown/addresses.ts';

export const kinds = ['heading', 'link', 'code', 'table', 'tabs', 'admonition', 'item'] as const;

export interface Feature {
  readonly kind: (typeof kinds)[number];
  readonly text: string;
}

type AnyNode = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<AnyNode, { attribs: Record<string, string> }>;

interface Place {
  readonly path: string;
  readonly pageBase: string;
  readonly fileBase: string;
  /** Address in its site of a page that MkDocs built, with the theme Material; undefined for one of ours. */
  readonly builtAt?: string;
}

/** The parts of a page's article, in their order. */
export function featuresOf(html: string, place: Place): Feature[] {
  const document = parseDocument(html);
  const article = DomUtils.findOne(
    (each) =>
      each.name === 'article' &&
      (place.builtAt === undefined || classesOf(each).includes('md-content__inner')),
    document.children,
  );
  if (article === null) return [];
  const found: Feature[] = [];
  for (const element of DomUtils.findAll(() => true, article.children)) {
    const feature = featureOf(element, place);
    if (feature !== undefined) found.push(feature);
  }
  return found;
}

function featureOf(element: Element, place: Place): Feature | undefined {
  const { name, attribs } = element;
  const classes = classesOf(element);
  if (/^h[1-6]$/.test(name)) {
    // Material adds a title where a page has none; headings in HTML have no anchors.
    if (attribs.id === undefined) return undefined;
    return { kind: 'heading', text: `${name} #${attribs.id} ${words(element)}` };
  }
  if (name === 'a') return link(element, classes, place);
  if (name === 'pre') {
    if (inside(element, (each) => classesOf(each).includes('linenos'))) return undefined;
    return { kind: 'code', text: DomUtils.innerText(element).replace(/\s+$/, '') };
  }
  if (name === 'table') {
    if (classes.some((each) => each.endsWith('highlighttable'))) return undefined;
    const rows = DomUtils.findAll((each) => each.name === 'tr', element.children);
    return { kind: 'table', text: rows.map(cells).join(' / ') };
  }
  if (classes.includes('tabbed-set')) {
    return { kind: 'tabs', text: DomUtils.getElementsByTagName('label', element).map(words).join(' | ') };
  }
  if (classes.includes('admonition') || name === 'details') {
    const title = element.children.find(
      (child) =>
        child.type === 'tag' && (child.name === 'summary' || classesOf(child).includes('admonition-title')),
    );
    const sort = classes.filter((each) => each !== 'admonition').join(' ');
    return { kind: 'admonition', text: `${name} ${sort}: ${title === undefined ? '' : words(title)}` };
  }
  return name === 'li' ? { kind: 'item', text: ownText(element) } : undefined;
}

function link(element: Element, classes: readonly string[], place: Place): Feature | undefined {
  const { href } = element.attribs;
  const isAdded = ['headerlink', 'md-content__button', 'remote-image'].some((each) => classes.includes(each));
  // Anchors of lines of code.
  if (
    href === undefined ||
    isAdded ||
    inside(
      element,
      (each) => each.name === 'pre' || (each.name === 'td' && classesOf(each).includes('linenos')),
    )
  ) {
    return undefined;
  }
  return { kind: 'link', text: `${words(element)} -> ${destination(href, place)}` };
}

/** Where a link leads in the same words for both: an address outside, or a path in the site. */
function destination(href: string, place: Place): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return decode(href.replace(/\/$/, ''));
  if (href.startsWith('#')) return `/${pageAddress(place.path)}${href === '#' ? '' : decode(href)}`;
  if (place.builtAt === undefined) {
    const isFile = href.startsWith(`${place.fileBase}/`);
    return named(isFile ? href.slice(place.fileBase.length) : href.replace(place.pageBase, ''));
  }
  const url = new URL(href, `http://site${place.builtAt}`);
  return named(url.pathname + url.hash);
}

function named(path: string): string {
  const bare = decode(path)
    .replace(/(?:\/index)?\.html(?=#|$)/, '')
    .replace(/\/(?=#|$)/, '');
  return `/${bare.replace(/^\//, '')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cells(row: AnyNode): string {
  return DomUtils.findAll((each) => each.name === 'td' || each.name === 'th', [row])
    .map(words)
    .join(' | ');
}

/** Text of an item without that of lists inside. */
function ownText(element: Element): string {
  const parts = element.children.filter(
    (child) => !('name' in child) || !/^(?:ul|ol|dl|div|pre|table)$/.test(child.name),
  );
  return parts.map(textOf).join('').replace(/\s+/g, ' ').trim();
}

/** Names of pictures that the theme has and that Debian's build of it leaves as they are. */
const themeIcon = /:(?:material|fontawesome|octicons|simple)-[\w-]+:(?:\s*\{[^}]*\})?/g;

const emoji =
  /\p{Extended_Pictographic}(?:[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]|[♂♀]|\p{Extended_Pictographic})*/gu;

/** Text as it is read, without permanent links, pictures, and code and tables inside. */
function textOf(node: AnyNode): string {
  if (node.type === 'text') return node.data.replace(themeIcon, '').replace(emoji, '').replace(/\s+/g, ' ');
  if (node.type !== 'tag') return '';
  const hasNone = ['headerlink', 'icon', 'remote-image'].some((each) => classesOf(node).includes(each));
  if (
    hasNone ||
    /^(?:svg|pre|table)$/.test(node.name) ||
    node.name === 'math' ||
    classesOf(node).includes('arithmatex')
  )
    return '';
  return node.children.map(textOf).join('').replace(/\s+/g, ' ');
}

function words(node: AnyNode): string {
  return textOf(node).trim();
}

function inside(element: Element, test: (ancestor: Element) => boolean): boolean {
  for (let each = element.parent; each !== null; each = each.parent) {
    if (each.type === 'tag' && test(each)) return true;
  }
  return false;
}

function classesOf(element: Element): string[] {
  return (element.attribs.class ?? '').split(/\s+/).filter((name) => name !== '');
}
