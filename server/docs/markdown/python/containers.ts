/**
 * Admonitions, details and tabs: a line that opens, content indented below. Sources: Python-Markdown 3.4
 * `extensions/admonition.py`, PyMdown Extensions 9.5 `details.py` and `tabbed.py`.
 */
import type { Block, BlockParser, Processor } from './block-parser.ts';
import { findLine, isIndented, putBack, unindent } from './block-parser.ts';
import type { Element } from './nodes.ts';
import { add, addText, element, lastElement, wrapFirstText } from './nodes.ts';

const tab = 4;
const listTags = ['ul', 'ol', 'dl'];
const admonitionStart = /^!!! ?([\w-]+(?: +[\w-]+)*)(?: +"(.*?)")? *$/;
const detailsStart = /^\?{3}(\+)? ?(?:([\w-]+(?: +[\w-]+)*?)?(?: +"(.*?)")|([\w-]+(?: +[\w-]+)*?)) *$/;
const tabStart = /^={3}([!+]{0,2}) +"(.*?)" *$/;

interface ContainerKind {
  readonly start: RegExp;
  /** Makes the container, and returns where its content goes. */
  readonly open: (parent: Element, match: RegExpExecArray, at: number | undefined) => Element;
  readonly isOne: (element: Element) => boolean;
  /** Where further content of a container goes. */
  readonly inside: (container: Element, parent: Element) => Element | undefined;
}

function containerProcessor(kind: ContainerKind): Processor {
  return (parser, parent, blocks) => {
    const [block] = blocks;
    if (block === undefined) return false;
    const found = findLine(block, kind.start);
    if (found === undefined) return goOn(parser, parent, blocks, block, kind);
    const { index, match } = found;
    blocks.shift();
    parser.parseBlock(parent, block.lines.slice(0, index));
    const { inner, rest } = unindent(block.lines.slice(index + 1), tab);
    parser.parseLines(kind.open(parent, match, block.lines[index]?.at), inner);
    putBack(blocks, rest, block);
    return true;
  };
}

/** A block that is indented below the container before belongs into it, or into a list at its end. */
function goOn(
  parser: BlockParser,
  parent: Element,
  blocks: Block[],
  block: Block,
  kind: ContainerKind,
): boolean {
  const container = lastElement(parent);
  if (container === undefined || !kind.isOne(container) || !isIndented(block.lines[0], tab)) return false;
  let target = kind.inside(container, parent);
  let indent = tab;
  let list = lastElement(target);
  while (list !== undefined && listTags.includes(list.tag) && isIndented(block.lines[0], indent + tab)) {
    target = lastElement(list);
    list = lastElement(target);
    indent += tab;
  }
  if (target === undefined) return false;
  blocks.shift();
  if (target.tag === 'li' || target.tag === 'dd') wrapFirstText(target);
  const { inner, rest } = unindent(block.lines, indent);
  parser.parseLines(target, inner);
  putBack(blocks, rest, block);
  return true;
}

export const admonition = containerProcessor({
  start: admonitionStart,
  open(parent, match, at) {
    const classes = (match[1] ?? '').toLowerCase().replace(/ +/g, ' ');
    const box = add(parent, element('div', { class: `admonition ${classes}` }));
    const title = match[2] ?? capitalised(classes);
    if (title !== '') addTitle(box, 'p', title, at, { class: 'admonition-title' });
    return box;
  },
  isOne: (each) => (each.attrs.class ?? '').includes('admonition'),
  // Its title counts as one too, so that content may be indented by more than it has to be.
  inside: (box, parent) => (box.tag === 'p' ? parent : box),
});

export const details = containerProcessor({
  start: detailsStart,
  open(parent, match, at) {
    const [, open, classes, title, onlyClasses] = match;
    const kinds = (onlyClasses ?? classes ?? '').toLowerCase().replace(/ +/g, ' ');
    const attrs = { ...(kinds !== '' && { class: kinds }), ...(open !== undefined && { open: 'open' }) };
    const box = add(parent, element('details', attrs));
    addTitle(box, 'summary', title ?? capitalised(kinds), at, {});
    return box;
  },
  isOne: (each) => each.tag === 'details',
  inside: (box) => box,
});

/** `===!` begins a new set of tabs, `===+` a tab that is open at first. */
export const tabs = containerProcessor({
  start: tabStart,
  open(parent, match, at) {
    const [, flags = '', title = ''] = match;
    const before = lastElement(parent);
    const set = before?.tag === 'tabs' && !flags.includes('!') ? before : add(parent, element('tabs'));
    const one = add(set, element('tab', flags.includes('+') ? { open: 'open' } : {}));
    addTitle(one, 'tab-title', title, at, {});
    return one;
  },
  isOne: (each) => each.tag === 'tabs',
  inside: (set) => lastElement(set),
});

function addTitle(
  box: Element,
  tag: string,
  text: string,
  at: number | undefined,
  attrs: Record<string, string>,
): void {
  addText(add(box, element(tag, attrs)), [{ text, at }]);
}

function capitalised(classes: string): string {
  const word = classes.split(' ')[0] ?? '';
  return word.charAt(0).toUpperCase() + word.slice(1);
}
