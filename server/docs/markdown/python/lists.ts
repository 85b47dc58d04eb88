/**
 * Lists, and what is indented below their items. Source: Python-Markdown 3.4 `blockprocessors.py`, and for an indent
 * of 2 `mdx_truly_sane_lists` 1.3, which TechDocs turns on: lists of two kinds are then two lists, and a blank line ends
 * one that isn't numbered.
 */
import type { BlockParser, Processor } from './block-parser.ts';
import { unindentLoosely } from './block-parser.ts';
import type { Element, SourceLine } from './nodes.ts';
import { add, element, lastBlock, lastElement, wrapFirstText, wrapLastText } from './nodes.ts';

interface ListKind {
  readonly tag: 'ol' | 'ul';
  readonly indent: number;
  /** A first item, with its text as group 1. */
  readonly first: RegExp;
  /** A further item in the same block, with its text as group 1. */
  readonly further: RegExp;
  /** An item of a list inside. */
  readonly nested: RegExp;
  /** Tags of a list before that an item goes on with. */
  readonly goesOn: readonly string[];
}

export function listProcessor(tag: 'ol' | 'ul', indent: 2 | 4): Processor {
  const marker = tag === 'ol' ? '\\d+\\.' : '[*+-]';
  const either = '(?:\\d+\\.|[*+-])';
  const isSane = indent === 2;
  const kind: ListKind = {
    tag,
    indent,
    first: new RegExp(`^ {0,${indent - 1}}${marker} +(.*)`),
    further: new RegExp(`^ {0,${indent - 1}}${isSane ? marker : either} +(.*)`),
    nested: new RegExp(`^ {${indent},${indent * 2 - 1}}${either} +.*`),
    goesOn: isSane ? (tag === 'ol' ? ['ol'] : []) : ['ol', 'ul'],
  };
  return (parser, parent, blocks) => {
    const [block] = blocks;
    if (block === undefined || !kind.first.test(block.lines[0]?.text ?? '')) return false;
    blocks.shift();
    addItems(parser, parent, kind, block.lines);
    return true;
  };
}

function addItems(parser: BlockParser, parent: Element, kind: ListKind, lines: readonly SourceLine[]): void {
  const items = splitItems(kind, lines);
  const before = lastElement(parent);
  let list: Element;
  if (before !== undefined && kind.goesOn.includes(before.tag)) {
    list = before;
    loosen(lastElement(list));
    const [first = []] = items.splice(0, 1);
    const item = add(list, element('li'));
    parser.within('looselist', () => parser.parseBlock(item, first));
  } else if (parent.tag === 'ol' || parent.tag === 'ul') {
    list = parent;
  } else {
    list = add(parent, element(kind.tag, startOf(kind, lines[0]?.text ?? '')));
  }
  parser.within('list', () => {
    for (const item of items) {
      const last = lastElement(list);
      const isNested = item[0]?.text.startsWith(' '.repeat(kind.indent)) === true;
      parser.parseBlock(isNested && last !== undefined ? last : add(list, element('li')), item);
    }
  });
}

/** The last item before a blank line has paragraphs, like those that follow. */
function loosen(item: Element | undefined): void {
  if (item === undefined) return;
  wrapFirstText(item);
  wrapLastText(item);
}

function startOf(kind: ListKind, text: string): Record<string, string> {
  const number = kind.tag === 'ol' ? /\d+/.exec(text)?.[0] : undefined;
  return number === undefined || number === '1' || number.length > 9 ? {} : { start: number };
}

function splitItems(kind: ListKind, lines: readonly SourceLine[]): SourceLine[][] {
  const items: SourceLine[][] = [];
  for (const line of lines) {
    const last = items.at(-1);
    const item = kind.further.exec(line.text);
    if (item !== null) items.push([{ ...line, text: item[1] ?? '' }]);
    else if (last === undefined) items.push([line]);
    else if (kind.nested.test(line.text) && !last[0]?.text.startsWith(' '.repeat(kind.indent)))
      items.push([line]);
    else last.push(line);
  }
  return items;
}

/**
 * A block that is indented below a list's item. `itemTags` and `listTags` tell lists from lists of definitions; a list
 * in which no item is found gets one of tag `newItem`.
 */
export function indentProcessor(
  itemTags: readonly string[],
  listTags: readonly string[],
  newItem: string,
  indent: number,
): Processor {
  return (parser, parent, blocks) => {
    const [block] = blocks;
    const spaces = /^ */.exec(block?.lines[0]?.text ?? '')?.[0].length ?? 0;
    if (block === undefined || spaces < indent || parser.isIn('detabbed')) return false;
    if (!itemTags.includes(parent.tag) && !listTags.includes(lastElement(parent)?.tag ?? '')) return false;
    blocks.shift();
    const { level, holder } = findHolder(parser, parent, Math.floor(spaces / indent), itemTags, listTags);
    const lines = unindentLoosely(block.lines, indent * level);
    parser.within('detabbed', () => {
      if (itemTags.includes(parent.tag)) {
        const inner = lastElement(parent);
        parser.parseBlock(inner !== undefined && listTags.includes(inner.tag) ? inner : parent, lines);
      } else if (itemTags.includes(holder.tag)) {
        parser.parseBlock(holder, lines);
      } else {
        const item = lastElement(holder);
        if (item !== undefined && itemTags.includes(item.tag)) {
          wrapFirstText(item);
          parser.parseLines(item, lines);
        } else parser.parseBlock(add(holder, element(newItem)), lines);
      }
    });
    return true;
  };
}

/** The list or item that so deep an indent belongs to, and how many levels deep that is. */
function findHolder(
  parser: BlockParser,
  parent: Element,
  indentLevel: number,
  itemTags: readonly string[],
  listTags: readonly string[],
): { level: number; holder: Element } {
  let level = parser.isIn('list') ? 1 : 0;
  let holder = parent;
  while (indentLevel > level) {
    const child = lastBlock(holder);
    if (child?.kind !== 'element') break;
    if (listTags.includes(child.tag)) level++;
    else if (!itemTags.includes(child.tag)) break;
    holder = child;
  }
  return { level, holder };
}
