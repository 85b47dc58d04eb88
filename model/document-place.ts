/** Finds where in a descriptor file a field stands, however deep it lies. */
import { isCollection, isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { Problem } from './contribution.ts';

/** Adds to a problem where its field stands, or the nearest field around it. */
export function placeOf(text: string, index: number): (problem: Problem) => Problem {
  const counter = new LineCounter();
  const document = parseAllDocuments(text, { lineCounter: counter, logLevel: 'silent' })[index];
  return (problem) => {
    if (problem.line !== undefined || problem.field === undefined || !isCollection(document?.contents)) {
      return problem;
    }
    const parts = problem.field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    for (let length = parts.length; length > 0; length--) {
      const node = document.contents.getIn(parts.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = counter.linePos(node.range[0]);
        return { ...problem, line, column: col };
      }
    }
    return problem;
  };
}
