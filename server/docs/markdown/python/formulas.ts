/** Blocks of math. Source: PyMdown Extensions 9.5 `arithmatex.py`. */
import { joined } from '../lines.ts';
import type { Processor } from './block-parser.ts';
import { add } from './nodes.ts';

const delimiters = [
  ['$$', '$$'],
  ['\\[', '\\]'],
] as const;

export const formula: Processor = (_parser, parent, blocks) => {
  const [block] = blocks;
  const text = block === undefined ? '' : joined(block.lines).trimEnd();
  const content = formulaOf(text);
  if (block === undefined || content === undefined) return false;
  blocks.shift();
  add(parent, { kind: 'formula', content, at: block.lines[0]?.at });
  return true;
};

function formulaOf(text: string): string | undefined {
  for (const [open, close] of delimiters) {
    const isOne = text.startsWith(open) && text.endsWith(close) && text.length > open.length + close.length;
    const content = text.slice(open.length, -close.length);
    if (isOne && !content.includes(close)) return content.trim();
  }
  const environment = /^\\begin\{([a-z]+\*?)\}/.exec(text)?.[1];
  return environment !== undefined && text.endsWith(`\\end{${environment}}`) ? text : undefined;
}
