/** Tags as Python's `html.parser` reads them, in linear time. */

export interface Tag {
  readonly kind: 'start' | 'end' | 'empty' | 'comment' | 'declaration';
  /** In lower case; empty for what has none. */
  readonly name: string;
  readonly attrs: Readonly<Record<string, string>>;
  /** Offset after it. */
  readonly end: number;
}

/** Tags that Python-Markdown never puts into a paragraph (`markdown/core.py`). */
export const blockTags = new Set(
  (
    'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header ' +
    'hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group iframe li legend math map ' +
    'noscript output object option progress script style summary tbody td textarea tfoot th thead tr video'
  ).split(' '),
);

/** What is inside of them is no markup. */
export const textOnlyTags = new Set(['script', 'style']);

/** More than anybody writes; bounds what a tag that never ends costs. */
const mostAttributes = 40;
const tagStart = /<(\/?)([a-zA-Z][^\s/>`]*)/y;
const space = /[\s/]*/y;
const attribute = /([^\s/>=`][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>`"'][^\s>`]*)?)?/y;

/** The tag that begins at an offset where a `<` stands. */
export function tagAt(source: string, offset: number): Tag | undefined {
  if (source.startsWith('<!--', offset)) {
    const end = source.indexOf('-->', offset + 4);
    return end < 0 ? undefined : { kind: 'comment', name: '', attrs: {}, end: end + 3 };
  }
  const next = source.charAt(offset + 1);
  if (next === '!' || next === '?') {
    const end = source.indexOf('>', offset);
    return end < 0 ? undefined : { kind: 'declaration', name: '', attrs: {}, end: end + 1 };
  }
  tagStart.lastIndex = offset;
  const match = tagStart.exec(source);
  if (match === null) return undefined;
  const name = (match[2] ?? '').toLowerCase();
  const attrs: Record<string, string> = {};
  let at = tagStart.lastIndex;
  for (let count = 0; count <= mostAttributes; count++) {
    space.lastIndex = at;
    const gap = space.exec(source)?.[0] ?? '';
    at += gap.length;
    if (source.charAt(at) === '>') {
      const kind = match[1] === '/' ? 'end' : gap.endsWith('/') ? 'empty' : 'start';
      return { kind, name, attrs, end: at + 1 };
    }
    attribute.lastIndex = at;
    const found = attribute.exec(source);
    if (found?.[1] === undefined) return undefined;
    at = attribute.lastIndex;
    const key = found[1].toLowerCase();
    if (!Object.hasOwn(attrs, key)) attrs[key] = unquoted(found[2] ?? key);
  }
  return undefined;
}

function unquoted(value: string): string {
  return /^["']/.test(value) ? value.slice(1, -1) : value;
}
