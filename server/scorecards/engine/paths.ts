/** What an expression reads: walks its tree. */
import type { ASTNode } from '@marcbachmann/cel-js';

/** A chain of names from a variable on: `facts.readme.words`. */
export interface Path {
  names: string[];
  node: ASTNode;
}

/** The chain that a node stands for; undefined when it is none, or begins at something that is no variable. */
export function pathOf(node: ASTNode): Path | undefined {
  const names: string[] = [];
  for (let at: ASTNode = node; ; ) {
    if (at.op === 'id') return { names: [at.args, ...names], node };
    if (at.op === '.') {
      names.unshift(at.args[1]);
      at = at.args[0];
    } else if (at.op === '[]' && at.args[1].op === 'value' && typeof at.args[1].args === 'string') {
      names.unshift(at.args[1].args);
      at = at.args[0];
    } else return undefined;
  }
}

/** The longest chains in an expression, and the functions that it calls. */
export function readsOf(ast: ASTNode): { paths: Path[]; calls: Set<string> } {
  const paths: Path[] = [];
  const calls = new Set<string>();
  const visit = (node: ASTNode): void => {
    const path = pathOf(node);
    if (path) {
      paths.push(path);
      return;
    }
    if (node.op === 'call') calls.add(node.args[0]);
    for (const child of childrenOf(node.args)) visit(child);
  };
  visit(ast);
  return { paths, calls };
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return isNode(args) ? [args] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
