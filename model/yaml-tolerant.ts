import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLError,
} from 'yaml';
import type { Problem } from './contribution.ts';
import { within } from './time-limit.ts';
import { unshare, type YamlDocument } from './yaml-events.ts';

export interface TolerantDocument extends YamlDocument {
  problems: Problem[];
}

/** Longer documents that the fast parser refuses are not parsed again: ten times the time, to no avail. */
export const longestTolerant = 2_000_000;
/** Longest time for it; some texts take the square of their length, and more. */
export const longestTolerantMs = 1500;
const mostErrors = 3;

const remedies: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces; YAML does not allow tabs there.',
  DUPLICATE_KEY: 'Keep one of the keys of the same name.',
  BAD_INDENT: 'Line the text up with its neighbours; items of one level start in the same column.',
  MISSING_CHAR: 'Close the quote or bracket, or put quotes around the whole text.',
  UNEXPECTED_TOKEN: 'Put quotes around the text if it holds characters such as :, {, [, ` or @.',
  BLOCK_AS_IMPLICIT_KEY: 'Put quotes around the text, since it holds ": ", or correct the indentation.',
  MULTILINE_IMPLICIT_KEY: 'Add the missing ":" behind the key, or correct the indentation.',
  BAD_SCALAR_START: 'Put quotes around the text; it may not start with that character.',
  BAD_ALIAS: 'Put quotes around the text if * or & is meant as it stands.',
  TAG_RESOLVE_FAILED: 'Put quotes around the text if ! is meant as it stands, or remove the tag.',
};

/**
 * Parses with the slower parser, which goes on behind an error and knows its place. Never throws: what
 * it can't judge at all, such as an unknown alias, or not in time, gives no document. Lines are counted from
 * `firstLine`.
 */
export function parseTolerant(text: string, firstLine = 1, ms = longestTolerantMs): TolerantDocument[] {
  try {
    return within(ms, () => parseAll(text, firstLine));
  } catch {
    return [];
  }
}

function parseAll(text: string, firstLine: number): TolerantDocument[] {
  const places = new Places(firstLine);
  const documents = parseAllDocuments(text, {
    lineCounter: places.counter,
    prettyErrors: false,
    logLevel: 'error',
    merge: true,
  });
  return [...documents].map((document) => readDocument(document, places));
}

/** Turns offsets into lines of the file. */
class Places {
  readonly counter = new LineCounter();
  private readonly firstLine: number;

  constructor(firstLine: number) {
    this.firstLine = firstLine;
  }

  at(offset: number): { line: number; column: number } {
    const { line, col } = this.counter.linePos(offset);
    return { line: Math.max(line, 1) + this.firstLine - 1, column: Math.max(col, 1) };
  }
}

function readDocument(document: Document.Parsed, places: Places): TolerantDocument {
  const { line } = places.at(document.contents?.range[0] ?? document.range[0]);
  const problems = document.errors
    .map((error) => yamlProblem(error, places))
    .filter((problem, index, all) => all.findIndex(({ line: other }) => other === problem.line) === index)
    .slice(0, mostErrors);
  if (problems.length > 0) return { value: undefined, lines: {}, line, problems };
  for (const warning of document.warnings.slice(0, mostErrors)) {
    problems.push({ ...yamlProblem(warning, places), level: 'warning' });
  }
  const lines: Record<string, number> = {};
  locate(document.contents, '', 1, lines, places);
  return { value: unshare(document.toJS({ maxAliasCount: 1000 })), lines, line, problems };
}

/** A failure without a code: said as the parser said it, in one line. */
export function yamlFailure(error: unknown, firstLine: number): Problem {
  const mark = error instanceof Error && 'mark' in error ? (error.mark as Mark | undefined) : undefined;
  const reason =
    error instanceof Error ? ('reason' in error && String(error.reason)) || error.message : String(error);
  const isBomb = /alias|expand/i.test(reason);
  return {
    level: 'error',
    message: `YAML: ${reason.split('\n', 1)[0]}`,
    remedy: isBomb
      ? 'Write the values out instead of repeating them with * aliases.'
      : 'Correct the YAML near this line; an editor with YAML support shows the place.',
    line: (mark?.line ?? 0) + firstLine,
    column: (mark?.column ?? 0) + 1,
  };
}

interface Mark {
  line: number;
  column: number;
}

function yamlProblem(error: YAMLError, places: Places): Problem {
  return {
    level: 'error',
    message: `YAML: ${error.message.split('\n', 1)[0]}`,
    remedy:
      remedies[error.code] ?? 'Correct the YAML near this line; an editor with YAML support shows the place.',
    ...places.at(error.pos[0]),
  };
}

function locate(
  node: unknown,
  path: string,
  depth: number,
  lines: Record<string, number>,
  places: Places,
): void {
  if (depth > 3) return;
  const at = path ? `${path}.` : '';
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const here = `${at}${String(key.value)}`;
      note(key, here, lines, places);
      locate(value, here, depth + 1, lines, places);
    }
  } else if (isSeq(node)) {
    node.items.forEach((item, index) => {
      note(item as Node, `${at}${index}`, lines, places);
      locate(item, `${at}${index}`, depth + 1, lines, places);
    });
  }
}

function note(node: Node, path: string, lines: Record<string, number>, places: Places): void {
  const offset = node?.range?.[0];
  if (offset !== undefined) lines[path] = places.at(offset).line;
}
