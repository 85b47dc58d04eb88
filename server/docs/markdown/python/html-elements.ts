import type { BlockParser, Processor } from './block-parser.ts';
import type { Element } from './nodes.ts';
import { add, element } from './nodes.ts';

/** An element with Markdown inside, as `html-blocks.ts` took it out. */
export const htmlElement: Processor = (parser, parent, blocks) => {
  const stash = blocks[0]?.lines[0]?.stash;
  if (stash?.kind !== 'element') return false;
  blocks.shift();
  add(parent, parsed(parser, stash));
  return true;
};

function parsed(parser: BlockParser, source: Element): Element {
  const { markdown, ...attrs } = source.attrs;
  const result = element(source.tag, attrs);
  for (const child of source.children) {
    if (child.kind === 'element') add(result, parsed(parser, child));
    else if (child.kind === 'text' && markdown === 'block') parser.parseLines(result, child.lines);
    else add(result, child);
  }
  return result;
}
