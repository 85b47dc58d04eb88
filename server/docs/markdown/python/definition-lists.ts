/** Lists of terms and definitions. Source: Python-Markdown 3.4 `extensions/def_list.py`. */
import type { Processor } from './block-parser.ts';
import { findLine, putBack, unindent } from './block-parser.ts';
import type { Element, SourceLine } from './nodes.ts';
import { add, addText, element, lastElement } from './nodes.ts';

const definition = /^ {0,3}: {1,3}(.*)$/;

export function definitionList(indent: 2 | 4): Processor {
  const notIndented = new RegExp(`^ {0,${indent - 1}}[^ :]`);
  return (parser, parent, blocks) => {
    const [block] = blocks;
    const found = block && findLine(block, definition);
    const line = found && block.lines[found.index];
    if (!block || !found || !line) return false;
    const { lines } = block;
    const { index, match } = found;
    const before = lastElement(parent);
    let terms: SourceLine[] = lines.slice(0, index).map((term) => ({ ...term, text: term.text.trim() }));
    // A paragraph that starts with a colon, where no term can be.
    if (terms.length === 0 && before === undefined) return false;
    blocks.shift();
    const below = lines.slice(index + 1);
    const isLazy = notIndented.test(below[0]?.text ?? '');
    const { inner, rest } = isLazy ? { inner: below, rest: [] } : unindent(below, indent);
    let isLoose = false;
    if (terms.length === 0 && before?.tag === 'p') {
      isLoose = true;
      terms = takeTerms(parent, before);
    }
    const sibling = lastElement(parent);
    const list = sibling?.tag === 'dl' ? sibling : add(parent, element('dl'));
    for (const term of terms) addText(add(list, element('dt')), [term]);
    const item = add(list, element('dd'));
    const content = [{ ...line, text: match[1] ?? '' }, ...inner];
    parser.within(isLoose ? 'looselist' : 'list', () => parser.parseBlock(item, content));
    putBack(blocks, rest, block);
    return true;
  };
}

/** The lines of the paragraph before are the terms. */
function takeTerms(parent: Element, before: Element): SourceLine[] {
  parent.children.splice(parent.children.lastIndexOf(before), 1);
  return before.children.flatMap((child) => (child.kind === 'text' ? child.lines : []));
}
