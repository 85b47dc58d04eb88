/** What the blocks of a page become before they are markdown-it's tokens. */
import type { Line } from '../lines.ts';

export type Node = Element | Text | Code | Fence | Html | Formula;

export interface Element {
  readonly kind: 'element';
  tag: string;
  readonly attrs: Record<string, string>;
  children: Node[];
}

/** Lines of prose; a line may stand for something that was taken out of the text before. */
export interface Text {
  readonly kind: 'text';
  lines: SourceLine[];
}

export interface SourceLine extends Line {
  readonly stash?: Stash;
}

/** Taken out of the text before its blocks are looked for. */
export type Stash = Fence | Html | Element;

/** An indented block of code. */
export interface Code {
  readonly kind: 'code';
  content: string;
  readonly at: number | undefined;
}

/** A fenced block of code, with the lines it was, in case it turns out to be part of an indented one. */
export interface Fence {
  readonly kind: 'fence';
  readonly info: string;
  readonly content: string;
  readonly at: number | undefined;
  readonly source: readonly Line[];
  /** Characters before the fence in each of them. */
  readonly indent: number;
}

/** HTML as it was written, and fences between. */
export interface Html {
  readonly kind: 'html';
  readonly pieces: readonly (string | Fence)[];
  readonly at: number | undefined;
}

export interface Formula {
  readonly kind: 'formula';
  readonly content: string;
  readonly at: number | undefined;
}

export function element(tag: string, attrs: Record<string, string> = {}): Element {
  return { kind: 'element', tag, attrs, children: [] };
}

export function add<N extends Node>(parent: Element, node: N): N {
  parent.children.push(node);
  return node;
}

export function addText(parent: Element, lines: readonly SourceLine[]): void {
  const last = parent.children.at(-1);
  if (last?.kind === 'text') last.lines.push(...lines);
  else parent.children.push({ kind: 'text', lines: [...lines] });
}

/** The last child that is more than text. */
export function lastBlock(parent: Element): Exclude<Node, Text> | undefined {
  for (let index = parent.children.length - 1; index >= 0; index--) {
    const child = parent.children[index];
    if (child !== undefined && child.kind !== 'text') return child;
  }
  return undefined;
}

export function lastElement(parent: Element | undefined): Element | undefined {
  const last = parent && lastBlock(parent);
  return last?.kind === 'element' ? last : undefined;
}

/** Puts the text at an item's start into a paragraph, since more blocks follow. */
export function wrapFirstText(item: Element): void {
  const [first] = item.children;
  if (first?.kind === 'text') item.children[0] = { ...element('p'), children: [first] };
}

/** The same for text at an item's end. */
export function wrapLastText(item: Element): void {
  const last = item.children.at(-1);
  if (last?.kind === 'text') item.children[item.children.length - 1] = { ...element('p'), children: [last] };
}
