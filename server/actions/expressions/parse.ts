import nunjucks from 'nunjucks/browser/nunjucks.js';
import type { Node, NodeList } from './ast.ts';
import type { Dialect } from './dialect.ts';

/** @throws {Error} with line and column when the text can't be read. */
export function parse(text: string, { cookiecutter, trimBlocks, lstripBlocks }: Dialect): NodeList {
  const tags = cookiecutter ? {} : { tags: { variableStart: '${{', variableEnd: '}}' } };
  const options = { autoescape: false, trimBlocks, lstripBlocks, ...tags };
  const uninstall = cookiecutter ? nunjucks.installJinjaCompat() : undefined;
  try {
    return nunjucks.parser.parse(text, [], options) as NodeList;
  } finally {
    uninstall?.();
  }
}

/** The expression of a text that is nothing else: its value is kept as it is. */
export function onlyExpression({ children }: NodeList): Node | undefined {
  const [first, ...others] = children;
  if (others.length > 0 || first?.typename !== 'Output') return undefined;
  const [expression] = first.children;
  return expression?.typename === 'TemplateData' ? undefined : expression;
}
